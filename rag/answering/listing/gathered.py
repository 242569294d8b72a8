"""Who wrote the papers of a list, with whom, and where they appeared."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answering.citations import quoted
from rag.answering.conditions import conditions, described, known_name, papers_told
from rag.answering.listing.groups import MANY, MOST, Group, authors_of_many, bullets, by_author, by_venue
from rag.answering.listing.selection import Selection
from rag.answering.task import Task
from rag.answering.wording import counted, joined
from rag.library.store import Library
from rag.retrieval import columns
from rag.retrieval.people import people

ASKED = ("venues", "coauthors", "authors")
"""What is asked of papers that is answered here."""


def write(task: Task, chosen: Selection) -> Iterator[str]:
    """The venues, the authors or the co-authors of at least one paper: how many, each with its papers, each cited."""
    asks, library, keys = task.plan.asks, task.means.indexes.library, chosen.keys
    which = described(conditions(library, task.plan.filters, task.plan.topic)) or " in the library"
    papers = "".join(papers_told(len(keys), which))
    if asks == "venues":
        groups = by_venue(library, keys)
        head = f"{counted(len(groups), 'venue')}** of the {papers}"
        note = _without_venue(len(keys) - sum(len(group.papers) for group in groups))
        none = f"The library knows no venue of the {papers}."
    elif asks == "coauthors":
        groups = _coauthors(library, task, keys)
        authors = joined([quoted(known_name(library, name)) for name in task.plan.filters.authors])
        head = f"{counted(len(groups), 'known co-author')}** of {authors}"
        none = f"The library knows no co-author of {authors}."
        note = _incomplete(library, keys)
    else:
        if len(keys) > MANY:
            groups, number = authors_of_many(library, keys)
            head = f"{counted(number, 'author name')}** of the {papers}"
        else:
            groups = by_author(library, keys)
            head = f"{counted(len(groups), 'author')}** of the {papers}"
        note = _incomplete(library, keys)
        none = f"The library knows no author of the {papers}."
    if not groups:
        yield f"{none} {note}".strip()
        return
    yield f"**{head}"
    yield f"; these are the {MOST} with most papers:\n\n" if len(groups) > MOST else ":\n\n"
    yield from bullets(task, groups[:MOST])
    if note:
        yield f"\n\n{note}"


def _coauthors(library: Library, task: Task, keys: list[int]) -> list[Group]:
    own = {key for name in task.plan.filters.authors for person in people(library, name) for key in person.keys}
    return by_author(library, keys, frozenset(own))


def _without_venue(number: int) -> str:
    return f"The venue of {counted(number, 'paper')} is not known." if number else ""


def _incomplete(library: Library, keys: list[int]) -> str:
    """What to say where the library knows only some of the authors of a paper."""
    number = len(set(columns.incomplete(library).tolist()).intersection(keys))
    if not number:
        return ""
    if number < len(keys):
        of = f"{number:,} of the {len(keys):,} papers"
    else:
        of = "the paper" if number == 1 else f"the {number:,} papers"
    return f"Not all authors of {of} are known here, so there may be more."
