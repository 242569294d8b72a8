"""The answer to a question for papers, for how many there are, or for their venues and people."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.listing import gathered, papers, similar
from rag.answering.listing.none import nothing
from rag.answering.listing.selection import selected
from rag.answering.task import Outcome, Pieces, Task
from rag.types import Asks

_HOW_MANY = r"\b(?:how many|number of|count(?: the)?)\s+(?:\w+\s+){0,2}?"
_COUNTED: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    ("coauthors", re.compile(rf"{_HOW_MANY}(?:co-?authors|collaborators|people has)\b", re.IGNORECASE)),
    ("authors", re.compile(rf"{_HOW_MANY}(?:authors|people|researchers|scientists)\b", re.IGNORECASE)),
    ("venues", re.compile(rf"{_HOW_MANY}(?:venues|journals|conferences|workshops)\b", re.IGNORECASE)),
)


def write(task: Task) -> Pieces:
    """The answer to a list or a count, complete and cited; it is never a language model's.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    if task.plan.asks == "similar":
        return (yield from similar.write(task))
    if task.plan.asks == "count":
        task = replace(task, plan=replace(task.plan, asks=_counted(task.standalone)))
    if task.plan.asks == "coauthors" and not task.plan.filters.authors:
        filters = replace(task.plan.filters, authors=task.plan.people)
        # Nobody's co-authors are the authors.
        asks: Asks = "coauthors" if task.plan.people else "authors"
        task = replace(task, plan=replace(task.plan, filters=filters, asks=asks))
    chosen = selected(task.means.indexes, task.plan)
    if not chosen.keys:
        text, offers = nothing(task)
        yield text
        return Outcome(refused=True, offers=offers)
    if task.plan.asks in gathered.ASKED:
        yield from gathered.write(task, chosen)
    else:
        yield from papers.write(task, chosen)
    return Outcome(refused=not task.numbering.citations)


def _counted(question: str) -> Asks:
    """What is counted: papers, unless the question asks for the number of something else."""
    return next((asks for asks, pattern in _COUNTED if pattern.search(question)), "count")
