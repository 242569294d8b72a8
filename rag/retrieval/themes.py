"""What papers are about: groups of papers, each with a label in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.retrieval.clusters import clusters
from rag.retrieval.labels import labels
from rag.retrieval.paper_vectors import paper_vectors
from rag.retrieval.word_vectors import word_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FURTHER", "Theme", "paper_vectors", "themes"]

FURTHER = "Further papers"
"""The label of the papers that belong to no theme; they come last."""
_FEW = 4  # papers that have one theme at most


@dataclass(frozen=True, slots=True)
class Theme:
    """Papers on the same matter; `members` are their places in the input, most central first."""

    label: str
    members: tuple[int, ...]


def themes(texts: Sequence[tuple[str, str]], vectors: NDArray[np.float32] | None, most: int) -> list[Theme]:
    """The themes of papers given as (title, abstract), biggest first.

    Every paper is in exactly one. A paper that has nothing in common with others, and a group whose papers share no
    phrase, go to a last theme, `FURTHER`; there is no theme at all if that would be the only one.

    Args:
        texts: The papers.
        vectors: [n, d], of unit length, rows of zeros for papers that are not embedded; None if none is.
        most: How many themes there may be, not counting the further papers.
    """
    import numpy as np

    if vectors is None or 2 * np.count_nonzero(vectors.any(axis=1)) <= len(texts):
        vectors = word_vectors(texts)
    known = np.flatnonzero(vectors.any(axis=1))
    embedded = vectors if len(known) == len(texts) else vectors[known]
    groups = [[*range(len(known))]] if len(known) <= _FEW else clusters(embedded, most)
    central = [known[_most_central_first(embedded, group)].tolist() for group in groups]
    shared = [group for group in central if len(group) > 1]
    found = [Theme(label, tuple(group)) for label, group in zip(labels(texts, shared), shared, strict=True) if label]
    found.sort(key=lambda theme: (-len(theme.members), theme.members))
    placed = {place for theme in found for place in theme.members}
    rest = tuple(place for place in range(len(texts)) if place not in placed)
    return [*found, Theme(FURTHER, rest)] if found and rest else found


def _most_central_first(vectors: NDArray[np.float32], group: list[int]) -> NDArray[np.intp]:
    import numpy as np

    places = np.asarray(group, dtype=np.intp)
    own = vectors[places]
    return places[np.lexsort((places, -(own @ own.sum(axis=0))))]
