"""Papers gathered under their venues, their authors, or those they were written with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.answering.citations import bold
from rag.answering.quoting import title
from rag.answering.task import Task
from rag.answering.wording import counted
from rag.library.names import Name
from rag.library.store import Library
from rag.retrieval.identities import identity_of

MOST = 100
"""How many groups are shown."""
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
    rows = library.rows_in(
        "SELECT paper, author, family, given, suffix FROM authorships JOIN authors ON key = author WHERE paper IN ({})",
        keys,
    )
    place = {key: rank for rank, key in enumerate(keys)}
    people: dict[str, tuple[Name, set[int]]] = {}
    for paper, author, *parts in rows:
        if author not in without:
            name = Name(*parts)
            people.setdefault(identity_of(name), (name, set()))[1].add(paper)
    gathered = _gathered(people)
    return _ordered([Group(name.display, sorted(papers, key=place.__getitem__)) for name, papers in gathered])


def _gathered(people: dict[str, tuple[Name, set[int]]]) -> list[tuple[Name, set[int]]]:
    families: defaultdict[str, list[tuple[Name, set[int]]]] = defaultdict(list)
    for name, papers in people.values():
        families[Name(name.family).key].append((name, papers))
    found = []
    for family in families.values():
        full = [each for each in family if not _initials(each[0])]
        found += full
        for name, papers in (each for each in family if _initials(each[0])):
            own = [each for each in full if each[0].matches(name)]
            if len(own) == 1:
                own[0][1].update(papers)
            else:
                found.append((name, papers))
    return found


def _initials(name: Name) -> bool:
    words = name.key.partition(", ")[2].split()
    return bool(words) and all(len(word) == 1 for word in words)


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
