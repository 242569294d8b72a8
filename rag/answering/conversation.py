"""Making a follow-up question stand on its own, from the questions before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.retrieval.question import content_terms, names, searchable
from rag.retrieval.vocabulary import QUANTITIES
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
_COURTESY = re.compile(r"^\W*(?:(?:ok(?:ay)?|thanks|thank you|great|good|nice)\s*[.,;:!–-]+\s*)+(?=\w)", re.IGNORECASE)
# A sentence with a verb of its own; or one that asks what something is, and not what "the" thing just spoken of is.
_COMPLETE = re.compile(
    r"^\W*(?:(?:what|which|who|how|why|when|where)\b(?:\s+\w+){0,2}?\s+"
    r"(?:is|are|was|were|does|do|did|has|have|can|could|will)|is|are|does|do|did|has|have|can"
    r"|tell|explain|describe|summari[sz]e|list|compare|show|give|define)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"^\W*(?:what(?:['’]s|\s+is)|who\s+is|define|explain)\s+(?!the\b)", re.IGNORECASE)
_FEW_TERMS = 2
_TURNS = 6


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question with what it leaves unsaid: `question` finds the papers, `focus` is what to look for in them."""

    question: str
    focus: str


def standalone(
    question: str, history: Sequence[Message], subjects: Callable[[str], Sequence[str]] = names
) -> Standalone:
    """`question` understood after the turns of `history`, oldest first; `subjects` finds who or what a text names."""
    resolved = Standalone("", "")
    asked = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    for turn in [*asked[-_TURNS:], question]:
        resolved = _after(_COURTESY.sub("", searchable(turn)), resolved.question, subjects)
    return resolved


def _after(question: str, previous: str, subjects: Callable[[str], Sequence[str]]) -> Standalone:
    """The question after one that stands on its own; it does not need it when it brings its own subject."""
    if not previous:
        return Standalone(question, question)
    terms = content_terms(question)
    short = len(terms) <= _FEW_TERMS
    refers, continues = _REFERS.search(question), _CONTINUES.match(question)
    known = subjects(previous)
    new = [name for name in subjects(question) if name not in previous and not set(content_terms(name)) <= QUANTITIES]
    named_first = bool(new) and not (refers and refers.start() < question.find(new[0]))
    if named_first and (not short or (_COMPLETE.match(question) and not continues)):
        return Standalone(question, question)
    if not (short or refers or continues) or (short and not refers and _DEFINES.match(question)):
        return Standalone(question, question)
    if named_first and len(known) == len(new) == 1 and set(terms) <= set(content_terms(new[0])):
        changed = previous.replace(known[0], new[0])
        return Standalone(changed, changed)
    whole = f"{previous.strip().rstrip('?.! ')}: {question}"
    return Standalone(whole, whole if short else question)
