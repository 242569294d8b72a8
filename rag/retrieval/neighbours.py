"""The nearest neighbours of many vectors, each looked for among the groups of vectors around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_GROUP = 400  # vectors of a group, on average
_AROUND = 6  # groups that are looked through for the vectors of one
_ROUNDS = 4  # in which the centres of the groups move
_OF_A_GROUP = 30  # vectors that its centre is found with
_BLOCK = 1000  # vectors that are looked for at once
_SEED = 11


def neighbours(vectors: Vectors, k: int) -> NDArray[np.int32]:
    """The places of the `k` vectors nearest to each, [n, k], in no order; `vectors` [n, d] are of unit length.

    Exact up to a few thousand vectors; of more, nine of ten are found. A vector is not its own neighbour.
    """
    import numpy as np

    size = len(vectors)
    found = np.empty((size, k), dtype=np.int32)
    number = max(1, size // _GROUP)
    if number <= 2 * _AROUND:
        _search(vectors, size, np.arange(size, dtype=np.int32), found)
        return found
    centres = _centres(vectors, number)
    group = _nearest_centre(vectors, centres)
    order = np.argsort(group, kind="stable").astype(np.int32)
    ends = np.cumsum(np.bincount(group, minlength=number))
    members = np.split(order, ends[:-1])
    alike = centres @ centres.T
    np.fill_diagonal(alike, np.inf)
    around = np.argsort(-alike, axis=1, kind="stable")[:, :_AROUND]  # its own group first
    for group_around in around:
        among = np.concatenate([members[other] for other in group_around])
        own = len(members[group_around[0]])
        if len(among) <= k:  # nearly all are in other groups
            _search_all(vectors, among[:own], found)
        else:
            _search(vectors, own, among, found)
    return found


def _search_all(vectors: Vectors, places: NDArray[np.int32], found: NDArray[np.int32]) -> None:
    """Write the neighbours of the vectors at `places`, out of all, into `found`."""
    import numpy as np

    others = np.setdiff1d(np.arange(len(vectors), dtype=np.int32), places)
    _search(vectors, len(places), np.concatenate([places, others]), found)


def _search(vectors: Vectors, number: int, among: NDArray[np.int32], found: NDArray[np.int32]) -> None:
    """Write the neighbours of the first `number` of the vectors at `among`, out of these, into `found`."""
    import numpy as np

    k = found.shape[1]
    candidates = vectors[among]
    for first in range(0, number, _BLOCK):
        rows = np.arange(min(_BLOCK, number - first))
        similar = candidates[first : first + len(rows)] @ candidates.T
        similar[rows, first + rows] = -np.inf
        least = np.partition(similar, len(among) - k, axis=1)[:, len(among) - k, None]
        nearest = np.flatnonzero(similar >= least) % len(among)
        if len(nearest) != k * len(rows):  # some are equally near
            nearest = np.argpartition(-similar, k - 1, axis=1)[:, :k]
        found[among[first : first + len(rows)]] = among[nearest.reshape(len(rows), k)]


def _centres(vectors: Vectors, number: int) -> Vectors:
    """The centres of groups, by spherical k-means on a sample."""
    import numpy as np

    random = np.random.default_rng(_SEED)
    sample = vectors[np.sort(random.permutation(len(vectors))[: number * _OF_A_GROUP])]
    centres = sample[:: max(1, len(sample) // number)][:number].copy()
    for _ in range(_ROUNDS):
        nearest = _nearest_centre(sample, centres)
        order = np.argsort(nearest, kind="stable")
        present, starts = np.unique(nearest[order], return_index=True)
        sums = np.add.reduceat(sample[order], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres[present] = sums / np.maximum(lengths, 1e-9)
    return centres


def _nearest_centre(vectors: Vectors, centres: Vectors) -> NDArray[np.intp]:
    import numpy as np

    parts = [(vectors[first : first + _BLOCK] @ centres.T).argmax(axis=1) for first in range(0, len(vectors), _BLOCK)]
    return np.concatenate(parts)
