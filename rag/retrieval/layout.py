"""Positions of papers on a map, so that neighbours in meaning are neighbours there: t-SNE.

Van der Maaten and Hinton, "Visualizing data using t-SNE", 2008. All points repel one another through a field on a grid,
as in Linderman et al., "Fast interpolation-based t-SNE", 2019, but with a single charge: the repulsion is the slope of
the field. Of many papers a sample is laid out first and the others begin beside their neighbours in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, log
from typing import TYPE_CHECKING

from rag.retrieval.neighbours import neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_NEIGHBOURS = 15
_COMPONENTS = 128  # of the vectors, that neighbours are found with
_SAMPLE = 8000  # papers that are laid out first
_GATHERING, _SETTLING = 120, 280  # steps of them
_REFINING = 60  # steps of all
_GATHERED, _SETTLED = 12.0, 1.3  # times: how much stronger neighbours draw than in t-SNE's own cost
_FIRST_SPREAD = 1e-2  # of the positions, before the first step
_STEP = 0.5  # between points of the grid, where the width of the kernel is 1
_FINER = 1.1  # times: the steps between which the points of the grid may be
_WIDEST = 96  # points along a side of the grid,
_WIDER = 2.0  # and times the root of the number of papers more
_PAIRED = 150  # papers whose pushes are told one by one
_EDGE = 4  # points of the grid around the outermost position
_FEW = 8  # papers that are laid out by their principal components alone
_BLOCK = 1000  # vectors that are compared at once
_SEED = 5


def layout(vectors: Floats, progress: Callable[[float], None] = lambda done: None) -> Floats:
    """Positions [n, 2] in the unit square, the same for the same vectors.

    Args:
        vectors: [n, d], of unit length.
        progress: Is told how much is done, in [0, 1].
    """
    import numpy as np

    size = len(vectors)
    if size < 2:
        return np.full((size, 2), 0.5, dtype=np.float32)
    components = _components(vectors, _COMPONENTS)
    if size <= _FEW:
        return _in_unit_square(components[:, :2])
    random = np.random.default_rng(_SEED)
    sample = np.sort(random.permutation(size)[:_SAMPLE])
    inner = components if len(sample) == size else np.ascontiguousarray(components[sample])
    near = neighbours(_unit(inner), min(_NEIGHBOURS, (len(sample) - 1) // 3 + 1))
    start = inner[:, :2] / inner[:, 0].std() + random.normal(0, 1e-2, (len(sample), 2))
    positions = (start * _FIRST_SPREAD).astype(np.float32)
    # Of all the work, laying out the sample is this share; the neighbours of all are a third of what is left.
    share = 1.0 if len(sample) == size else 0.2
    total = _GATHERING + _SETTLING
    positions = _moved(positions, near, _GATHERING, _GATHERED, lambda step: progress(share * step / total))
    positions = _moved(positions, near, _SETTLING, _SETTLED, lambda step: progress(share * (_GATHERING + step) / total))
    if len(sample) < size:
        everyone = _begun(components, sample, positions) * np.float32((size / len(sample)) ** 0.5)
        near = neighbours(_unit(components), _NEIGHBOURS)
        positions = _moved(everyone, near, _REFINING, _SETTLED, lambda step: progress(0.5 + 0.5 * step / _REFINING))
    return _in_unit_square(positions)


def _components(vectors: Floats, most: int) -> Floats:
    """The principal components of the vectors [n, min(most, d)], the first the strongest, their signs settled."""
    import numpy as np

    centred = vectors - vectors.mean(axis=0)
    some = centred[:: max(1, len(centred) // 20_000)]
    _, axes = np.linalg.eigh((some.T @ some).astype(np.float64))
    axes = axes[:, ::-1][:, : max(2, min(most, vectors.shape[1]))]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    components: Floats = centred @ axes.astype(np.float32)
    return components


def _unit(vectors: Floats) -> Floats:
    import numpy as np

    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def beside(vectors: Floats, others: Floats) -> NDArray[np.intp]:
    """For each of the vectors [n, d] the place among the others [m, d] of the one most like it; all of unit length."""
    import numpy as np

    blocks = range(0, len(vectors), _BLOCK)
    return np.concatenate([(vectors[first : first + _BLOCK] @ others.T).argmax(axis=1) for first in blocks])


def _begun(components: Floats, sample: NDArray[np.intp], positions: Floats) -> Floats:
    """Where all begin: the sample at its positions, the others beside the one of the sample most like them."""
    import numpy as np

    jitter = np.random.default_rng(_SEED).normal(0, 0.2, (len(components), 2)).astype(np.float32)
    found = positions[beside(_unit(components), _unit(components[sample]))] + jitter
    found[sample] = positions
    return found


def _moved(
    positions: Floats, near: NDArray[np.int32], steps: int, drawn: float, progress: Callable[[int], None]
) -> Floats:
    """The positions after so many steps of gradient descent with momentum and a rate of its own for each coordinate."""
    import numpy as np

    size, k = near.shape
    rate = np.float32(max(min(50.0, size), size / drawn / 4))
    velocity, gains = np.zeros_like(positions), np.ones_like(positions)
    for step in range(steps):
        gradient = _attraction(positions, near) * np.float32(drawn / (size * k)) - _repulsion(positions)
        same = np.sign(gradient) == np.sign(velocity)
        gains = np.maximum(np.where(same, gains * 0.8, gains + 0.2), 0.01, dtype=np.float32)
        velocity = np.float32(0.5 if drawn > _SETTLED else 0.8) * velocity - rate * gains * gradient
        positions = positions + velocity
        positions -= positions.mean(axis=0)
        if step % 10 == 9:
            progress(step + 1)
    return positions


def _attraction(positions: Floats, near: NDArray[np.int32]) -> Floats:
    """The sum, over the neighbours of each and those it is a neighbour of, of the way to them by the t kernel."""
    import numpy as np

    size = len(near)
    flat = near.ravel()
    pulled = []
    away = [column[:, None] - column[near] for column in (positions[:, 0].copy(), positions[:, 1].copy())]
    weight = 1.0 / (1.0 + away[0] ** 2 + away[1] ** 2)
    for part in away:
        part *= weight
        pulled.append(part.sum(axis=1) - np.bincount(flat, weights=part.ravel(), minlength=size))
    return np.stack(pulled, axis=1).astype(np.float32) * 2


def _repulsion(positions: Floats) -> Floats:
    """The push of all others, from the field of all of them on a grid."""
    import numpy as np

    size = len(positions)
    if size <= _PAIRED:
        away = positions[:, None] - positions
        weight = 1.0 / (1.0 + (away**2).sum(axis=2))
        pushes: Floats = np.einsum("ijc,ij->ic", away, weight**2)
        pushes *= 4.0 / max(float(weight.sum()) - size, 1e-9)
        return pushes
    low = positions.min(axis=0)
    extent = float((positions.max(axis=0) - low).max())
    spacing = max(_STEP, extent / (_WIDEST + _WIDER * size**0.5))
    spacing = _FINER ** ceil(log(min(spacing, max(extent, 1e-3) / 40), _FINER))
    side = -(-(int(extent / spacing) + 2 * _EDGE + 2) // 32) * 32
    at = (positions - low) / np.float32(spacing) + _EDGE
    corner = at.astype(np.int32)
    part = at - corner
    index = corner[:, 0] * side + corner[:, 1]
    x, y = part[:, 0], part[:, 1]
    corners = [
        (index, (1 - x) * (1 - y)),
        (index + side, x * (1 - y)),
        (index + 1, (1 - x) * y),
        (index + side + 1, x * y),
    ]
    density = np.zeros(side * side)
    for places, weights in corners:
        density += np.bincount(places, weights=weights, minlength=side * side)
    field = _field(density.reshape(side, side).astype(np.float32), spacing)
    slope_x, slope_y = (np.zeros_like(field) for _ in range(2))
    slope_x[1:-1] = (field[2:] - field[:-2]) / np.float32(2 * spacing)
    slope_y[:, 1:-1] = (field[:, 2:] - field[:, :-2]) / np.float32(2 * spacing)
    here, push_x, push_y = (
        sum(grid.ravel()[places] * weights for places, weights in corners) for grid in (field, slope_x, slope_y)
    )
    total = float(here.sum(dtype=np.float64)) - _of_itself(x, y, spacing)
    # The slope of 1/(1+d²) is -2d/(1+d²)², and the push is 4d/(1+d²)² over the sum of all.
    return np.stack([push_x, push_y], axis=1) * np.float32(-2.0 / max(total, 1e-9))


def _of_itself(x: Floats, y: Floats, spacing: float) -> float:
    """The sum of what each point adds to the field at its own place; it would be 1 if it were not put on a grid."""
    apart_x, apart_y = 2 * x * (1 - x), 2 * y * (1 - y)  # how much of it is at another column, row
    beside, across = 1 / (1 + spacing**2), 1 / (1 + 2 * spacing**2)
    both = apart_x * apart_y
    one = apart_x + apart_y - 2 * both
    return float((1 - one - both + one * beside + both * across).sum(dtype="float64"))


def _field(density: Floats, spacing: float) -> Floats:
    """The sum of 1/(1+d²) over all points, at each point of the grid."""
    import numpy as np

    side = len(density)
    shape = (2 * side, 2 * side)
    field = np.fft.irfft2(np.fft.rfft2(density, shape) * _kernel(side, spacing), shape)[:side, :side]
    return field.astype(np.float32, copy=False)


@lru_cache(maxsize=1)
def _kernel(side: int, spacing: float) -> NDArray[np.complexfloating]:
    """The transform of 1/(1+d²) around a point of a grid that is twice as wide."""
    import numpy as np

    along = np.minimum(np.arange(2 * side), 2 * side - np.arange(2 * side)) * spacing
    return np.fft.rfft2((1.0 / (1.0 + along[:, None] ** 2 + along**2)).astype(np.float32))


def _in_unit_square(positions: Floats) -> Floats:
    """The positions, centred and drawn to scale."""
    import numpy as np

    low, high = positions.min(axis=0), positions.max(axis=0)
    extent = max(float((high - low).max()), 1e-9)
    placed: Floats = ((positions - (low + high) / 2) / extent * 0.98 + 0.5).astype(np.float32)
    return placed
