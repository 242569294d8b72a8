"""Where in a question the names of authors stand: before and behind which words."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from rag.index.terms import analyse
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import any_phrase, begins_with, ends_with, phrase
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import FUNCTION_WORDS, WORK_AS_A_WHOLE


class Slot(IntEnum):
    """What can stand in a place: no author, an author among other things, or nobody but an author."""

    NONE = 0
    POSSIBLE = 1
    CERTAIN = 2


_STOPS = frozenset(",:;-–—.…")
_OF_A_PERSON = phrase("(?:he|she|his|her|him|hers|their)")
_ABOUT_WORK = frozenset(
    analyse(
        "profile interest career bio biography field line group paper stuff theme theory introduction short brief give"
        " know main quick full complete new latest recent early first last present"
    )
).union(WORK_AS_A_WHOLE, FUNCTION_WORDS)


def slot(before: str, behind: str) -> Slot:
    """What can stand between these two parts of a question."""
    before, behind = before.rstrip(' "“(*'), behind.rstrip()
    opens = not before or before[-1] in ".?!:;,"
    stops = behind.lstrip()[:1] in _STOPS
    of_a_person = _OF_A_PERSON.search(behind) and (stops or behind.startswith(" "))
    if opens and (of_a_person or _is_about_work(f"{before} {behind}", behind)):
        return Slot.CERTAIN
    if stands(before, behind, "certain"):
        return Slot.CERTAIN
    is_alone = _says_nothing_else(before, behind)
    return Slot.POSSIBLE if is_alone or (opens and stops) or stands(before, behind, "possible") else Slot.NONE


def stands(before: str, behind: str, section: str) -> bool:
    """Whether a name between these parts stands in one of the places of a section of `phrasebook/author_slots.txt`."""
    return any(
        (not leads or ends_with(f"{before.rstrip()} ", leads)) and (not follows or begins_with(behind, follows))
        for leads, follows in _around(section)
    )


def _is_about_work(rest: str, behind: str) -> bool:
    """Whether all that is said besides a name is that its work is asked for: "Ines Quill research summary"."""
    terms = content_terms(rest)
    return bool(terms) and set(terms) <= _ABOUT_WORK and not behind.startswith(("?", "!"))


def _says_nothing_else(before: str, behind: str) -> bool:
    whole = any_phrase("author_slots", "alone before").fullmatch(before)
    return bool(whole and any_phrase("author_slots", "alone behind").fullmatch(behind))


@cache
def _around(section: str) -> tuple[tuple[str, str], ...]:
    """What stands right before and right behind a name, for each place where one can."""
    places = (place.partition("NAME") for place in sections("author_slots")[section])
    return tuple((leads, follows) for leads, _, follows in places)
