"""What form the answer to a question has: the likeliest kind for which it names what that needs."""

from __future__ import annotations

from typing import NamedTuple

from rag.retrieval.planning.classifier import likelihoods, says
from rag.retrieval.planning.phrases import any_phrase, phrase
from rag.retrieval.planning.reading import Reading
from rag.retrieval.planning.records import records_in
from rag.retrieval.planning.subjects import compared, is_name, named_subjects
from rag.retrieval.planning.topics import topic
from rag.types import Kind

# Kinds whose plain phrases were right nine times of ten in questions that they were not written for.
_TAKEN_AT_ITS_WORD: tuple[Kind, ...] = ("count", "compare", "author")
_PLAINLY = 3.0  # times as likely
_SURE = 0.6
"""The probability from which on the likeliest kind is taken for granted."""
_YES_OR_NO = phrase(r"^(?:does|did|has|have|is|are|was|were|do) AUTHOR")


class Weighed(NamedTuple):
    """The possible kinds, the likeliest first, and whether that one is beyond doubt."""

    kinds: tuple[Kind, ...]
    sure: bool


def weighed(reading: Reading) -> Weighed:
    """The kinds of a question."""
    likely = {kind: value for kind, value in likelihoods(reading.text).items() if _possible(kind, reading)}
    plain = [kind for kind in likely if says(kind, "plainly", reading.text)]
    if len(plain) == 1 and plain[0] in _TAKEN_AT_ITS_WORD:
        likely[plain[0]] *= _PLAINLY
    ranked = tuple(sorted(likely, key=lambda kind: -likely[kind]))
    return Weighed(ranked, likely[ranked[0]] >= _SURE * sum(likely.values()))


def _possible(kind: Kind, reading: Reading) -> bool:
    """Whether a question names what this kind needs: an author's work an author, a comparison two things."""
    several = len(reading.authors.authors) > 1
    if kind == "author":
        return bool(reading.authors.authors) and not _asks_yes_or_no(reading)
    if kind == "list":
        authors = reading.authors.authors or reading.authors.left_out
        limits = authors or reading.venue or reading.venues_left_out or reading.years.years
        records = records_in(reading.text)
        limited = limits or records.lacking or records.team or topic(reading.text, reading.titles)
        return bool(limited or not named_subjects(reading.text, reading.titles))
    if kind == "overview":
        return not reading.authors.authors
    if kind != "compare":
        return True
    text = reading.text
    if any_phrase("compare", "papers that compare").search(text):
        return False
    subjects = compared(reading.undated, reading.titles)
    named = all(is_name(subject, reading.titles) for subject in subjects) or says("compare", "plainly", text)
    together = several or any_phrase("compare", "several papers").search(text)
    return bool(together or (len(subjects) > 1 and named))


def _asks_yes_or_no(reading: Reading) -> bool:
    """Whether a question is about one thing that an author did: "Does Bo He compare outlines?"."""
    return bool(_YES_OR_NO.match(reading.text)) and bool(topic(reading.text, reading.titles))
