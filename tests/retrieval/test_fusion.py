"""Words and meaning in one ranking."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.retrieval.fusion import fuse

keys = st.integers(0, 20)
bm25_scores = st.dictionaries(keys, st.floats(0, 50), max_size=10)
cosines = st.dictionaries(keys, st.floats(-1, 1), max_size=10)


@given(bm25_scores, cosines)
def test_every_paper_once_best_first_ties_by_key(bm25: dict[int, float], cosine: dict[int, float]) -> None:
    ranked = fuse(bm25, cosine)
    assert {key for key, _ in ranked} == bm25.keys() | cosine.keys()
    assert len(ranked) == len({key for key, _ in ranked})
    assert ranked == sorted(ranked, key=lambda item: (-item[1], item[0]))
    assert fuse(dict(reversed(bm25.items())), dict(reversed(cosine.items()))) == ranked


@given(bm25_scores, cosines, st.floats(0.1, 1))
def test_a_higher_cosine_never_ranks_lower(bm25: dict[int, float], cosine: dict[int, float], more: float) -> None:
    for key in cosine:
        before, after = fuse(bm25, cosine), fuse(bm25, {**cosine, key: cosine[key] + more})
        assert place(after, key) <= place(before, key)


@given(bm25_scores, cosines, st.floats(0.1, 10))
def test_a_higher_word_score_never_ranks_lower(bm25: dict[int, float], cosine: dict[int, float], more: float) -> None:
    for key in bm25:
        before, after = fuse(bm25, cosine), fuse({**bm25, key: bm25[key] + more}, cosine)
        assert place(after, key) <= place(before, key)


@given(bm25_scores, cosines, st.sampled_from([0.25, 0.5, 2.0, 4.0, 1024.0]))
def test_the_scale_of_bm25_does_not_matter(bm25: dict[int, float], cosine: dict[int, float], factor: float) -> None:
    assume(all(score == 0 or score > 1e-100 for score in bm25.values()))
    assert fuse({key: score * factor for key, score in bm25.items()}, cosine) == fuse(bm25, cosine)


def test_weights() -> None:
    assert fuse({1: 8.0, 2: 4.0}, {2: 1.0, 3: 0.5}) == [
        (2, pytest.approx(0.85)),
        (3, pytest.approx(0.35)),
        (1, pytest.approx(0.3)),
    ]
    assert fuse({}, {}) == []
    assert fuse({7: 0.0}, {}) == [(7, 0.0)]


def place(ranked: list[tuple[int, float]], key: int) -> int:
    return [ranked_key for ranked_key, _ in ranked].index(key)
