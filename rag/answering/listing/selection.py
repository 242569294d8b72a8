"""Which papers a list has, all of them, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.retrieval import columns
from rag.retrieval.filters import keys_left
from rag.retrieval.topical import Relevant, relevant
from rag.types import EVERYTHING, Evidence, Filters, Hit, Plan


class Selection(NamedTuple):
    """The keys of the papers, and how relevant each is if there is a topic."""

    keys: list[int]
    relevance: dict[int, Relevant]


def selected(indexes: Indexes, plan: Plan) -> Selection:
    """The papers of a plan: on its topic, best first; without one the newest first, then by title.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    if plan.topic.strip():
        found = relevant(indexes, plan.topic, plan.filters)
        return Selection([each.key for each in found], {each.key: each for each in found})
    return Selection(newest_first(indexes.library, plan.filters), {})


def newest_first(library: Library, filters: Filters) -> list[int]:
    """Keys of the papers that `filters` leave, the newest first, then by title; those without a year last."""
    import numpy as np

    keys = columns.newest_first(library)
    if filters != EVERYTHING:
        keys = keys[np.isin(keys, keys_left(library, filters))]
    found: list[int] = keys.tolist()
    return found


def hits(indexes: Indexes, chosen: Selection, keys: Sequence[int]) -> list[Hit]:
    """The papers with these keys, in this order, with their titles as evidence."""
    papers = indexes.library.papers_by_key(keys)
    return [
        Hit(
            papers[key],
            chosen.relevance[key].score if key in chosen.relevance else 1.0,
            chosen.relevance[key].cosine if key in chosen.relevance else 0.0,
            (Evidence.of_title(papers[key]),),
        )
        for key in keys
        if key in papers
    ]
