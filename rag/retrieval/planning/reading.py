"""A question with everything it names found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.library.store import Library
from rag.retrieval.planning.authors import AuthorsFound, authors_in
from rag.retrieval.planning.phrases import FILTER_MARK, MARK
from rag.retrieval.planning.politeness import plainly
from rag.retrieval.planning.titles import titles_in
from rag.retrieval.planning.venues import venue_in
from rag.retrieval.planning.years import YearsFound, years_in

_NO_MARKS = str.maketrans("⟨⟩", "<>")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question names, and its text with a mark in the place of each name.

    Attributes:
        titles: What it quotes, and titles of the library.
        authors: What it says of authors.
        venue: The venue of the library it names, if it is one.
        venues_left_out: Those it names to leave them out.
        years: Its years; `years.text` has all marks.
        undated: The text with all marks but those of years.
    """

    titles: tuple[str, ...]
    authors: AuthorsFound
    venue: str | None
    venues_left_out: tuple[str, ...]
    years: YearsFound
    undated: str

    @property
    def text(self) -> str:
        """The text with marks in the place of all names, single-spaced."""
        return " ".join(self.years.text.split())

    def written(self, text: str) -> str:
        """A part of the text as it is written, in quotation marks where it is a title, without what became filters."""
        without = FILTER_MARK.sub(" ", text)
        return MARK.sub(lambda match: f"“{self.titles[int(match['place'])]}”", without)


def read(library: Library, question: str, today: date) -> Reading:
    """Find what a question names, the most certain first, so that one name is not taken for part of another."""
    titles, text = titles_in(library, plainly(" ".join(question.translate(_NO_MARKS).split())))
    authors = authors_in(library, text)
    venue, left_out, text = venue_in(library, authors.text)
    return Reading(titles, authors, venue, left_out, years_in(text, today), text)
