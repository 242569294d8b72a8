"""Whether the amounts of a claim are stated, and stated of what the claim says they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.answering.support.amounts import Amount, agree, amounts
from rag.answering.support.passages import Passages, subject_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARGIN = 0.25
_SMALL = 12
# Counts what was said before, not what an abstract counts: "the two methods".
_COUNTED_BEFORE = re.compile(
    r"\b(?:the|these|those|all|both|following|other|first|last|our|its|their|only)\s+$", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r";|,\s+(?=(?:while|whereas|and|but|which|with|where|or)\b)|\b(?:while|whereas|and|but|compared|versus)\b"
)


@dataclass(frozen=True)
class Read:
    """A paper with the probability that each of its passages supports a claim."""

    passages: Passages
    scores: NDArray[np.float64]

    def holding(self, claimed: Sequence[Amount]) -> list[float]:
        """The share of the claim's amounts that each passage states."""
        return [
            sum(any(agree(amount, stated) for stated in passage.amounts) for amount in claimed) / max(1, len(claimed))
            for passage in self.passages.all
        ]


def misstated(text: str, claimed: Sequence[Amount], read: Sequence[Read]) -> list[Amount]:
    """The amounts of a claim that the papers read do not state of the same thing."""
    return [amount for amount in claimed if not _stated(text, amount, read)]


def _stated(text: str, amount: Amount, read: Sequence[Read]) -> bool:
    if amount.loose or _is_counted_before(text, amount) or _is_known(text, amount, read):
        return True
    clause = set(subject_terms(_clause(text, amount)))
    fits: list[tuple[float, bool]] = []
    for paper in read:
        for passage, score in zip(paper.passages.all, paper.scores.tolist(), strict=True):
            shared = len(clause & passage.terms) / max(1, len(clause))
            holds = any(agree(amount, stated) for stated in passage.amounts)
            fits.append((shared + score, holds))
    best = max(fit for fit, _ in fits)
    return any(holds and fit >= best - _MARGIN for fit, holds in fits)


def _is_counted_before(text: str, amount: Amount) -> bool:
    is_word = not any(map(str.isdigit, text[amount.start : amount.end]))
    return is_word and amount.value <= _SMALL and bool(_COUNTED_BEFORE.search(text[: amount.start]))


def _is_known(text: str, amount: Amount, read: Sequence[Read]) -> bool:
    """Whether it is a paper's year, in its title, or part of a name that is written otherwise there: Llama 2."""
    before = re.search(r"(\w+)[\s-]$", text[: amount.start])
    name = f"{before[1]}{text[amount.start : amount.end]}".casefold() if before else ""
    for paper in read:
        about = paper.passages.paper
        if about.year == amount.value and not amount.unit:
            return True
        if any(agree(amount, stated) for stated in amounts(f"{about.title} {about.venue or ''}")):
            return True
        if name and re.search(
            rf"(?<!\w){re.escape(before[1])}[\s-]?{re.escape(text[amount.start : amount.end])}(?!\w)",
            about.abstract,
            re.IGNORECASE,
        ):
            return True
    return False


def _clause(text: str, amount: Amount) -> str:
    """The part of a sentence that an amount stands in, enlarged to the left until it says what it is about."""
    bounds = [0, *(found.start() for found in _CLAUSE_END.finditer(text)), len(text)]
    end = min(bound for bound in bounds if bound >= amount.end)
    for start in sorted((bound for bound in bounds if bound <= amount.start), reverse=True):
        if len(subject_terms(text[start:end])) >= 3:
            return text[start:end]
    return text[:end] if len(subject_terms(text[:end])) >= 3 else text
