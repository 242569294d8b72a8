"""An abstract cut at its quoted sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Literal

Emphasis = Literal["", "also", "quote"]


def passages(text: str, quote: str, also: Iterable[str] = ()) -> list[tuple[str, Emphasis]]:
    """`text` in order as (passage, emphasis); joined, the passages are `text` again.

    "quote" is where `quote` stands, "also" where any of `also` does, "" the rest.
    """
    marks: list[Emphasis] = [""] * len(text)
    for other in also:
        _paint(marks, text, other, "also")
    _paint(marks, text, quote, "quote")
    return [
        ("".join(text[i] for i in run), emphasis)
        for emphasis, run in groupby(range(len(text)), key=marks.__getitem__)
    ]


def _paint(marks: list[Emphasis], text: str, sentence: str, emphasis: Emphasis) -> None:
    words = [re.escape(word) for word in sentence.split()]
    if words and (found := re.search(r"\s+".join(words), text)):
        marks[found.start() : found.end()] = [emphasis] * (found.end() - found.start())
