"""Notices a language model that does not come to an end."""

from __future__ import annotations

import re
from collections import Counter

REPEATS = 4
LONG = 20  # characters; shorter lines, such as "- Not reported", may come again in a good answer
LONGEST_PHRASE = 120
CHARACTERS_PER_TOKEN = 12
# Some servers send an answer letter by letter: only with as much text are so many deltas too many.
USUAL_CHARACTERS_PER_TOKEN = 6

PIECE_END = re.compile(r"(?<=[.!?])\s+|\n+")
NOT_WORDS = re.compile(r"\[[\d, ]*\]|[^\w\s]")


class Runaway:
    """Reads an answer as it comes.

    Args:
        max_tokens: What the model was told to keep to.
    """

    def __init__(self, max_tokens: int) -> None:
        self._max_tokens = max_tokens
        self._deltas = 0
        self._characters = 0
        self._piece = self._tail = ""
        self._written: Counter[str] = Counter()
        self._last = ""
        self._in_a_row = 0

    def endless(self, delta: str) -> bool:
        """Whether this delta, of the answer or of thoughts, is too much."""
        self._deltas += 1
        self._characters += len(delta)
        long = USUAL_CHARACTERS_PER_TOKEN if self._deltas > 2 * self._max_tokens else CHARACTERS_PER_TOKEN
        return self._characters > long * self._max_tokens

    def repeats(self, text: str) -> bool:
        """Whether, with this text, a phrase, line or sentence has been written over and over."""
        self._tail = (self._tail + text)[-REPEATS * LONGEST_PHRASE :]
        if any(self._tail.endswith(REPEATS * self._tail[-length:]) for length in range(LONG, LONGEST_PHRASE)):
            return any(map(str.isalpha, self._tail[-LONG:]))
        *pieces, self._piece = PIECE_END.split(self._piece + text)
        return any([self._again(" ".join(NOT_WORDS.sub(" ", piece).casefold().split())) for piece in pieces])

    def _again(self, piece: str) -> bool:
        if not piece:
            return False
        self._in_a_row = self._in_a_row + 1 if piece == self._last else 1
        self._last = piece
        self._written[piece] += 1
        return self._in_a_row >= REPEATS or (len(piece) >= LONG and self._written[piece] >= REPEATS)
