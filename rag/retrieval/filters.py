"""Which papers a filter leaves, found exactly in SQLite."""

from __future__ import annotations

from rag.library.names import Name, readings
from rag.library.store import Library
from rag.retrieval.question import valid_unicode
from rag.types import Filters


def allowed_papers(library: Library, filters: Filters) -> list[int] | None:
    """Keys of the papers that pass every part of `filters`, in order; None when there is no filter."""
    parts: list[set[int]] = [papers_by(library, author) for author in filters.authors]
    if filters.venue is not None:
        venue = valid_unicode(filters.venue)
        rows = library.rows("SELECT key FROM papers WHERE instr(lower(venue), lower(?)) > 0", (venue,))
        parts.append({row[0] for row in rows})
    if filters.years is not None:
        first, last = filters.years
        rows = library.rows(
            "SELECT key FROM papers WHERE year >= coalesce(?, year) AND year <= coalesce(?, year)",
            (first, last),
        )
        parts.append({row[0] for row in rows})
    return sorted(set.intersection(*parts)) if parts else None


def papers_by(library: Library, author: str) -> set[int]:
    """Keys of the papers of everyone whose name `author` can mean ("Grace Hopper", "Hopper, Grace", "G. Hopper")."""
    keys: set[int] = set()
    try:
        meant = readings(author)
    except ValueError:  # no letter, so nobody's name
        return keys
    for reading in meant:
        rows = library.rows(
            "SELECT key, family, given, suffix FROM authors WHERE family_key = ?", (Name(reading.family).key,)
        )
        keys.update(key for key, *parts in rows if reading.matches(Name(*parts)))
    return {row[0] for row in library.rows_in("SELECT paper FROM authorships WHERE author IN ({})", sorted(keys))}
