"""One ranking from word scores and meaning scores."""

from __future__ import annotations

from collections.abc import Mapping

WORDS, MEANING = 0.3, 0.7


def fuse(bm25: Mapping[int, float], cosine: Mapping[int, float]) -> list[tuple[int, float]]:
    """Paper keys with 0.3 * BM25 / best BM25 + 0.7 * cosine, best first, ties by key.

    A paper that one side does not have scores 0 there. Convex combination as in Bruch, Gai and
    Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023; the weights are those
    measured best on the SciFact training questions.
    """
    best = max(bm25.values(), default=0.0) or 1.0
    scores = {
        key: WORDS * bm25.get(key, 0.0) / best + MEANING * cosine.get(key, 0.0) for key in bm25.keys() | cosine.keys()
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
