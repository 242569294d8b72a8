"""Groups of vectors that point the same way. The same vectors always make the same groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_MERGED = 400  # vectors that are merged pair by pair; more are drawn to centres
_HALF = 0.55  # of all: a group with more papers than that says little
_LOPSIDED = 0.4  # of the silhouette: how much is lost for the share above it
_SAMPLE = 6000  # vectors that the centres are found with
_ROUNDS = 30
_SEED = 20
_DRAWN = 6  # vectors of which one becomes a centre
_SAME = 1e-5  # of the cosine: vectors no further apart on average are the same
_BLOCK = 250_000  # multiplications: NumPy's BLAS gives products of more than 2**18 to several threads
_ALONE = 0.5  # of the silhouette: how much is lost where all papers are alone
_NUMBER_COUNTS = 0.1  # of the silhouette: how much a number of groups that is e times too large or small loses


def clusters(vectors: Vectors, most: int) -> list[list[int]]:
    """The rows of `vectors` [n, d], of unit length, in 1 to `most` groups."""
    if len(vectors) <= _MERGED:
        return _merged(vectors, most)
    return _drawn(vectors, most)


def _merged(vectors: Vectors, most: int) -> list[list[int]]:
    """Agglomeration by Ward's criterion, cut where groups are most apart for their number."""
    import numpy as np

    size = len(vectors)
    wanted = 1 + (size / 2) ** 0.5
    similar = _product(vectors, vectors.T).astype(np.float64)
    best, best_score = [list(range(size))], -np.inf
    for groups in _merging(similar):
        if not 2 <= len(groups) <= max(2, most):
            continue
        alone = sum(len(members) == 1 for members in groups) / size
        lopsided = max(0.0, max(map(len, groups)) / size - _HALF)
        score = _silhouette(similar, groups) - _NUMBER_COUNTS * abs(np.log(len(groups) / wanted))
        score -= _ALONE * alone + _LOPSIDED * lopsided
        if score > best_score:
            best, best_score = groups, score
    return best


def _merging(similar: NDArray[np.float64]) -> Iterator[list[list[int]]]:
    """The groups after each merger of the two that grow least in variance.

    Ward, "Hierarchical grouping to optimize an objective function", 1963, with the update of Lance and Williams.
    """
    import numpy as np

    size = len(similar)
    apart = 1.0 - similar
    np.fill_diagonal(apart, np.inf)
    counts = np.ones(size)
    groups: dict[int, list[int]] = {place: [place] for place in range(size)}
    for _ in range(size - 1):
        one, other = sorted(divmod(int(apart.argmin()), size))
        least = apart[one, other]
        merged = (counts[one] + counts) * apart[one] + (counts[other] + counts) * apart[other] - counts * least
        merged /= counts[one] + counts[other] + counts
        apart[one], apart[:, one] = merged, merged
        apart[one, one] = np.inf
        apart[other], apart[:, other] = np.inf, np.inf
        counts[one] += counts[other]
        groups[one] += groups.pop(other)
        yield [list(members) for members in groups.values()]


def _silhouette(similar: NDArray[np.float64], groups: Sequence[Sequence[int]]) -> float:
    """The mean silhouette over all members, distances being one minus the cosine; a group of one counts nothing.

    Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", 1987.
    """
    import numpy as np

    size = len(similar)
    member = np.zeros((size, len(groups)))
    for column, members in enumerate(groups):
        member[list(members), column] = 1.0
    counts = member.sum(axis=0)
    sums = _product(1.0 - similar, member)
    own = member.argmax(axis=1)
    rows = np.arange(size)
    within = sums[rows, own] / np.maximum(1, counts[own] - 1)
    others = sums / counts
    others[rows, own] = np.inf
    apart = others.min(axis=1)
    values = (apart - within) / np.maximum(np.maximum(apart, within), 1e-12)
    return float(np.where(counts[own] > 1, values, 0.0).mean())


def _drawn(vectors: Vectors, most: int) -> list[list[int]]:
    """Spherical k-means on an even sample; the others join the centre that is nearest."""
    import numpy as np

    sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
    centres = _first_centres(sample, min(most, len(sample)))
    for _ in range(_ROUNDS):
        nearest = _product(sample, centres.T).argmax(axis=1)
        member = np.zeros((len(centres), len(sample)), dtype=np.float32)
        member[nearest, np.arange(len(sample))] = 1.0
        moved = np.where(member.any(axis=1, keepdims=True), _product(member, sample), centres)
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        if np.allclose(moved, centres, atol=1e-4):
            break
        centres = moved
    nearest = _product(vectors, centres.T).argmax(axis=1)
    return [members.tolist() for place in range(len(centres)) if len(members := np.flatnonzero(nearest == place))]


def _first_centres(sample: Vectors, number: int) -> Vectors:
    """Centres that are far apart, each the best of a few drawn by their distance from those before (k-means++).

    Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", 2007, with the greedy choice.
    """
    import numpy as np

    random = np.random.default_rng(_SEED)
    chosen = [int(random.integers(len(sample)))]
    distance = 1.0 - sample @ sample[chosen[0]]
    while len(chosen) < number:
        odds = np.maximum(distance, 0.0).astype(np.float64)
        total = odds.sum()
        if total <= _SAME * len(sample):
            break
        drawn = random.choice(len(sample), size=_DRAWN, p=odds / total)
        left = np.minimum(distance[:, None], 1.0 - _product(sample, sample[drawn].T))
        best = int(left.sum(axis=0).argmin())
        chosen.append(int(drawn[best]))
        distance = left[:, best]
    return sample[chosen]


def _product(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """The matrix product, in parts too small for several threads.

    These wait for one another, a hundred times as long as they work, while papers are embedded on all cores.
    """
    import numpy as np

    inner, columns = right.shape
    product: NDArray[Any]
    if inner * columns > _BLOCK:
        half = inner // 2
        product = _product(left[:, :half], right[:half]) + _product(left[:, half:], right[half:])
    else:
        rows = max(1, _BLOCK // (inner * columns))
        product = np.concatenate([left[at : at + rows] @ right for at in range(0, len(left), rows)])
    return product
