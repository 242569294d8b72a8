"""What a sentence of an answer claims, without its markup, or whether it claims anything."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.answering.support.amounts import amounts
from rag.answering.support.passages import subject_terms
from rag.library.text import readable
from rag.retrieval.question import names, valid_unicode

_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_MARKER = re.compile(r"\\?\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\\?\]|\[\?\]|【\d+】")
_LINE_START = re.compile(r"^(?:\s*(?:#{1,6}\s|>|[-*+•]\s|\(?\d{1,2}[.)]\s))+")
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|(?<!\\)\|")
_HEADING = re.compile(r"^\s*#{1,6}\s")

# What a model says of the answer itself, of the asker or of what the papers lack.
_ABOUT_THE_ANSWER = re.compile(
    r"^\W*(?:sure|certainly|of course|yes|no|thanks?|thank you|sorry|unfortunately|okay|great|hello|hi|please|"
    r"(?:i|we) (?:hope|am|can|cannot|can't|could|would|will|don't|do not|did not|have no|was unable)|i'm|i'd|i'll|"
    r"let me|let us|let's|feel free|here (?:is|are)|here's|below|based on|according to|in (?:summary|short|conclusion)|"
    r"to (?:summari[sz]e|answer)|overall|note that|if you)\b",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r"\b(?:papers?|abstracts?|sources?|documents?|context|library|text|information|excerpts?|they|it)\b.{0,60}?"
    r"\b(?:do(?:es)?(?: not|n't)|did not|cannot|can't|no|not|nothing|never|none|neither|lacks?)\b.{0,40}?"
    r"\b(?:say|state|mention|answer|contain|provide|provided|given|specif\w+|report|discuss|include|tell|address|"
    r"information|enough|sufficient|details?|available)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:]\s+|,?\s+(?:while|whereas|although|but|and|compared (?:with|to)|versus|vs\.?)\s+|,\s+")
_FEWEST_TERMS = 3
_LONGEST_LEAD_IN = 8  # terms before a colon


def plain(text: str) -> str:
    """A sentence of an answer as abstracts are written: no Markdown, no LaTeX, no markers."""
    shown = readable(valid_unicode(_LINK.sub(r"\g<text>", _LINE_START.sub("", text))))
    return " ".join(_EMPHASIS.sub("", _MARKER.sub("", shown)).split())


def claims(text: str) -> bool:
    """Whether a sentence says anything of the papers' subject.

    Headings, questions, courtesies, what leads in a list, and that something is not said in the papers are no
    claims; but a number always is one.
    """
    said = plain(text)
    if numbers(said):
        return True
    if _HEADING.match(text) or said.endswith("?") or _LACKING.search(said):
        return False
    terms = subject_terms(said)
    if said.endswith(":"):
        return len(terms) > _LONGEST_LEAD_IN
    about_the_answer = _ABOUT_THE_ANSWER.match(said)
    rest = subject_terms(said[about_the_answer.end() :]) if about_the_answer else terms
    if about_the_answer and not names(said) and len(rest) <= _FEWEST_TERMS:
        return False
    return bool(names(said)) or len(rest) >= _FEWEST_TERMS


def numbers(text: str) -> set[Decimal]:
    """The numbers that a text has in digits, those of names left out."""
    said = plain(text)
    return {each.value for each in amounts(said) if any(map(str.isdigit, said[each.start : each.end]))}


def clauses(said: str) -> list[str]:
    """The parts of a plain sentence that each say something, in order; one that says little goes with the next."""
    parts: list[str] = []
    start = 0
    for end in [*(found.end() for found in _CLAUSE_END.finditer(said)), len(said)]:
        if len(subject_terms(said[start:end])) >= _FEWEST_TERMS:
            parts.append(said[start:end])
            start = end
    if parts and start < len(said):
        parts[-1] += said[start:]
    return parts or [said]
