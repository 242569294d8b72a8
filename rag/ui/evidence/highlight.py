"""An abstract cut at its quoted sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

Emphasis = Literal["", "also", "quote", "nearest"]


def passages(text: str, quote: str, also: Iterable[str] = (), *, supported: bool = True) -> list[tuple[str, Emphasis]]:
    """`text` in order as (passage, emphasis); joined, the passages are `text` again.

    "quote" is where `quote` stands, or "nearest" if it does not support what cites it; "also" where any of
    `also` does, "" the rest.
    """
    quoted = _spans(text, [quote])
    others = _spans(text, also)
    cuts = sorted({0, len(text), *(cut for span in quoted + others for cut in (span.start, span.stop))})
    of_quote: Emphasis = "quote" if supported else "nearest"
    return [(text[start:end], _emphasis(start, quoted, others, of_quote)) for start, end in pairwise(cuts)]


def _spans(text: str, sentences: Iterable[str]) -> list[range]:
    """Where the sentences first stand, however their words are spaced."""
    patterns = [r"\s+".join(map(re.escape, sentence.split())) for sentence in sentences]
    found = [re.search(pattern, text) for pattern in patterns if pattern]
    return [range(match.start(), match.end()) for match in found if match]


def _emphasis(position: int, quoted: list[range], others: list[range], of_quote: Emphasis) -> Emphasis:
    if any(position in span for span in quoted):
        return of_quote
    return "also" if any(position in span for span in others) else ""
