"""Years that a question limits papers to, and numbers that only look like them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from rag.retrieval.planning.numbers import number
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import MARK, YEARS, any_phrase, mark, phrase

Span = tuple[int | None, int | None]

_FIRST = 1900
_DECADES = dict(
    zip("seventies eighties nineties noughties twenties".split(), (1970, 1980, 1990, 2000, 2020), strict=True)
)
# What the forms of `phrasebook/years.txt` mean: a, b are what they name, now is this year. The more specific comes
# before what is part of it.
_MEANINGS: Mapping[str, Callable[[str, str, int], Span]] = {
    "range": lambda a, b, now: _in_order(int(a), int(b) if len(b) > 2 else int(a[:2] + b)),
    "since": lambda a, b, now: (int(a), None),
    "until": lambda a, b, now: (None, int(a)),
    "after": lambda a, b, now: (int(a) + 1, None),
    "before": lambda a, b, now: (None, int(a) - 1),
    "last years": lambda a, b, now: (now - number(a) + 1, None),
    "last decade": lambda a, b, now: (now - 9, None),
    "this year": lambda a, b, now: (now, now),
    "since last year": lambda a, b, now: (now - 1, None),
    "since years ago": lambda a, b, now: (now - number(a), None),
    "years ago": lambda a, b, now: (now - number(a), now - number(a)),
    "last year": lambda a, b, now: (now - 1, now - 1),
    "decade": lambda a, b, now: (_decade(a), _decade(a) + 9),
    "two": lambda a, b, now: _in_order(int(a), int(b)),
    "one": lambda a, b, now: (int(a), int(a)),
}
# What a single year before it is part of: "KITTI 2012"; but a word that only opens a sentence is no name.
_CALLED = re.compile(r"(?:[\w/-]*[A-Z\d][\w/+-]*)\s*[-'’]?$")
_OPENS = re.compile(r"(?:^|[?.!:]\s*)[A-Z][a-z]+\s*$")
_PAPERS_BEFORE = re.compile(
    r"(?:⟩(?: et al\.?)?|\bpapers?|\barticles?|\bpublications?|\bpreprints?|\bwork)$", re.IGNORECASE
)


class YearsFound(NamedTuple):
    """The years of a text, the text with a mark in their place, and whether they limit papers whatever is asked."""

    years: Span | None
    text: str
    sure: bool


def years_in(text: str, today: date) -> YearsFound:
    """The years of a text, both ends inclusive."""
    nothing = YearsFound(None, text, False)
    if any_phrase("years", "several").search(text):
        return nothing
    weak = nothing
    for form in _MEANINGS:
        for found in _finds(form, text):
            years = _MEANINGS[form](found["a"] or "", found.groupdict().get("b") or "", today.year)
            single = form == "one"
            if not _possible(years, today) or (single and _is_called(text, found)):
                continue
            if single and not _limits(text, found):
                weak = weak if weak.years else YearsFound(years, _marked(text, found), False)
                continue
            if single and phrase("since then").search(text, found.end()):
                years = (years[0], None)
            return YearsFound(years, _marked(text, found), _beside_papers(text, found))
    return weak


def _finds(form: str, text: str) -> list[re.Match[str]]:
    # Where nothing is named, there is a group all the same.
    written = (each if "?P<a>" in each else f"{each}(?P<a>)" for each in sections("years")[form])
    return [found for each in written for found in phrase(rf"(?<!\w)(?:{each})").finditer(text)]


def _in_order(one: int, other: int) -> Span:
    return min(one, other), max(one, other)


def _decade(written: str) -> int:
    if written.casefold() in _DECADES:
        return _DECADES[written.casefold()]
    begins = int(re.sub(r"\D", "", written))
    return begins if begins > 99 else begins + (1900 if begins >= 30 else 2000)


def _marked(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}{mark(YEARS, 0)}{text[found.end() :]}"


def _possible(years: Span, today: date) -> bool:
    return all(_FIRST <= year <= today.year + 1 for year in years if year is not None)


def _is_called(text: str, found: re.Match[str]) -> bool:
    """Whether a number is part of a name."""
    before = text[: found.start()]
    by_name = _CALLED.search(before) and not _OPENS.search(before) and not MARK.search(before.split()[-1])
    return bool(found[0][0].isdigit() and by_name)


def _limits(text: str, found: re.Match[str]) -> bool:
    """Whether a single year stands by itself or by papers: "in 2012", but not "2012 images"."""
    before, after = text[: found.start()], text[found.end() :]
    opens = not found[0][0].isdigit() and not before.strip()
    if opens or found[0].startswith(("(", "back")):
        return True
    return bool(any_phrase("years", "goes on").match(after) or any_phrase("years", "of papers").match(after))


def _beside_papers(text: str, found: re.Match[str]) -> bool:
    """Whether years stand by an author, a venue, or a word for papers, as limits in a question on a fact do."""
    before, after = text[: found.start()].rstrip(" ,("), text[found.end() :]
    by_name = _PAPERS_BEFORE.search(before) or re.match(r"\s*,?\s*⟨", after)
    return bool(by_name or any_phrase("years", "of papers").match(after))
