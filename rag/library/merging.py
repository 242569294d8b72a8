"""A paper made from all that its records say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from rag.library.names import Name, parse_name
from rag.library.text import readable
from rag.types import Paper, Record


def paper_from(records: Sequence[Record], identifier: str) -> Paper:
    """The paper that `records` (one or more, oldest first) describe.

    The first title, the longest abstract, the first year, venue and address that
    are known, and the authors of all of them.
    """
    return Paper(
        id=identifier,
        title=readable(records[0].title),
        abstract=max((readable(record.abstract) for record in records), key=len),
        authors=tuple(name.display for name in authors_of(records)),
        authors_complete=any(record.authors_complete and record.authors for record in records),
        year=next((record.year for record in records if record.year is not None), None),
        venue=next((readable(record.venue) for record in records if record.venue), None),
        url=next((record.url for record in records if record.url), None),
    )


def authors_of(records: Sequence[Record]) -> tuple[Name, ...]:
    """The authors of records of one paper, those of a complete list first."""
    complete_first = sorted(records, key=lambda record: not record.authors_complete)
    return merge_authors(record.authors for record in complete_first)


def merge_authors(lists: Iterable[Sequence[str]]) -> tuple[Name, ...]:
    """Author names of several lists in order, each person once under the fullest name given.

    "G. Hopper" and "Grace Hopper" become "Grace Hopper"; two different full names stay two.
    """
    merged: list[Name] = []
    for names in lists:
        known = len(merged)
        for name in parsed(names):
            place = next((i for i, other in enumerate(merged[:known]) if other.matches(name)), None)
            if place is None:
                merged.append(name)
            elif _letters(name.given) > _letters(merged[place].given):
                merged[place] = name
    return tuple({name.display: name for name in merged}.values())


def parsed(names: Iterable[str]) -> list[Name]:
    """The names that are names: a source's empty or punctuation-only entries are passed over."""
    found = []
    for name in names:
        with suppress(ValueError):
            found.append(parse_name(readable(name)))
    return found


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
