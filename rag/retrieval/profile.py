"""An author at a glance: every paper, when, on what and with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.index.indexes import Indexes
from rag.retrieval.company import Author, authors_of, together
from rag.retrieval.people import Person, maybe_same, papers_with
from rag.retrieval.themes import FURTHER, Theme, paper_vectors, themes
from rag.types import Paper

_FEW = 4  # papers: fewer need no themes
_OF_A_THEME = 5  # papers, about
_MOST_THEMES = 10
_DRAWN = 40  # co-authors whose papers with each other are looked at


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the library has of one author.

    Attributes:
        person: The author.
        papers: Every paper, newest first; those of an unknown year last.
        themes: Groups of them, as places in `papers`; one without a label where there is nothing to group.
        coauthors: Known co-authors with the number of joint papers, most first.
        shared: How many of these papers two of the first forty co-authors both wrote, as places in `coauthors`.
        partial: How many of the papers have authors that the library does not know.
        maybe: People who may be the same, by their names.
    """

    person: Person
    papers: tuple[Paper, ...]
    themes: tuple[Theme, ...]
    coauthors: tuple[tuple[str, int], ...]
    shared: dict[tuple[int, int], int]
    partial: int
    maybe: tuple[Person, ...]

    @property
    def years(self) -> dict[int, int]:
        """How many papers there are of each known year, oldest first."""
        return dict(sorted(Counter(paper.year for paper in self.papers if paper.year).items()))


def profile(indexes: Indexes, person: Person) -> Profile:
    """The profile of one author."""
    library = indexes.library
    found = library.papers_by_key(sorted(papers_with(library, person.keys)))
    keys = sorted(found, key=lambda key: (-(found[key].year or 0), key))
    papers = [found[key] for key in keys]
    company = coauthors(indexes, person, keys)
    return Profile(
        person=person,
        papers=tuple(papers),
        themes=grouped(indexes, papers, keys),
        coauthors=tuple((author.name, len(author.papers)) for author in company),
        shared=together(company[:_DRAWN]),
        partial=sum(not paper.authors_complete for paper in papers),
        maybe=tuple(maybe_same(library, person)),
    )


def coauthors(indexes: Indexes, person: Person, keys: Sequence[int]) -> list[Author]:
    """Who wrote those papers of a person too, most papers first."""
    return authors_of(indexes.library, keys, frozenset(person.keys))


def grouped(indexes: Indexes, papers: Sequence[Paper], keys: Sequence[int]) -> tuple[Theme, ...]:
    """The themes of papers, with their keys; a single one without a label where there is nothing to group."""
    everything = (Theme("", tuple(range(len(papers)))),)
    if len(papers) < _FEW:
        return everything
    vectors = paper_vectors(indexes.library, indexes.embedder.name, keys)
    most = min(_MOST_THEMES, len(papers) // _OF_A_THEME + 1)
    found = themes([(paper.title, paper.abstract) for paper in papers], vectors if vectors.size else None, most)
    return tuple(found) if any(theme.label != FURTHER for theme in found) else everything
