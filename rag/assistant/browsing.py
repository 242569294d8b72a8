"""A library that is looked through: its papers, people, venues, years and sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.assistant.upkeep import Upkeep
from rag.errors import LibraryError
from rag.index.preparation import no_progress
from rag.library.overview import Overview, overview
from rag.types import EVERYTHING, Filters, Paper, Progress, Removal, Shelf, Source

if TYPE_CHECKING:
    from rag.retrieval.comparable import Comparable
    from rag.retrieval.library_map import LibraryMap
    from rag.retrieval.people import Person
    from rag.retrieval.profile import Profile
    from rag.retrieval.shelf import Order


class Browsing(Upkeep):
    """A library to add papers to and look through. Safe to use from several threads."""

    _removed = False  # papers, whose vectors are still kept

    def paper(self, identifier: str) -> Paper:
        """The paper with this id.

        Raises:
            LibraryError: There is none.
        """
        return self.library.paper(identifier)

    def titled(self, title: str) -> list[Paper]:
        """The papers with this title, however it is spelt."""
        return self.library.papers_titled(title)

    def bibtex(self, paper_id: str) -> str:
        """The BibTeX entry of the paper with this id.

        Raises:
            LibraryError: There is none.
        """
        from rag.library.export import bibtex

        return "".join(bibtex.write([self.paper(paper_id)])).strip()

    def overview(self) -> Overview:
        """What the library holds; while papers come into a large one, what it held some seconds ago."""
        return self.library.kept("overview", lambda: overview(self.library), roughly=True)

    def suggestions(self) -> tuple[str, ...]:
        """Up to four questions that this library answers."""
        from rag.retrieval.suggestions import suggestions

        return self.library.kept("suggestions", lambda: suggestions(self.library), roughly=True)

    def library_map(self) -> LibraryMap | None:
        """The newest map of the library; None while the first is laid out, in the background.

        Raises:
            LibraryError: There is none, for it could not be made; it is tried again when papers have changed.
        """
        return self.mapping.current()

    def kept_map(self) -> LibraryMap | None:
        """The map that was made last, of the library as it was then; None where there is none. None is begun."""
        return self.mapping.kept()

    def map_progress(self) -> float | None:
        """How much of the map that is being made is done, in [0, 1]; None where no paper is embedded yet."""
        return self.mapping.progress if self.mapping.embedded() else None

    def count(self, filters: Filters = EVERYTHING) -> int:
        """How many papers `filters` leave."""
        from rag.retrieval.filters import keys_left

        return len(keys_left(self.library, filters))

    def browse(
        self, filters: Filters = EVERYTHING, query: str = "", order: Order = "newest", start: int = 0, k: int = 50
    ) -> Shelf:
        """`k` of the papers that `filters` leave, from place `start` of their order on.

        With a `query` the best come first and `order` does not count; then `total` is how many were ranked.

        Raises:
            IndexDamaged: There is a query, and an index cannot be read.
        """
        from rag.retrieval import shelf

        if not query.strip():
            return shelf.in_order(self.library, filters, order, start, k)
        if not self.paper_count():
            return Shelf((), 0)
        self.need_search()
        return shelf.ranked(self.indexes, query, filters, start, k)

    def author_names(self, written: str = "", k: int = 20) -> list[Person]:
        """Up to `k` authors whose names can be what is written so far, best first; those with most papers for ""."""
        from rag.retrieval.name_search import named_so_far

        return named_so_far(self.library, written, k)

    def people(self, name: str) -> list[Person]:
        """Everyone whom a name can mean, most papers first; nobody if the library does not have it."""
        from rag.retrieval.people import people

        return people(self.library, name)

    def profile(self, name: str) -> Profile:
        """All that the library has of the one author whom a name means.

        Raises:
            LibraryError: It means nobody, or several.
        """
        from rag.retrieval.profile import profile

        found = self.people(name)
        if len(found) != 1:
            raise LibraryError(f"{len(found) or 'No'} authors of this library can be meant by {name!r}.")
        return profile(self.indexes, found[0])

    def comparable(self) -> Comparable:
        """Names of methods of the newest papers, and pairs of them that are worth comparing."""
        from rag.retrieval.comparable import comparable

        return comparable(self.indexes)

    def venue_names(self, k: int = 200) -> list[tuple[str, int]]:
        """The `k` venues with most papers, and how many these are."""
        return self.papers_per_venue(k=k)

    def papers_per_year(self, filters: Filters = EVERYTHING) -> dict[int, int]:
        """How many of the papers that `filters` leave are of each known year, the earliest first."""
        from rag.retrieval import shelf

        return shelf.papers_per_year(self.library, filters)

    def papers_per_venue(self, filters: Filters = EVERYTHING, k: int = 20) -> list[tuple[str, int]]:
        """The `k` venues with most of the papers that `filters` leave, and how many these are."""
        from rag.retrieval import shelf

        return shelf.papers_per_venue(self.library, filters, k)

    def sources_read(self) -> list[Source]:
        """The files that the library was made from, by path."""
        from rag.library.sources import sources_read

        return self.library.kept("sources", lambda: sources_read(self.library))

    def remove(self, source: str, progress: Progress = no_progress, *, embedding: bool = True) -> Removal:
        """Take away what the file `source` states, and bring both indexes up to date.

        Without `embedding` the vector index and the kept vectors follow with `embed`.

        Raises:
            LibraryBusy: Another process owns the library.
            LibraryError: No such file was read, or the library cannot be written; then nothing has changed.
        """
        from rag.library.sources import remove_source

        self.own()
        with self._changing:
            removal = remove_source(self.library, source)
            self._removed = True
        self.indexes.sync(progress, lambda: self._preparation.stopping or not embedding)
        self._forget_removed()
        return removal

    def embed(self, progress: Progress = no_progress, stopped: Callable[[], bool] = lambda: False) -> None:
        """Embed what is pending, until done or `stopped()`; what is left stays pending."""
        super().embed(progress, stopped)
        self._forget_removed()

    def _forget_removed(self) -> None:
        from rag.library.sources import forget_unused

        if self._removed and not self.pending():
            self._removed = False
            forget_unused(self.library)
