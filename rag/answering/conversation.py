"""Making a follow-up question stand on its own, from the questions before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.retrieval.question import content_terms, names
from rag.types import Message

_REFERS = re.compile(
    r"\b(it|its|they|them|their|he|she|him|his|her|this|those|these|that(?! (?:is|are|was|were|can|could|has|have)\b)"
    r"|the (?:same|paper|method|model|approach|authors?|work|study|technique|algorithm|framework|system))\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\W*(?:ok(?:ay)?\W+)?(?:and|but|or|also|so|then|now|what about|how about|what else|why|why not|how so)\b",
    re.IGNORECASE,
)
_FEW_TERMS = 2
_TURNS = 6


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question with what it leaves unsaid: `question` finds the papers, `focus` is what to look for in them."""

    question: str
    focus: str


def standalone(question: str, history: Sequence[Message]) -> Standalone:
    """`question` understood after the turns of `history`, oldest first."""
    resolved = Standalone("", "")
    asked = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    for turn in [*asked[-_TURNS:], question]:
        resolved = _after(turn, resolved.question)
    return resolved


def _after(question: str, previous: str) -> Standalone:
    """The question after one that stands on its own; it does not need it when it brings its own subject."""
    terms = content_terms(question)
    short = len(terms) <= _FEW_TERMS
    refers = _REFERS.search(question)
    new = [name for name in names(question) if name not in previous]
    brings_subject = bool(new) and not short and not (refers and refers.start() < question.find(new[0]))
    if not previous or brings_subject or not (short or refers or _CONTINUES.match(question)):
        return Standalone(question, question)
    context = previous.strip().rstrip("?.! ")
    whole = f"{context}: {question}"
    return Standalone(whole, whole if short else question)
