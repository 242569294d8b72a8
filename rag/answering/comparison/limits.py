"""Whether a sentence tells a limit of the paper's own work, and not one of the work before it."""

from __future__ import annotations

import re

from rag.answering.comparison import cues
from rag.answering.comparison.reading import Read
from rag.retrieval.origin import compact

_NEAR = 50  # characters before a verb, where its subject is
_CLAUSES = re.compile(r"[,;:]\s|\b(?:while|whereas|that|but|and)\b")
# "graphs that existing methods cannot compare", "works not only on images".
_OF_ANOTHER = re.compile(r"\b(?:that|which|who|where|not)\s+(?:\w+ly\s+)?$")
_CONDITION = re.compile(r"\b(?:when|if|even|where)\b")
_EARLIER = re.compile(r".{0,40}\b(?:existing|previous|prior|current)\b")


def limits(read: Read, at: int) -> float:
    """How surely a sentence tells a limit of the paper's own; never one that stands before what is new."""
    text = read.texts[at]
    if at <= read.contribution or read.scores[at].background > 0.5:
        return 0.0
    named = cues.LIMITATION.search(text)
    if named and not cues.OVERCOMES.search(text[: named.start()]):
        return 0.5 + 0.4 * (not _EARLIER.match(text)) + 0.1 * read.place(at)
    return 0.65 * any(_is_own(read, text, found) for found in cues.LIMIT.finditer(text))


def _is_own(read: Read, text: str, found: re.Match[str]) -> bool:
    """Whether the paper's method is what falls short there: the subject of the clause counts."""
    if cues.HARMLESS.match(text, found.start()) or _OF_ANOTHER.search(text[: found.start()]):
        return False
    clauses = _CLAUSES.split(text[: found.start()])
    subject = next((part for part in reversed(clauses) if part.strip()), "")
    if cues.OTHERS.search(subject) or _CONDITION.search(subject):
        return False
    named = bool(read.name) and read.name in compact(subject)
    return named or bool(cues.ITSELF.search(subject[-_NEAR:]) or cues.COST.match(text, found.start()))
