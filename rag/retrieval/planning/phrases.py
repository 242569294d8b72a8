"""Phrases of English, in which rules about questions are written, and what stands in a text for a name.

`which FEW PAPERS` is "which papers" as well as "which of the recent articles"; a name that was found is a mark.
"""

from __future__ import annotations

import re
from functools import cache

from rag.retrieval.planning.phrasebook import sections

AUTHOR, VENUE, YEARS, TITLE = "author", "venue", "years", "title"
_EDGE = r"(?:(?<!\w)|(?!\w))"  # not within a word
_NOTHING = re.compile(r"(?!)")


@cache
def phrase(written: str) -> re.Pattern[str]:
    """The pattern of a phrase, in any case; it begins and ends with whole words."""
    return re.compile(f"{_EDGE}(?:{_expanded(written)}){_EDGE}", re.IGNORECASE)


def any_phrase(name: str, section: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of a section of the phrasebook; nothing where there is no such section."""
    phrases = sections(name).get(section)
    return phrase("|".join(f"(?:{each})" for each in phrases)) if phrases else _NOTHING


def _expanded(written: str) -> str:
    return _word().sub(_meaning, written.replace(" END", "END"))


def _meaning(word: re.Match[str]) -> str:
    meaning = "|".join(_expanded(each) for each in sections("words")[word["word"]])
    # Words that are nothing at times have a blank of their own.
    has_blank = meaning.endswith((" )?", " )*", "}?")) or word["word"] == "START"
    return f"(?:{meaning}){'' if has_blank else word['blank']}"


@cache
def _word() -> re.Pattern[str]:
    longest_first = sorted(sections("words"), key=len, reverse=True)
    return re.compile(rf"(?P<word>{'|'.join(longest_first)})(?P<blank> ?)")


def ends_with(text: str, written: str) -> bool:
    """Whether a text ends with a phrase."""
    return bool(phrase(rf"\b(?:{written})$").search(text))


def begins_with(text: str, written: str) -> bool:
    """Whether a text begins with a phrase."""
    return bool(phrase(written).match(text))


def mark(sort: str, place: int) -> str:
    """What stands in a text for a name that was found: `⟨author0⟩`."""
    return f"⟨{sort}{place}⟩"


MARK = re.compile(r"⟨(?P<sort>[a-z]+)(?P<place>\d+)⟩")
"""A mark, wherever it stands."""
FILTER_MARK = re.compile(r"⟨(?:author|venue|years)\d+⟩(?:['’]s?(?!\w))?")
"""The mark of a name that became a filter, and the ending of its possessive."""
