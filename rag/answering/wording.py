"""Lists, numbers, years, venues and titles as sentences say them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from textwrap import shorten

from rag.answering.citations import italic
from rag.types import Paper

_VENUES = 3  # that are named
_HEAD = re.compile(r"[^:]{2,40}(?=:\s)")
_LONGEST = 70  # characters of a title


def joined(items: Sequence[str], joint: str = "and", *, more: int = 0) -> str:
    """Items as a sentence lists them, and how many more there are: "a, b and c", "a, b and 3 more"."""
    *others, last = [*items, f"{more:,} more"] if more > 0 else items
    return f"{', '.join(others)} {joint} {last}" if others else last


def counted(number: int, one: str, several: str = "") -> str:
    """A number and what it is of: "1 paper", "1,204 papers"."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def period(first: int | None, last: int | None) -> str:
    """Years as said of papers, either end open: "from 2022", "from 2019 to 2024", "since 2022", "until 2020"."""
    if first == last:
        return f"from {first}" if first else "with a known year"
    if last is None:
        return f"since {first}"
    if first and first > last:
        return f"both since {first} and until {last}"
    return f"from {first} to {last}" if first else f"until {last}"


def dated(paper: Paper) -> str:
    """The year of a paper as it stands after its title: " (2021)"; empty if it is not known."""
    return f" ({paper.year})" if paper.year else ""


def appeared(venues: Counter[str], papers: int) -> str:
    """Where some papers appeared, with how many at each of the known venues: "in *A* (3), *B* and 2 other venues"."""
    if len(venues) == 1 and venues.total() == papers:
        return f"{'all ' if papers > 1 else ''}in {italic(next(iter(venues)))}"
    named = [italic(venue) + (f" ({times:,})" if times > 1 else "") for venue, times in venues.most_common(_VENUES)]
    more = len(venues) - len(named)
    return f"in {joined([*named, counted(more, 'other venue')] if more else named)}"


def head(title: str) -> str:
    """What stands before the colon of a title, if that is short; else empty."""
    found = _HEAD.match(title)
    return found[0] if found else ""


def short_title(title: str) -> str:
    """What stands before the colon of a title, if that is short; else as much of the title as is."""
    return head(title) or shorten(title, _LONGEST, placeholder=" …")
