"""Looking through a library without a question: how many papers, some in an order, of which years and venues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.retrieval import columns
from rag.retrieval.filters import keys_left
from rag.retrieval.question import searchable
from rag.retrieval.search import search
from rag.types import EVERYTHING, Filters, Shelf

if TYPE_CHECKING:
    from rag.retrieval.columns import Column, Keys

Order = Literal["newest", "title", "added"]
_RANKED = 500  # papers, of those found for a query


def in_order(library: Library, filters: Filters, order: Order, start: int, k: int) -> Shelf:
    """The papers that `filters` leave from place `start` on, `k` at most."""
    import numpy as np

    left = keys_left(library, filters)
    if order == "added":
        keys = left[::-1]
    else:
        keys = columns.newest_first(library) if order == "newest" else columns.by_title(library)
        if filters != EVERYTHING:
            keys = keys[np.isin(keys, left)]
    return Shelf(tuple(library.papers(keys[start : start + k].tolist())), len(keys))


def ranked(indexes: Indexes, query: str, filters: Filters, start: int, k: int) -> Shelf:
    """The papers nearest to a query, best first, from place `start` on; only some hundreds are ranked.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    hits = search(indexes, searchable(query), _RANKED, filters)
    return Shelf(tuple(hit.paper for hit in hits[start : start + k]), len(hits))


def papers_per_year(library: Library, filters: Filters = EVERYTHING) -> dict[int, int]:
    """How many of the papers that `filters` leave are of each year, the earliest first; without the undated."""
    return _tally(columns.years(library), keys_left(library, filters))


def papers_per_venue(library: Library, filters: Filters, k: int) -> list[tuple[str, int]]:
    """The `k` venues with most of the papers that `filters` leave, and how many these are."""
    names, column = columns.venues(library)
    found = _tally(column, keys_left(library, filters))
    # The places of venues are in the order of their names.
    best = sorted(found, key=lambda place: (-found[place], place))[:k]
    return [(names[place], found[place]) for place in best]


def _tally(column: Column, left: Keys) -> dict[int, int]:
    """How often each value is that of a paper that is left, the least value first."""
    import numpy as np

    values, times = np.unique(column.values[np.isin(column.keys, left)], return_counts=True)
    return dict(zip(values.tolist(), times.tolist(), strict=True))
