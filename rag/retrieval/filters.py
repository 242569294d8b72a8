"""Which papers a filter leaves, found exactly in SQLite."""

from __future__ import annotations

from collections.abc import Mapping

from rag.library.store import Library
from rag.retrieval.people import papers_of
from rag.retrieval.question import valid_unicode
from rag.types import Filters, Lacking, Paper

_WITHOUT: Mapping[Lacking, str] = {
    "authors": "SELECT key FROM papers WHERE key NOT IN (SELECT paper FROM authorships)",
    "year": "SELECT key FROM papers WHERE year IS NULL",
    "venue": "SELECT key FROM papers WHERE venue IS NULL",
    "link": "SELECT key FROM papers WHERE url IS NULL",
    "abstract": "SELECT key FROM papers WHERE abstract = ''",
}


def allowed_papers(library: Library, filters: Filters) -> list[int] | None:
    """Keys of the papers that pass every part of `filters`, in order; None when there is no filter."""
    parts: list[set[int]] = [papers_of(library, author) for author in filters.authors]
    if filters.venue is not None:
        parts.append(_in_venue(library, filters.venue))
    if filters.years is not None:
        first, last = filters.years
        rows = library.rows(
            "SELECT key FROM papers WHERE year >= coalesce(?, year) AND year <= coalesce(?, year)",
            (first, last),
        )
        parts.append({row[0] for row in rows})
    parts += [{row[0] for row in library.rows(_WITHOUT[field])} for field in filters.lacking]
    if filters.team is not None:
        parts.append(_of_team(library, *filters.team))
    if not parts and not filters.without_authors and not filters.without_venues:
        return None
    allowed = set.intersection(*parts) if parts else {row[0] for row in library.rows("SELECT key FROM papers")}
    left_out = [papers_of(library, author) for author in filters.without_authors]
    left_out += [_in_venue(library, venue) for venue in filters.without_venues]
    return sorted(allowed.difference(*left_out))


def _in_venue(library: Library, venue: str) -> set[int]:
    rows = library.rows("SELECT key FROM papers WHERE instr(lower(venue), lower(?)) > 0", (valid_unicode(venue),))
    return {row[0] for row in rows}


def every_paper(library: Library, filters: Filters) -> list[Paper]:
    """All papers that `filters` leave, in the order they came."""
    allowed = allowed_papers(library, filters)
    keys = [row[0] for row in library.rows("SELECT key FROM papers ORDER BY key")] if allowed is None else allowed
    return library.papers(keys)


def _of_team(library: Library, least: int | None, most: int | None) -> set[int]:
    """Papers with so many authors; of a paper whose authors are not all known there are at least those known."""
    rows = library.rows(
        "SELECT key FROM papers JOIN (SELECT paper, count(*) AS size FROM authorships GROUP BY paper) ON paper = key "
        "WHERE size >= coalesce(?, size) AND (? IS NULL OR (size <= ? AND authors_complete))",
        (least, most, most),
    )
    return {row[0] for row in rows}
