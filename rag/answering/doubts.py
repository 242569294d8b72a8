"""Answers to questions that name someone who has to be settled first: which one is meant, or who is nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from rag.answering.citations import bold, italic, quoted
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import counted, joined
from rag.library.store import Library
from rag.retrieval.people import Person, nearest_people, papers_with, people
from rag.retrieval.planning.authors import of_people
from rag.types import Doubt

_CHOICES, _OFFERS, _TITLES = 10, 5, 3


def write(task: Task) -> Pieces:
    """Ask which of several authors is meant, and say of unknown ones whose names are nearest."""
    library, doubts = task.means.indexes.library, task.plan.doubts
    offers: list[str] = []
    for place, each in enumerate(doubts):
        yield "\n\n" if place else ""
        yield from _which(library, each) if each.known else _unknown(each)
        clear = (name for name in each.choices[:_CHOICES] if not each.known or _is_clear(library, name))
        offers += [_asked_of(task.standalone, each.written, name) for name in islice(clear, _OFFERS)]
    return Outcome(refused=True, offers=tuple(dict.fromkeys(offers)))


def ask(task: Task, written: Iterable[str]) -> Pieces:
    """The same for these names, each of which means nobody or several people."""
    unsettled = tuple(doubt(task.means.indexes.library, name) for name in written)
    return (yield from write(replace(task, plan=replace(task.plan, doubts=unsettled))))


def doubt(library: Library, written: str) -> Doubt:
    """The doubt about a name that means nobody or several people."""
    meant = people(library, written)
    return of_people(written, meant or nearest_people(library, written), known=bool(meant))


def _which(library: Library, each: Doubt) -> Iterator[str]:
    persons = {person.name: person for person in people(library, each.written)}
    number = len(each.choices) + each.more
    yield f"{number:,} authors in this library can be meant by “{quoted(each.written)}”. Which one?\n"
    for name in each.choices[:_CHOICES]:
        yield f"\n- {bold(name)}" + (_papers(library, persons[name]) if name in persons else "")
    if (more := len(each.choices) + each.more - _CHOICES) > 0:
        yield f"\n- and {more:,} more"


def _papers(library: Library, person: Person) -> str:
    count = counted(person.papers, "paper")
    if _is_clear(library, person.name):
        return f": {count}"
    # Nobody can ask for them by name, so they are named here.
    papers = library.papers(sorted(papers_with(library, person.keys))[:_TITLES])
    titles = "; ".join(f"{italic(paper.title)}" for paper in papers)
    return f": {count} that could be by any of them: {titles}" + (" …" if person.papers > _TITLES else "")


def _is_clear(library: Library, name: str) -> bool:
    return len(people(library, name)) == 1


def _unknown(each: Doubt) -> Iterator[str]:
    yield f"The library has no papers by {quoted(each.written)}."
    if each.choices:
        closest = "name is" if len(each.choices) == 1 else "names are"
        yield f" The closest {closest} {joined([bold(name) for name in each.choices])}."


def _asked_of(question: str, written: str, name: str) -> str:
    """The question with another name in it; one about the person's work where it is no more than the name or less."""
    put, times = re.subn(rf"(?<!\w){re.escape(written)}(?!\w)", lambda _: name, question, flags=re.IGNORECASE)
    return put if times and put.strip() != name else f"What has {name} worked on?"
