"""Titles that a question quotes, or that the library knows."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.library.identity import title_key
from rag.library.store import Library
from rag.retrieval.planning.phrases import TITLE, mark
from rag.retrieval.question import content_terms

_QUOTED = re.compile(r"“([^“”]{3,300})”|\"([^\"]{3,300})\"|(?<!\w)[‘']([^‘’']{8,300}|\w[^‘’']* [^‘’']+)[’'](?!\w)")
_WORD = re.compile(r"\w+")
_AFTER_HEAD = re.compile(r"[:?!]|\s[-–—]\s")
_FEWEST = 3  # words of a title that is not quoted
_LONGEST = 30  # words
_LOOKED_AT = 200  # titles that begin alike


class TitlesFound(NamedTuple):
    """The titles of a text as it writes them, and the text with marks in their place."""

    titles: tuple[str, ...]
    text: str


def titles_in(library: Library, text: str) -> TitlesFound:
    """What a text quotes, and the titles of papers, or their part before the colon, that it has word for word."""
    spans = [(found.start(), found.end(), next(filter(None, found.groups()))) for found in _QUOTED.finditer(text)]
    words = [word for word in _WORD.finditer(text) if not any(start <= word.start() < end for start, end, _ in spans)]
    first = 0
    while first <= len(words) - _FEWEST:
        count = _words_of_title(library, text, words[first : first + _LONGEST])
        if count:
            start, end = words[first].start(), words[first + count - 1].end()
            spans.append((start, end, text[start:end]))
        first += count or 1
    spans.sort()
    marked = text
    for place, (start, end, _) in reversed(list(enumerate(spans))):
        marked = f"{marked[:start]}{mark(TITLE, place)}{marked[end:]}"
    return TitlesFound(tuple(title for _, _, title in spans), marked)


def _words_of_title(library: Library, text: str, words: list[re.Match[str]]) -> int:
    """How many of the words are a title or the part of one before its colon; 0 if they begin none."""
    keys = [title_key(word[0]) for word in words]
    begins = " ".join(keys[:_FEWEST])
    rows = library.rows(
        "SELECT title_key, title FROM papers WHERE title_key >= ? AND title_key < ? LIMIT ?",
        (begins, begins + "\uffff", _LOOKED_AT),
    )
    wholes = {whole for key, title in rows for whole in (key, title_key(_AFTER_HEAD.split(title)[0]))}
    counts = [len(whole.split()) for whole in wholes if whole == " ".join(keys[: len(whole.split())])]
    count = max((count for count in counts if count >= _FEWEST), default=0)
    # "What is it?" may be a title, too.
    says_enough = count == len(words) or (count and len(content_terms(_written(text, words[:count]))) > 1)
    return count if says_enough else 0


def _written(text: str, words: list[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()]
