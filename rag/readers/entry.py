"""What an export says of one paper, and the record made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.readers.identifiers import arxiv_address, arxiv_in, doi_address, doi_in, doi_of_address, pmid_in
from rag.readers.people import known_people
from rag.types import BadRecord, Record

_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_ANY_YEAR = re.compile(r"0*([1-9]\d{0,3})")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as the fields of an export state it; what is blank was not stated.

    `year` may be a date or words; `arxiv` anything that names an arXiv id; `id` is the source's own.
    """

    position: str
    title: str
    abstract: str = ""
    authors: Sequence[str] = ()
    authors_complete: bool = True
    year: str = ""
    venue: str = ""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    pmid: str = ""
    id: str = ""


def records_of(entry: Entry) -> Iterator[Record | BadRecord]:
    """The record of an entry, or why there is none; what was kept with a loss is told after its record."""
    if not entry.title.strip():
        yield BadRecord(entry.position, "the record has no title")
        return
    authors, all_named = known_people(entry.authors)
    year = year_in(entry.year)
    doi = doi_in(entry.doi) or doi_of_address(entry.url)
    arxiv = (
        arxiv_in(entry.arxiv) or arxiv_in(entry.doi) or (arxiv_in(entry.url) if "arxiv" in entry.url.lower() else None)
    )
    yield Record(
        position=entry.position,
        title=entry.title,
        abstract=entry.abstract,
        authors=authors,
        authors_complete=bool(authors) and all_named and entry.authors_complete,
        year=year,
        venue=entry.venue if entry.venue.strip() else None,
        url=entry.url.strip() or (doi and doi_address(doi)) or (arxiv and arxiv_address(arxiv)) or None,
        id=_identifier(arxiv, doi, pmid_in(entry.pmid), entry.id),
    )
    if year is None and entry.year.strip():
        shown = _BLANKS.sub(" ", entry.year.strip())[:40]
        yield BadRecord(entry.position, f'the year is "{shown}"; the paper was kept without one')


def year_in(text: str) -> int | None:
    """The year of a date as exports write it: `2014`, `2014//`, `c2003`, `21 Apr 2009`; None for words."""
    alone = _ANY_YEAR.fullmatch(text.strip())
    if alone:
        return int(alone[1])
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _identifier(arxiv: str | None, doi: str | None, pmid: str | None, own: str) -> str | None:
    """The id that means the paper in every source, or the source's own."""
    if arxiv:
        return f"arxiv:{arxiv}"
    if doi and doi.startswith("10."):
        return f"doi:{doi.lower()}"
    if pmid:
        return f"pmid:{pmid}"
    return own.strip() or None
