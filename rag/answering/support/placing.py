"""Whether the figures of a claim are stated, and stated of what the claim says they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.answering.support.amounts import Amount, agree, amounts, items
from rag.answering.support.figures import ITEM, Figure, Series, series
from rag.answering.support.passages import Passages
from rag.answering.support.respectively import crossed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARGIN = 0.25
"""How much better the surroundings of another figure must fit before a claim's figure is held to be misplaced."""
_FEWEST_AROUND = 2
"""Words around a claim's figures that tell what they are of."""
_NEARNESS = 0.5
"""What the nearness of a passage counts beside the likeness of the surroundings."""
_VERBATIM = 1.0
"""How like an item of an abstract an item of a claim must be for its number to matter: its own list may be meant."""
_FEW = 12
# Counts what was said before, not what an abstract counts: "the two methods".
_COUNTED_BEFORE = re.compile(
    r"\b(?:the|these|those|all|both|following|other|first|last|our|its|their|only)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Read:
    """A paper with how near each of its passages is to a claim: [passages], each in [0, 1]."""

    passages: Passages
    scores: NDArray[np.float64]


def misstated(text: str, read: Sequence[Read]) -> list[str]:
    """The figures of a claim, as written, that the papers read do not state of the same thing.

    A figure is stated if an equal one is, and if what stands around that is not much less like what stands around
    the claim's than the surroundings of another figure of its kind: so two figures that are exchanged are found.
    Digits in names are judged by their place only, unless they come first; whether a paper has a name is not
    asked here.
    """
    stated = [
        (each, _NEARNESS * score)
        for paper in read
        for passage, score in zip(paper.passages.all, paper.scores.tolist(), strict=True)
        for each in passage.series
    ]
    claims = series(text)
    wrong = [
        figure
        for claimed in claims
        for place, figure in enumerate(claimed.figures)
        if not _needs_nothing(text, figure, read) and not _placed(claimed, place, stated, text, read)
    ]
    wrong += [figure for paper in read for passage in paper.passages.all for figure in crossed(claims, passage.series)]
    return [text[figure.start : figure.end] for figure in wrong]


def _placed(
    claimed: Series, place: int, stated: Sequence[tuple[Series, float]], text: str, read: Sequence[Read]
) -> bool:
    same = other = -1.0
    for each, fit in stated:
        if claimed.agrees(place, each):
            same = max(same, fit + claimed.likeness(each))
        elif claimed.competes(place, each):
            other = max(other, fit + claimed.likeness(each))
    figure = claimed.figures[place]
    if figure.kind == ITEM:
        return other < _VERBATIM or other - same <= _MARGIN
    if same < 0:
        if figure.amount is None:
            return not figure.name[0].isdigit()  # "3rd" and "5px" are written as no name is
        return _said_otherwise(text, figure, figure.amount, read)
    return other - same <= _MARGIN or len(claimed.before) + len(claimed.after) < _FEWEST_AROUND


def _needs_nothing(text: str, figure: Figure, read: Sequence[Read]) -> bool:
    """Whether a figure is a count of what was said before, or is known of a paper from elsewhere."""
    amount = figure.amount
    if amount is None:
        return False
    is_word = not any(map(str.isdigit, text[amount.start : amount.end]))
    counts = amount.value == len(read) > 1 or _COUNTED_BEFORE.search(text[: amount.start])
    return (
        amount.loose
        or bool(is_word and amount.value <= _FEW and counts)
        or any(_is_about(amount, paper) for paper in read)
    )


def _is_about(amount: Amount, read: Read) -> bool:
    paper = read.passages.paper
    return (amount.value == paper.year and not amount.unit) or any(
        agree(amount, stated) for stated in amounts(f"{paper.title}\n{paper.venue or ''}")
    )


def _said_otherwise(text: str, figure: Figure, amount: Amount, read: Sequence[Read]) -> bool:
    """Whether a paper says it in a word ("both"), as items of a list, or in a name written otherwise (Llama-2)."""
    passages = [passage for paper in read for passage in paper.passages.all]
    if any(agree(amount, stated) for passage in passages for stated in amounts(passage.text, loosely=True)):
        return True
    name = re.search(r"\b([A-Z][\w-]*)[\s-]$", text[: figure.start])
    if name:
        number = re.escape(text[figure.start : figure.end])
        written = re.compile(rf"(?<!\w){re.escape(name[1])}[\s-]?{number}(?!\w|[.,]\d|%)", re.IGNORECASE)
        return any(written.search(passage.text) for passage in passages)
    is_word = not any(map(str.isdigit, text[figure.start : figure.end]))
    return is_word and any(len(items(passage.text)) == amount.value for passage in passages)
