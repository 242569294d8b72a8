"""The papers that an overview or a trend is of, and how they are spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.citations import italic
from rag.answering.conditions import conditions, described
from rag.answering.wording import joined, period
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.retrieval.filters import allowed_papers
from rag.retrieval.topical import relevant
from rag.types import EVERYTHING, Filters, Plan

_VENUES = 4  # that are named where there is no paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers by their keys, the most relevant first if they are on a topic, with the year and venue of each.

    `spoken` is what is said after "papers", such as " from 2022 about “tides”"; empty for the whole library.
    """

    keys: tuple[int, ...]
    years: tuple[int | None, ...]
    venues: tuple[str | None, ...]
    filters: Filters
    topic: str
    spoken: str

    @property
    def by_year(self) -> Counter[int]:
        """How many papers are of each known year."""
        return Counter(year for year in self.years if year is not None)

    def of(self, first: int | None, last: int | None) -> list[int]:
        """Keys of the papers of some years, either end open."""
        return [
            key
            for key, year in zip(self.keys, self.years, strict=True)
            if year is not None and (first is None or year >= first) and (last is None or year <= last)
        ]


def selection(indexes: Indexes, plan: Plan, *, filters: Filters | None = None) -> Selection:
    """The papers that a plan leaves, or `filters` instead of its own.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    library = indexes.library
    filters = plan.filters if filters is None else filters
    if not filters.authors and len(plan.people) == 1:
        filters = replace(filters, authors=plan.people)
    rows = _rows(library, _keys(indexes, plan.topic, filters))
    return Selection(
        keys=tuple(key for key, _, _ in rows),
        years=tuple(year for _, year, _ in rows),
        venues=tuple(venue for _, _, venue in rows),
        filters=filters,
        topic=plan.topic,
        spoken=described(conditions(library, filters, plan.topic)),
    )


def none_left(library: Library, selected: Selection) -> str:
    """A refusal that says that there are no such papers, and what there is."""
    if not library.count("papers"):
        return "The library has no papers yet. `rag ingest` puts some in."
    ((first, last),) = library.rows("SELECT min(year), max(year) FROM papers")
    years = "the years of its papers are not known" if first is None else f"its papers are {period(first, last)}"
    text = f"The library has no papers{selected.spoken}; {years}"
    if selected.filters.venue:
        rows = library.rows(
            "SELECT venue FROM papers WHERE venue IS NOT NULL GROUP BY venue ORDER BY count(*) DESC, venue LIMIT ?",
            (_VENUES,),
        )
        if rows:
            text += f", most of them in {joined([italic(venue) for (venue,) in rows])}"
    return f"{text}."


def _keys(indexes: Indexes, topic: str, filters: Filters) -> list[int] | None:
    if topic:
        return [found.key for found in relevant(indexes, topic, filters)]
    return None if filters == EVERYTHING else allowed_papers(indexes.library, filters)


def _rows(library: Library, keys: Sequence[int] | None) -> list[tuple[int, int | None, str | None]]:
    if keys is None:
        return [
            (key, year, venue) for key, year, venue in library.rows("SELECT key, year, venue FROM papers ORDER BY key")
        ]
    found = {row[0]: row for row in library.rows_in("SELECT key, year, venue FROM papers WHERE key IN ({})", keys)}
    return [(key, found[key][1], found[key][2]) for key in keys if key in found]
