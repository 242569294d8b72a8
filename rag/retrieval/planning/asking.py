"""What a question asks of papers: what they say, or who wrote them, where, when, and how many there are."""

from __future__ import annotations

from rag.retrieval.planning.phrases import any_phrase, phrase
from rag.types import Asks, Kind

_OF_A_LIST: tuple[Asks, ...] = ("coauthors", "venues", "authors", "link")
_OLDER = "(?:which|what) .{0,40}(?:older|newer|first|earlier|later)"


def asks_of(kind: Kind, text: str) -> Asks:
    """What a question of this kind, whose names are marks, asks for."""
    if kind == "count" or (kind in ("trend", "about") and _says("numbers", text)):
        return "count"
    if kind == "list":
        return next((asks for asks in _OF_A_LIST if _says(asks, text)), "contents")
    if kind == "fact" and _says("where to get it", text):
        return "link"
    return "year" if kind == "compare" and phrase(_OLDER).search(text) else "contents"


def _says(section: str, text: str) -> bool:
    return bool(any_phrase("asking", section).search(text))
