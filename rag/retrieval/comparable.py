"""What of a library is worth setting side by side: methods of papers on the same matter."""

from __future__ import annotations

from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.retrieval.methods import Method, methods
from rag.retrieval.paper_vectors import paper_vectors

_LOOKED_AT = 200  # papers, the newest
_NEAR = 0.35  # of the cosine, for two papers to be on the same matter


class Comparable(NamedTuple):
    """Names of methods, newest first, and pairs of names that are worth comparing, nearest first."""

    methods: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def comparable(indexes: Indexes, k: int = 4) -> Comparable:
    """The methods that the newest papers introduce by name, and up to `k` pairs; of titles where too few have names.

    No paper is in two pairs.
    """
    library = indexes.library
    keys = [key for (key,) in library.rows("SELECT key FROM papers ORDER BY key DESC LIMIT ?", (_LOOKED_AT,))]
    papers = library.papers_by_key(keys)
    places = {paper.id: key for key, paper in papers.items()}
    named: dict[int, str] = {}
    for method in methods(list(papers.values())):
        if _is_short(method):
            named.setdefault(places[method.paper.id], method.name)
    pairs = _pairs(indexes, [*named], named, k)
    if not pairs:
        pairs = _pairs(indexes, [*papers], {key: paper.title for key, paper in papers.items()}, k)
    return Comparable(tuple(named.values()), tuple(pairs))


def _is_short(method: Method) -> bool:
    """Whether the name is one and not a description."""
    return len(method.name.split()) <= 3


def _pairs(indexes: Indexes, keys: list[int], names: dict[int, str], k: int) -> list[tuple[str, str]]:
    import numpy as np

    vectors = paper_vectors(indexes.library, indexes.embedder.name, keys)
    if len(keys) < 2 or not vectors.size:
        return []
    alike = np.triu(vectors @ vectors.T, 1)
    found: list[tuple[str, str]] = []
    while len(found) < k:
        one, other = np.unravel_index(int(alike.argmax()), alike.shape)
        if alike[one, other] < _NEAR:
            break
        found.append((names[keys[one]], names[keys[other]]))
        for place in (one, other):
            alike[place, :] = alike[:, place] = 0.0
    return found
