"""What the user sees of a plan, and can take away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from rag.types import Plan


class Part(NamedTuple):
    """One thing a plan says: what sort of thing, and its value in words."""

    name: str
    value: str


def parts(plan: Plan) -> tuple[Part, ...]:
    """Everything a plan says that differs from asking all papers for a fact."""
    filters = plan.filters
    doubted = (doubt.written for doubt in plan.doubts)
    return (
        *((Part("kind", plan.kind),) if plan.kind != "fact" else ()),
        *(
            Part("author", name)
            for name in dict.fromkeys((*plan.people, *filters.authors, *filters.any_authors, *doubted))
        ),
        *(Part("without author", name) for name in filters.without_authors),
        *((Part("venue", filters.venue),) if filters.venue else ()),
        *(Part("without venue", venue) for venue in filters.without_venues),
        *((Part("years", _shown(*filters.years)),) if filters.years else ()),
        *(Part("without", field) for field in filters.lacking),
        *((Part("number of authors", _shown(*filters.team)),) if filters.team else ()),
        *((Part("papers", chosen(len(filters.papers))),) if filters.papers else ()),
        *(Part("source", source) for source in filters.sources),
        *((Part("topic", plan.topic),) if plan.topic else ()),
        *(Part("subject", subject) for subject in plan.subjects if plan.kind != "fact"),
    )


def without(plan: Plan, dropped: Collection[Part]) -> Plan:
    """The plan once these parts are taken away.

    Without its kind, or without what that needs, a plan is for a fact.
    """

    def kept(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for value in values if Part(name, value) not in dropped)

    filters = plan.filters
    years, team = filters.years, filters.team
    left = replace(
        plan,
        filters=replace(
            filters,
            authors=kept("author", filters.authors),
            any_authors=kept("author", filters.any_authors),
            venue=None if filters.venue and Part("venue", filters.venue) in dropped else filters.venue,
            years=None if years and Part("years", _shown(*years)) in dropped else years,
            without_authors=kept("without author", filters.without_authors),
            without_venues=kept("without venue", filters.without_venues),
            lacking=tuple(field for field in filters.lacking if Part("without", field) not in dropped),
            team=None if team and Part("number of authors", _shown(*team)) in dropped else team,
            papers=() if Part("papers", chosen(len(filters.papers))) in dropped else filters.papers,
            sources=kept("source", filters.sources),
        ),
        topic="" if Part("topic", plan.topic) in dropped else plan.topic,
        subjects=kept("subject", plan.subjects),
        people=kept("author", plan.people),
        doubts=tuple(doubt for doubt in plan.doubts if Part("author", doubt.written) not in dropped),
    )
    if Part("kind", plan.kind) in dropped or not _possible(left, plan):
        of_people = replace(left.filters, authors=(*left.filters.authors, *left.people))
        return replace(left, kind="fact", filters=of_people, asks="contents", topic="", people=())
    return left


def chosen(number: int) -> str:
    """So many papers that the user has chosen, in words."""
    return f"{number:,} chosen paper{'' if number == 1 else 's'}"


def _possible(left: Plan, before: Plan) -> bool:
    """Whether the kind of a plan still makes sense after something was taken from it."""
    if left.asks == "similar":
        return bool(left.subjects)
    if left.kind == "author":
        return bool(left.people)
    if left.kind == "compare":
        return (len(left.subjects) > 1 or not before.subjects) and (len(left.people) > 1 or len(before.people) < 2)
    return True


def _shown(first: int | None, last: int | None) -> str:
    return str(first) if first == last else f"{first or ''}–{last or ''}"
