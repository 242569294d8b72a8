"""Papers gathered under their venues, their authors, or those they were written with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from rag.answering.citations import bold
from rag.answering.quoting import title
from rag.answering.task import Task
from rag.answering.wording import counted
from rag.library.names import Name
from rag.library.store import Library
from rag.retrieval.company import authors_of
from rag.retrieval.people import papers_with, people_with

MOST = 100
"""How many groups are shown."""
MANY = 5000
"""Papers from which on only those authors are told apart who have most of them."""
_LEADING = 200  # names, of these
_FEW, _CITED, _CITED_OF_MANY = 50, 3, 1  # groups, and papers cited of each of so few, or of more


class Group(NamedTuple):
    """What papers have in common, in words, and their keys in order."""

    name: str
    papers: list[int]


def by_venue(library: Library, keys: Sequence[int]) -> list[Group]:
    """The papers of each known venue, most papers first, then by name."""
    venues = dict(library.rows_in("SELECT key, venue FROM papers WHERE venue IS NOT NULL AND key IN ({})", keys))
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for key in keys:
        if key in venues:
            groups[venues[key]].append(key)
    return _ordered([Group(name, papers) for name, papers in groups.items()])


def by_author(library: Library, keys: Sequence[int], without: frozenset[int] = frozenset()) -> list[Group]:
    """The papers of each author but those `without` (rows of the table authors), most papers first, then by name.

    Spellings of one full name are one author, and so are initials that only one of the others can have.
    """
    return [Group(*author) for author in authors_of(library, keys, without)]


def authors_of_many(library: Library, keys: Sequence[int]) -> tuple[list[Group], int]:
    """The authors with most of very many papers, as `by_author` has them, and how many names there are in all."""
    if len(keys) == library.count("papers"):
        rows = library.rows("SELECT author, count(*) FROM authorships GROUP BY author")
    else:
        rows = library.rows(
            "SELECT author, count(*) FROM authorships WHERE paper IN (SELECT value FROM json_each(?)) GROUP BY author",
            (json.dumps(list(keys)),),
        )
    leading = [author for author, _ in nlargest(_LEADING, rows, key=lambda row: (row[1], -row[0]))]
    names = library.rows_in("SELECT key, family, given, suffix FROM authors WHERE key IN ({})", leading)
    place = {key: rank for rank, key in enumerate(keys)}
    groups = []
    for person in people_with(library, {key: Name(*parts) for key, *parts in names}):
        papers = papers_with(library, person.keys) & place.keys()
        groups.append(Group(person.name, sorted(papers, key=place.__getitem__)))
    return _ordered(groups), len(rows)


def _ordered(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-len(group.papers), group.name.casefold()))


def bullets(task: Task, groups: Sequence[Group]) -> Iterator[str]:
    """A bullet for each group: its name, how many papers, and some of them by title, each cited."""
    cited = _CITED if len(groups) <= _FEW else _CITED_OF_MANY
    wanted = {key for group in groups for key in group.papers[:cited]}
    papers = task.means.indexes.library.papers_by_key(sorted(wanted))
    for place, group in enumerate(groups):
        some = [papers[key] for key in group.papers[:cited] if key in papers]
        cites = ", ".join(title(paper, task.numbering) for paper in some)
        if more := len(group.papers) - len(some):
            cites += f" and {more:,} more"
        before = "\n" if place else ""
        yield f"{before}- {bold(group.name)}, {counted(len(group.papers), 'paper')}: {cites}"
