"""How surely a passage of a paper supports a claim."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answering.support.passages import Passages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
FEATURES = ("cosine", "words", "paper_words")
_RUN = 4  # letters


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over `FEATURES`, and the least probabilities of a passage that supports a claim.

    `cited` is that of a passage of a paper that the answer cites, `uncited` that of one it does not.
    """

    features: Mapping[str, float]
    intercept: float
    cited: float
    uncited: float


@cache
def shipped() -> Weights:
    """The weights that `benchmarks/support.py` fitted."""
    return Weights(**json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))


def features(passages: Passages, vector: NDArray[np.float32], idf: Mapping[str, float]) -> NDArray[np.float64]:
    """What is told of each passage of a paper: [passages, features].

    It is the cosine of passage and claim, how much of the claim's words it has, and how much of them the paper has.
    Words count by their rarity, and each by the share of its runs of four letters: "calcify" has much of "calcified".

    Args:
        passages: Of one paper.
        vector: The claim's, of unit length.
        idf: Of the claim's terms.
    """
    import numpy as np

    # Who wrote a paper, and where, any of its passages may be said with.
    about = _runs_of(passages.about)
    runs = [_runs_of(passage.terms) | about for passage in passages.all]
    of_paper = _share(idf, frozenset().union(*runs))
    return np.stack(
        [
            passages.vectors @ vector,
            [_share(idf, of_passage) for of_passage in runs],
            [of_paper] * len(runs),
        ],
        axis=1,
    ).astype(np.float64)


def probabilities(told: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """How surely each passage supports the claim: [passages], each in (0, 1)."""
    import numpy as np

    coefficients = np.array([weights.features[name] for name in FEATURES])
    sure: NDArray[np.float64] = 1 / (1 + np.exp(-(told @ coefficients + weights.intercept)))
    return sure


def _share(idf: Mapping[str, float], runs: frozenset[str]) -> float:
    total = sum(idf.values())
    shared = sum(weight * len(_runs(term) & runs) / len(_runs(term)) for term, weight in idf.items())
    return shared / total if total else 0.0


@lru_cache(maxsize=4096)
def _runs_of(terms: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*map(_runs, terms))


@lru_cache(maxsize=16384)
def _runs(term: str) -> frozenset[str]:
    marked = f"_{term}_"
    return frozenset(marked[place : place + _RUN] for place in range(max(1, len(marked) - _RUN + 1)))
