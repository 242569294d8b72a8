"""What a library holds, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass

from rag.library.names import Name
from rag.library.store import Library

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts, the first and last known year, and up to ten venues and authors, most papers first."""

    papers: int
    authors: int
    years: tuple[int, int] | None
    venues: tuple[str, ...]
    author_names: tuple[str, ...]


def overview(library: Library) -> Overview:
    """The overview of a library as it stands."""
    ((first, last),) = library.rows("SELECT min(year), max(year) FROM papers")
    venues = library.rows(
        "SELECT venue FROM papers WHERE venue IS NOT NULL GROUP BY venue ORDER BY count(*) DESC, venue LIMIT ?",
        (_NAMED,),
    )
    authors = library.rows(
        "WITH counted AS MATERIALIZED (SELECT author, count(*) AS times FROM authorships GROUP BY author) "
        "SELECT family, given, suffix FROM counted JOIN authors ON key = author WHERE times >= "
        "coalesce((SELECT times FROM counted ORDER BY times DESC LIMIT 1 OFFSET ?), 0) "
        "ORDER BY times DESC, name_key LIMIT ?",
        (_NAMED - 1, _NAMED),
    )
    return Overview(
        papers=library.count("papers"),
        authors=library.count("authors"),
        years=None if first is None else (first, last),
        venues=tuple(venue for (venue,) in venues),
        author_names=tuple(Name(*parts).display for parts in authors),
    )
