"""What a question asks for, and of which papers: decided by its words and the names the library knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from rag.library.store import Library
from rag.retrieval.planning.asking import asks_of
from rag.retrieval.planning.authors import doubts
from rag.retrieval.planning.bibliographic import asked_of_papers
from rag.retrieval.planning.courtesies import courtesy
from rag.retrieval.planning.kinds import Weighed, weighed
from rag.retrieval.planning.likeness import liked
from rag.retrieval.planning.phrases import MARK, begins_with
from rag.retrieval.planning.reading import Reading, read
from rag.retrieval.planning.records import RecordsFound, records_in
from rag.retrieval.planning.subjects import compared, named_subjects
from rag.retrieval.planning.topics import topic
from rag.retrieval.question import content_terms
from rag.types import Asks, Filters, Kind, Plan

_LONGEST = 600  # characters: a text that is longer is looked for as it is
_PAPERS = r"(?:all )?(?:of )?THE(?:AUTHOR['’]s )?SOME(?:papers|articles|publications|studies|works|ones)"
_MOST = r"(?:the )?(?:most|fewest|many|more)"
_TOPICAL: frozenset[Kind] = frozenset(("list", "count", "trend", "overview", "author"))


def plan(library: Library, question: str, filters: Filters, today: date | None = None) -> Plan:
    """The plan for a question that stands on its own, among the papers that `filters` leave.

    Args:
        library: Where the names are looked up.
        question: What is asked; "its" and "that one" are understood by nobody here.
        filters: What limits the papers already; what the question says is added.
        today: The day that "last year" is seen from; by default the present one.

    Raises:
        LibraryError: The library cannot be read.
    """
    if said := courtesy(question):
        return Plan(question, "about" if said == "introduction" else "small talk", filters)
    if len(question) > _LONGEST:
        return Plan(question, "fact", filters)
    reading = read(library, question, today or datetime.now(UTC).date())
    if not MARK.search(reading.text) and not (len(question.split()) > 1 or content_terms(question)):
        return Plan(question, "fact", filters)
    if _is_a_title(reading):
        return Plan(question, "fact", filters, subjects=reading.titles)
    if paper := liked(reading):
        found = _planned(library, reading, filters, "list", "contents", reading.text)
        return replace(found, asks="similar", topic="", subjects=(paper,))
    asks, meant, ranked = _asked(reading)
    return _planned(library, reading, filters, _of_years(ranked.kinds[0], asks, reading), asks, meant)


def is_sure(library: Library, question: str) -> bool:
    """Whether the words of a question say plainly what kind it is.

    Raises:
        LibraryError: The library cannot be read.
    """
    if courtesy(question) or len(question) > _LONGEST:
        return True
    reading = read(library, question, datetime.now(UTC).date())
    return _is_a_title(reading) or bool(liked(reading)) or _asked(reading)[2].sure


def _is_a_title(reading: Reading) -> bool:
    return len(reading.titles) == 1 and not re.search(r"\w", MARK.sub(" ", reading.text))


def _asked(reading: Reading) -> tuple[Asks, str, Weighed]:
    """What a question asks of papers, what it says of which ones, and the kinds it can be."""
    asks, meant, several = asked_of_papers(reading.written(reading.undated))
    if asks == "contents" or not content_terms(meant) or begins_with(meant, _MOST):
        ranked = weighed(reading)
        return asks_of(ranked.kinds[0], records_in(reading.text).text), reading.text, ranked
    several = several or begins_with(meant, _PAPERS)
    return asks, meant, Weighed(("list" if several else "fact",), True)


def _of_years(kind: Kind, asks: Asks, reading: Reading) -> Kind:
    """The kind, but that one year has no course: what is new in it is an overview."""
    first, last = reading.years.years or (None, None)
    one_year = first is not None and first == last
    return "overview" if kind == "trend" and asks == "contents" and one_year and not reading.authors.authors else kind


def _planned(library: Library, reading: Reading, filters: Filters, kind: Kind, asks: Asks, meant: str) -> Plan:
    # A fact is from a year only where that stands by its paper: "the 2018 World Cup" limits nothing.
    dated = reading.years.sure or kind not in ("fact", "compare")
    if not dated and meant == reading.text:
        meant = " ".join(reading.undated.split())
    records = records_in(meant) if kind in _TOPICAL else RecordsFound((), None, meant)
    found = reading.authors
    unsettled = doubts(library, found, ambiguous=kind not in ("fact", "compare") and not found.cited)
    doubted = {doubt.written for doubt in unsettled}
    settled = tuple(name for name in found.authors if name not in doubted)
    subjects = _subjects(kind, meant, reading)
    # "Compare the two papers on rumours."
    nothing_named = kind == "compare" and not subjects and len(found.authors) < 2
    each_alone = kind == "author" or (kind == "compare" and len(found.authors) > 1)
    required = () if each_alone else settled
    either = found.either and asks != "coauthors"
    return Plan(
        reading.written(records.text),
        kind,
        replace(
            filters,
            authors=filters.authors if either else (*filters.authors, *required),
            any_authors=(required if either else ()) or filters.any_authors,
            venue=_in_both(reading.venue, filters.venue),
            years=_within_both(reading.years.years if dated else None, filters.years),
            without_authors=(*filters.without_authors, *(name for name in found.left_out if name not in doubted)),
            without_venues=(*filters.without_venues, *reading.venues_left_out),
            lacking=(*filters.lacking, *records.lacking),
            team=records.team or filters.team,
        ),
        asks,
        topic=topic(records.text, reading.titles) if kind in _TOPICAL or nothing_named else "",
        subjects=subjects,
        people=settled if each_alone else (),
        doubts=unsettled,
    )


def _in_both(asked: str | None, chosen: str | None) -> str | None:
    """The venue that is both of two, as far as names can say it: no paper is "in A and B"."""
    if asked is None or chosen is None:
        return asked if chosen is None else chosen
    narrow, wide = sorted((asked, chosen), key=len, reverse=True)
    return narrow if wide.casefold() in narrow.casefold() else f"{chosen} and {asked}"


def _within_both(
    asked: tuple[int | None, int | None] | None, chosen: tuple[int | None, int | None] | None
) -> tuple[int | None, int | None] | None:
    """The years that are within two spans; none are where the first is after the last."""
    if asked is None or chosen is None:
        return asked if chosen is None else chosen
    firsts, lasts = zip(asked, chosen, strict=True)
    return (
        max((year for year in firsts if year is not None), default=None),
        min((year for year in lasts if year is not None), default=None),
    )


def _subjects(kind: Kind, meant: str, reading: Reading) -> tuple[str, ...]:
    if kind == "compare":
        return compared(reading.undated, reading.titles)
    return named_subjects(meant, reading.titles) if kind == "fact" else ()
