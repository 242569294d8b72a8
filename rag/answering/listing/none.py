"""Saying that a list is empty, and which condition left nothing."""

from __future__ import annotations

from dataclasses import replace

from rag.answering.conditions import Condition, conditions, described
from rag.answering.listing.selection import newest_first
from rag.answering.refusal import nearest_papers
from rag.answering.task import Task
from rag.answering.wording import counted
from rag.library.store import Library
from rag.retrieval.question import searchable
from rag.retrieval.search import search
from rag.types import Filters

_NEAREST = 3  # papers


def nothing(task: Task) -> tuple[str, tuple[str, ...]]:
    """A refusal as Markdown, and questions to offer instead."""
    indexes, plan = task.means.indexes, task.plan
    asked = conditions(indexes.library, plan.filters, plan.topic)
    left, culprit = _left(indexes.library, asked)
    number = len(newest_first(indexes.library, merged(left)))
    text = _sentence(number, left, culprit)
    if culprit.filters.years and left:
        undated = len(newest_first(indexes.library, replace(merged(left), lacking=("year",))))
        if undated:
            of = "the paper" if number == 1 else f"{undated:,} of them" if undated < number else "all of them"
            text += f" The year of {of} is not known."
    if culprit.topic:
        near = search(indexes, searchable(plan.topic), _NEAREST, plan.filters)
        text += f"\n\n{nearest_papers([hit.paper for hit in near])}" if near else ""
    return text, _offers(number, left)


def merged(parts: list[Condition]) -> Filters:
    """The conditions that are filters, as one."""
    found = Filters()
    for part in parts:
        own = part.filters
        found = Filters(
            authors=found.authors + own.authors,
            any_authors=own.any_authors or found.any_authors,
            venue=own.venue if own.venue is not None else found.venue,
            years=own.years or found.years,
            without_authors=found.without_authors + own.without_authors,
            without_venues=found.without_venues + own.without_venues,
            lacking=found.lacking + own.lacking,
            team=own.team or found.team,
            papers=own.papers or found.papers,
            sources=own.sources or found.sources,
        )
    return found


def _left(library: Library, asked: list[Condition]) -> tuple[list[Condition], Condition]:
    """The first conditions that some papers meet together, and the one after them that leaves none."""
    for place, condition in enumerate(asked):
        if condition.topic or not newest_first(library, merged(asked[: place + 1])):
            return asked[:place], condition
    return asked[:-1], asked[-1]


def _sentence(number: int, left: list[Condition], culprit: Condition) -> str:
    if not left:
        text = culprit.text()
        return f"The library has no paper {text}." if not culprit.topic else f"The library has nothing {text}."
    text = culprit.text(by="with" if left[-1].filters.authors else "by")
    return f"The library has {counted(number, 'paper')}{described(left)}, but none {text}."


def _offers(number: int, left: list[Condition]) -> tuple[str, ...]:
    return (f"Which papers are there{described(left, plain=True)}?",) if left and number else ()
