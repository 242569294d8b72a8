"""The themes of a whole library, for the colours and labels of its map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag.retrieval.themes import FURTHER, themes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 12
EVERYTHING = "All papers"
"""The label where the papers share no theme."""
_SAMPLE = 20_000  # papers whose themes are found; more join the nearest
_CELLS = 48  # along a side: where a theme is densest is looked for in these
_BLOCK = 5000

Texts = Callable[[Sequence[int]], Sequence[tuple[str, str]]]


def map_themes(texts: Texts, vectors: NDArray[np.float32]) -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """The labels of at most twelve themes, biggest first, and of each paper the place of its own there, [n].

    The further papers, if there are any, come last.

    Args:
        texts: Gives title and abstract of the papers at some places.
        vectors: [n, d], of unit length, none of zeros.
    """
    import numpy as np

    size = len(vectors)
    sample = np.arange(size) if size <= _SAMPLE else np.arange(_SAMPLE) * size // _SAMPLE
    found = themes(texts(sample.tolist()), vectors[sample], MOST)
    if not found:
        return (EVERYTHING,), np.zeros(size, dtype=np.uint8)
    of_paper = np.zeros(size, dtype=np.uint8)
    if len(sample) < size:
        known = [theme for theme in found if theme.label != FURTHER]
        centres = np.stack([vectors[sample[list(theme.members)]].mean(axis=0) for theme in known])
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        for first in range(0, size, _BLOCK):
            of_paper[first : first + _BLOCK] = (vectors[first : first + _BLOCK] @ centres.T).argmax(axis=1)
    for place, theme in enumerate(found):
        of_paper[sample[list(theme.members)]] = place
    labels = [theme.label for theme in found]
    counts = np.bincount(of_paper, minlength=len(labels)).tolist()
    order = sorted(range(len(labels)), key=lambda place: (labels[place] == FURTHER, -counts[place], place))
    return tuple(labels[place] for place in order), np.argsort(order).astype(np.uint8)[of_paper]


def densest(positions: NDArray[np.float32], of_paper: NDArray[np.uint8], number: int) -> NDArray[np.float32]:
    """Where each of so many themes has most papers, [number, 2]; `positions` [n, 2] are in the unit square."""
    import numpy as np

    cells = np.minimum((positions * _CELLS).astype(np.intp), _CELLS - 1)
    found = np.full((number, 2), 0.5, dtype=np.float32)
    for theme in range(number):
        members = np.flatnonzero(of_paper == theme)
        if not len(members):
            continue
        counts = np.zeros((_CELLS + 2, _CELLS + 2))
        np.add.at(counts, (cells[members, 0] + 1, cells[members, 1] + 1), 1)
        rows = counts[:-2] + counts[1:-1] + counts[2:]
        around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
        best = np.array(np.unravel_index(around.argmax(), around.shape))
        near = members[np.abs(cells[members] - best).max(axis=1) <= 1]
        found[theme] = positions[near].mean(axis=0)
    return found
