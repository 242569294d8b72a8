"""Vectors of papers made from their words, for where none were embedded."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.retrieval.phrase_words import JOINT
from rag.retrieval.phrases import BREAK, Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIMENSION = 512
_MANY = 1000  # papers: from here on only titles are read
_TITLE_COUNTS = 3  # times as much as the abstract


def word_vectors(texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """Vectors [n, 512] of unit length of papers given as (title, abstract): tf-idf of phrases, their keys hashed.

    Phrases of one paper alone are left out; a paper with no others has zeros.
    """
    import numpy as np

    reader = Reader({})
    counted = []
    for title, abstract in texts:
        keys = Counter(_terms(reader.words(title)) * _TITLE_COUNTS)
        if len(texts) < _MANY:
            keys.update(_terms(reader.words(abstract)))
        counted.append(keys)
    holding = Counter(key for keys in counted for key in keys)
    vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
    places = {key: _place(key) for key, papers in holding.items() if papers > 1}
    idf = {key: float(np.log((1 + len(texts)) / holding[key])) for key in places}
    for row, keys in zip(vectors, counted, strict=True):
        for key, times in keys.items():
            if key in places:
                place, sign = places[key]
                row[place] += sign * (1 + np.log(times)) * idf[key]
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


def _terms(words: Sequence[str]) -> list[str]:
    """The words that say something, and pairs of those that follow each other."""
    telling = [word for word in words if word not in (BREAK, JOINT)]
    pairs = [
        f"{one} {other}" for one, other in pairwise(words) if one not in (BREAK, JOINT) and other not in (BREAK, JOINT)
    ]
    return telling + pairs


def _place(key: str) -> tuple[int, int]:
    """Where a key is counted, and with which sign, so that keys at the same place cancel out on average."""
    digest = zlib.crc32(key.encode())
    return digest % _DIMENSION, 1 if digest & 1 << 30 else -1
