"""Venues of the library that a question limits papers to."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from typing import NamedTuple
from weakref import WeakKeyDictionary

from rag.library.store import Library
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import VENUE, any_phrase, mark, phrase

_SMALL = frozenset("a an and at for in of on the to de la des der und".split())
_SORTS = frozenset(
    "journal annals transactions proceedings conference workshop symposium letters review reviews magazine bulletin"
    " advances meeting congress acta frontiers notices forum seminar colloquium arxiv chi".split()
)
# A venue that was renamed, by both of its acronyms.
_RENAMED = {"neurips": "nips", "nips": "neurips"}
_WORD = re.compile(r"[^\W_]+(?:[-.&][^\W_]+|['’][^\W\d_]+)*")
_LONGEST = 12  # words of a venue as a question writes it


class VenueFound(NamedTuple):
    """The venue a text limits papers to, those it leaves out, and the text with marks in their place.

    There is no venue if it names none, or several.
    """

    venue: str | None
    left_out: tuple[str, ...]
    text: str


class _Index(NamedTuple):
    version: int
    by_words: dict[tuple[str, ...], tuple[str, ...]]  # every part of a venue's name that could stand for it
    acronyms: dict[str, str]


_LEFT_OUT = re.compile(
    r"(?<!\w)(?:not|neither|nor|except|excluding|without|besides|outside|other than|leaving out)(?: for| of)?"
    r"(?: (?:those|the ones|papers|anything|published|appeared|any))* ?(?:in|at|from|by)?(?: the)? ?$",
    re.IGNORECASE,
)
_known: WeakKeyDictionary[Library, _Index] = WeakKeyDictionary()
_reading = threading.Lock()


def venue_in(library: Library, text: str) -> VenueFound:
    """The venue of the library that a text names in full, in part or by its acronym, where a venue stands."""
    index = _index(library)
    found: list[tuple[int, int, str]] = []
    words = list(_WORD.finditer(text))
    first = 0
    while first < len(words):
        step = 1
        for last in range(min(len(words), first + _LONGEST), first, -1):
            start, end = words[first].start(), words[last - 1].end()
            if meant := _meant(index, text, start, end):
                found.append((start, end, meant))
                step = last - first
                break
        first += step
    left_out = [venue for start, _, venue in found if _LEFT_OUT.search(text[:start])]
    venues = {venue.casefold(): venue for _, _, venue in found if venue not in left_out}
    if len(venues) > 1 or not found:
        return VenueFound(None, (), text)
    for place, (start, end, _) in reversed(list(enumerate(found))):
        text = f"{text[:start]}{mark(VENUE, place)}{text[end:]}"
    return VenueFound(next(iter(venues.values()), None), tuple(dict.fromkeys(left_out)), text)


def _meant(index: _Index, text: str, start: int, end: int) -> str:
    """The venue that a part of a text names; nothing if it names none, or does not stand where venues do."""
    written = text[start:end]
    words = tuple(word.casefold() for word in _WORD.findall(written))
    if words[0] in _SMALL or words[-1] in _SMALL:
        return ""
    if len(words) == 1:
        known = index.acronyms.get(words[0]) or index.acronyms.get(_RENAMED.get(words[0], ""))
        return known if known and _stands(text, start, end, known) else ""
    venues = index.by_words.get(words, ())
    if not venues and len(words) > 2 and (known := index.acronyms.get(_initials(words))):
        return known if _SORTS & set(words) and _stands(text, start, end, "") else ""
    if not venues:
        return ""
    whole = next((venue for venue in venues if venue.casefold() == written.casefold()), "")
    if whole and _SORTS & set(words):
        return whole
    sort = _SORTS & set(words) or re.match(rf" (?:{'|'.join(_SORTS)})\b", text[end:], re.IGNORECASE)
    if not (whole or sort) or not _stands(text, start, end, whole):
        return ""
    return whole or (venues[0] if len(venues) == 1 else written if _part_of_all(written, venues) else "")


def _part_of_all(written: str, venues: tuple[str, ...]) -> bool:
    return all(written.casefold() in venue.casefold() for venue in venues)


def _stands(text: str, start: int, end: int, known: str) -> bool:
    before, behind, written = text[:start], text[end:], text[start:end]
    if re.match(r"[\w/+-]", behind) or re.search(r"[\w/+-]$", before):
        return False
    is_topic = _ends(before, "no venue before")
    if _ends(before, "before") and not is_topic:
        return True
    if any(phrase(rf"(?:['’]s?)? ?(?:{each})").match(behind) for each in sections("venues")["behind"]):
        return True
    is_as_written = written == known or (written.isupper() and len(written) > 2) or " " in written
    if not is_as_written or is_topic or not any_phrase("venues", "behind as written").match(behind):
        return False
    return not before.strip() or _ends(before, "before as written")


def _ends(before: str, section: str) -> bool:
    return any(phrase(rf"(?:{each}) ?$").search(before) for each in sections("venues")[section])


def _index(library: Library) -> _Index:
    """The names of the venues, read again only when the library has changed."""
    version: int = library.rows("PRAGMA data_version")[0][0]
    with _reading:
        index = _known.get(library)
        if index is None or index.version != version:
            rows = library.rows("SELECT DISTINCT venue FROM papers WHERE venue IS NOT NULL")
            index = _known[library] = _made(version, sorted(venue for (venue,) in rows))
        return index


def _made(version: int, venues: list[str]) -> _Index:
    parts: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    acronyms: dict[str, str] = {}
    for venue in venues:
        words = tuple(word.casefold() for word in _WORD.findall(venue))
        for start in range(len(words)):
            for end in range(start + 2, min(len(words), start + _LONGEST) + 1):
                parts[words[start:end]][venue] = None
        for inside in re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\b", venue):
            acronyms.setdefault(inside.casefold(), venue)
        if len(words) == 1:
            acronyms[words[0]] = venue
        elif len(initials := _initials(words)) > 2 and _SORTS & set(words):
            acronyms.setdefault(initials, venue)
        if words and words[0].startswith("arxiv"):
            acronyms.setdefault("arxiv", "arXiv")
    return _Index(version, {part: tuple(known) for part, known in parts.items()}, acronyms)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word not in _SMALL)
