from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.retrieval.layout import layout
from rag.retrieval.neighbours import neighbours

GROUPS = 9


def vectors(size: int, dimension: int = 40) -> NDArray[np.float32]:
    """Unit vectors in groups, each of which is longer than it is broad."""
    random = np.random.default_rng(3)
    centres = random.normal(size=(GROUPS, dimension))
    along = random.normal(size=(GROUPS, dimension)) * 0.6
    group = np.arange(size) % GROUPS
    made = centres[group] + along[group] * random.normal(size=(size, 1)) + random.normal(size=(size, dimension)) * 0.15
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def nearest(points: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    apart = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.argsort(apart, axis=1)[:, :k]


def kept(made: NDArray[np.float32], positions: NDArray[np.float32], k: int = 10) -> float:
    """Of the k nearest of each, how many are so on the map."""
    pairs = zip(nearest(made, k), nearest(positions, k), strict=True)
    return float(np.mean([len({*there} & {*here}) / k for there, here in pairs]))


def test_neighbours_are_kept_far_better_than_by_two_components() -> None:
    made = vectors(600)
    centred = made - made.mean(axis=0)
    components = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T

    positions = layout(made)

    assert positions.shape == (600, 2)
    assert positions.dtype == np.float32
    assert kept(made, positions) > 0.75 > 1.5 * kept(made, components)
    same = np.arange(600)[nearest(positions, 5)] % GROUPS == (np.arange(600) % GROUPS)[:, None]
    assert same.mean() > 0.95


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 10, 13, 40])
def test_few_papers_lie_apart_in_the_unit_square(size: int) -> None:
    positions = layout(vectors(size))

    assert positions.shape == (size, 2)
    assert ((positions >= 0) & (positions <= 1)).all()
    assert len({*map(tuple, positions.round(3).tolist())}) == size


def test_no_papers() -> None:
    assert layout(np.zeros((0, 4), dtype=np.float32)).shape == (0, 2)


def test_same_vectors_have_same_positions() -> None:
    np.testing.assert_array_equal(layout(vectors(300)), layout(vectors(300)))


def test_equal_vectors_have_positions() -> None:
    positions = layout(np.tile(vectors(1), (50, 1)))

    assert np.isfinite(positions).all()
    assert ((positions >= 0) & (positions <= 1)).all()


def test_of_many_papers_a_sample_is_laid_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.retrieval.layout._SAMPLE", 300)
    made, told = vectors(900), list[float]()

    positions = layout(made, told.append)

    same = np.arange(900)[nearest(positions, 5)] % GROUPS == (np.arange(900) % GROUPS)[:, None]
    assert same.mean() > 0.95
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1


@pytest.mark.parametrize("group", [400, 20])
def test_neighbours_are_found_among_groups(group: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.retrieval.neighbours._GROUP", group)
    made = vectors(800)

    found = neighbours(made, 8)

    right = [len({*row} & {*true}) / 8 for row, true in zip(found.tolist(), nearest(made, 8).tolist(), strict=True)]
    assert np.mean(right) > (0.999 if group == 400 else 0.8)
    assert not (found == np.arange(800)[:, None]).any()
    assert all(len({*row}) == 8 for row in found.tolist())


def test_equal_vectors_have_neighbours() -> None:
    found = neighbours(np.tile(vectors(1), (30, 1)), 5)

    assert all(len({*row} - {place}) == 5 for place, row in enumerate(found.tolist()))
