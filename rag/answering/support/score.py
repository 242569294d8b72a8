"""How surely a passage of a paper supports a claim."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answering.support.passages import Passages
from rag.retrieval.evidence import overlap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
FEATURES = ("cosine", "overlap", "paper_cosine", "paper_overlap")
"""What is told of each passage: its cosine with the claim, the share it has of the claim's words by their rarity, and
the same of the paper as a whole."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over `FEATURES`, and the least probability of a passage that supports a claim."""

    features: Mapping[str, float]
    intercept: float
    threshold: float


@cache
def shipped() -> Weights:
    """The weights that `benchmarks/support.py` fitted."""
    return Weights(**json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))


def features(passages: Passages, vector: NDArray[np.float32], idf: Mapping[str, float]) -> NDArray[np.float64]:
    """What is told of each passage of a paper: [passages, features].

    Args:
        passages: Of one paper.
        vector: The claim's.
        idf: Of the claim's terms.
    """
    import numpy as np

    cosines = passages.vectors @ vector
    mean = passages.vectors.mean(axis=0)
    paper_cosine = float(mean @ vector / np.linalg.norm(mean))
    overlaps = [overlap(idf, set(passage.terms)) for passage in passages.all]
    paper_overlap = overlap(idf, set(passages.terms))
    return np.array(
        [
            (cosine, shared, paper_cosine, paper_overlap)
            for cosine, shared in zip(cosines.tolist(), overlaps, strict=True)
        ]
    )


def probabilities(told: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """How surely each passage supports the claim: [passages], each in (0, 1)."""
    import numpy as np

    coefficients = np.array([weights.features[name] for name in FEATURES])
    sure: NDArray[np.float64] = 1 / (1 + np.exp(-(told @ coefficients + weights.intercept)))
    return sure
