"""Papers that a question picks by their records: by what those lack, and by how many authors they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from rag.retrieval.planning.numbers import number
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import any_phrase, phrase
from rag.types import Lacking

Team = tuple[int | None, int | None]

_FIELDS: Mapping[Lacking, str] = {
    "authors": "authors?",
    "year": "years?|dates?",
    "venue": "venues?|journals?|conferences?",
    "link": "links?|urls?|dois?",
    "abstract": "abstracts?",
}
# What the forms of `phrasebook/records.txt` with a number mean.
_TEAMS: Mapping[str, Callable[[int], Team]] = {
    "more than": lambda n: (n + 1, None),
    "fewer than": lambda n: (None, n - 1),
    "at least": lambda n: (n, None),
    "at most": lambda n: (None, n),
    "exactly": lambda n: (n, n),
}


class RecordsFound(NamedTuple):
    """What papers lack, between how many authors they have, and the text without the words that say so."""

    lacking: tuple[Lacking, ...]
    team: Team | None
    text: str


def records_in(text: str) -> RecordsFound:
    """What a text says of the records of papers."""
    lacking: tuple[Lacking, ...] = ()
    if lack := any_phrase("records", "lacking").search(text):
        lacking = tuple(field for field, words in _FIELDS.items() if phrase(words).search(lack["of"]))
        text = _without(text, lack)
    if alone := any_phrase("records", "alone").search(text):
        return RecordsFound(lacking, (1, 1), _without(text, alone))
    for form, means in _TEAMS.items():
        for written in sections("records")[form]:
            if found := phrase(written).search(text):
                return RecordsFound(lacking, means(number(found["n"])), _without(text, found))
    return RecordsFound(lacking, None, text)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
