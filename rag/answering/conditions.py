"""What papers were asked for, in words: "by Ines Quill in *Rope Letters* since 2022 about “snow”"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from textwrap import shorten
from typing import NamedTuple

from rag.answering.citations import italic, quoted
from rag.answering.wording import counted, joined, period
from rag.library.store import Library
from rag.retrieval.people import people
from rag.retrieval.planning.parts import chosen
from rag.retrieval.question import valid_unicode
from rag.types import Filters, Lacking

_LONGEST = 100  # characters of a topic that is repeated
_LACKING: Mapping[Lacking, str] = {
    "authors": "known authors",
    "year": "a known year",
    "venue": "a known venue",
    "link": "a link",
    "abstract": "an abstract",
}


class Condition(NamedTuple):
    """One condition on papers: how it is said after "papers", and as a filter or, if that is empty, a topic."""

    relation: str
    named: str
    filters: Filters = Filters()
    topic: str = ""

    def text(self, *, by: str = "by", plain: bool = False) -> str:
        """The condition in words, as Markdown if not `plain`; `by` goes before an author."""
        name = self.named if plain else italic(self.named) if self.filters.venue else quoted(self.named)
        return f"{by if self.filters.authors else self.relation} {name}".strip()


def conditions(library: Library, filters: Filters, topic: str = "") -> list[Condition]:
    """The conditions on papers, those first that say most of which papers they are."""
    authors = [
        Condition("by", known_name(library, author), Filters(authors=(author,)))
        for author in dict.fromkeys(filters.authors)
    ]
    short = shorten(topic, _LONGEST, placeholder=" …")
    about = [Condition("about", f"“{short}”", topic=topic)] if short else []
    if filters.any_authors:
        names = joined([known_name(library, author) for author in filters.any_authors], "or")
        authors.append(Condition("by", names, Filters(any_authors=filters.any_authors)))
    return [*authors, *_of_papers(library, filters), *about]


def described(conditions: Sequence[Condition], *, by: str = "by", plain: bool = False) -> str:
    """Conditions in words, after "papers", with a blank in front; authors of the same papers are joined."""
    authors = [each.text(by="", plain=plain) for each in conditions if each.filters.authors]
    others = [each.text(plain=plain) for each in conditions if not each.filters.authors]
    return "".join(f" {text}" for text in ([f"{by} {joined(authors)}"] if authors else []) + others)


def papers_told(number: int, which: str) -> tuple[str, str]:
    """So many papers and which these are; just the chosen ones if they are all of those."""
    every = described([Condition("among the", chosen(number), Filters(papers=("",)))])
    return (chosen(number), "") if which == every else (counted(number, "paper"), which)


def known_name(library: Library, written: str) -> str:
    """A name as the library has it, if it means one person; else as it is written."""
    meant = people(library, written)
    return meant[0].name if len(meant) == 1 else written


def _of_papers(library: Library, filters: Filters) -> Iterator[Condition]:
    for venue in dict.fromkeys(filters.without_venues):
        yield Condition("not in", venue, Filters(without_venues=(venue,)))
    for author in dict.fromkeys(filters.without_authors):
        yield Condition("without", known_name(library, author), Filters(without_authors=(author,)))
    if filters.team is not None:
        yield Condition("with", _team(*filters.team), Filters(team=filters.team))
    if filters.venue is not None:
        yield Condition("in", _venue(library, filters.venue), Filters(venue=filters.venue))
    if filters.years is not None:
        yield Condition("", period(*filters.years), Filters(years=filters.years))
    for field in dict.fromkeys(filters.lacking):
        yield Condition("without", _LACKING[field], Filters(lacking=(field,)))
    if filters.sources:
        files = joined([PurePath(source).name for source in filters.sources], "or")
        yield Condition("from", files, Filters(sources=filters.sources))
    if filters.papers:
        yield Condition("among the", chosen(len(filters.papers)), Filters(papers=filters.papers))


def _venue(library: Library, written: str) -> str:
    """A venue as the library writes it if there is just one such, else as it is asked for."""
    written = valid_unicode(written)
    rows = library.rows("SELECT DISTINCT venue FROM papers WHERE lower(venue) = lower(?)", (written,))
    return str(rows[0][0]) if len(rows) == 1 else written


def _team(least: int | None, most: int | None) -> str:
    if least == most:
        return "a single author" if most == 1 else f"{most} authors"
    if most is None:
        return f"{least} authors or more"
    return f"{least} to {most} authors" if least and least > 1 else f"at most {counted(most, 'author')}"
