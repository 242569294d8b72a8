"""What filters ask of papers, column by column in memory, so that 100,000 papers are passed in a moment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rag.library.store import Library
from rag.types import Lacking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.int64]

_LACKING: dict[Lacking, str] = {
    "authors": "SELECT key FROM papers WHERE key NOT IN (SELECT paper FROM authorships)",
    "year": "SELECT key FROM papers WHERE year IS NULL",
    "venue": "SELECT key FROM papers WHERE venue IS NULL",
    "link": "SELECT key FROM papers WHERE url IS NULL",
    "abstract": "SELECT key FROM papers WHERE abstract = ''",
}


class Column(NamedTuple):
    """The papers of which something is known, by key, and a number that says what, for each."""

    keys: Keys
    values: Keys


class Venues(NamedTuple):
    """The venues of papers: `column` has the place of each in `names`."""

    names: tuple[str, ...]
    column: Column


def every_key(library: Library) -> Keys:
    """The keys of all papers, ascending."""
    return library.kept("keys", lambda: keys_of(library.rows("SELECT key FROM papers ORDER BY key")))


def by_title(library: Library) -> Keys:
    """The keys of all papers in the order of their titles."""
    return library.kept("by title", lambda: keys_of(library.rows("SELECT key FROM papers ORDER BY title_key, key")))


def newest_first(library: Library) -> Keys:
    """The keys of all papers, the newest first, then by title; those without a year last."""
    import numpy as np

    def made() -> Keys:
        titles, dated = by_title(library), years(library)
        year_of = np.full(1 + int(max(titles.max(initial=0), dated.keys.max(initial=0))), -1, dtype=np.int64)
        year_of[dated.keys] = dated.values
        return titles[np.argsort(-year_of[titles], kind="stable")]

    return library.kept("newest first", made)


def years(library: Library) -> Column:
    """The year of each paper that has one."""
    return library.kept(
        "years", lambda: _column(library.rows("SELECT key, year FROM papers WHERE year IS NOT NULL ORDER BY key"))
    )


def venues(library: Library) -> Venues:
    """The venue of each paper that has one."""

    def made() -> Venues:
        rows = library.rows("SELECT key, venue FROM papers WHERE venue IS NOT NULL ORDER BY key")
        places = {name: place for place, name in enumerate(sorted({venue for _, venue in rows}))}
        return Venues(tuple(places), _column([(key, places[venue]) for key, venue in rows]))

    return library.kept("venues", made)


def team_sizes(library: Library) -> Column:
    """How many authors are known of each paper that has one."""
    return library.kept(
        "team sizes", lambda: _column(library.rows("SELECT paper, count(*) FROM authorships GROUP BY paper"))
    )


def incomplete(library: Library) -> Keys:
    """The keys of papers of which not all authors are known."""
    return library.kept(
        "incomplete", lambda: keys_of(library.rows("SELECT key FROM papers WHERE NOT authors_complete"))
    )


def lacking(library: Library, field: Lacking) -> Keys:
    """The keys of papers that lack something."""
    return library.kept(("lacking", field), lambda: keys_of(library.rows(_LACKING[field])))


def stated(library: Library) -> Column:
    """The papers that each source states, which is the value here; a paper as often as records state it."""
    return library.kept("stated", lambda: _column(library.rows("SELECT paper, source FROM records")))


def keys_of(rows: Sequence[tuple[Any, ...]]) -> Keys:
    """The first values of rows."""
    import numpy as np

    return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))


def _column(rows: Sequence[tuple[Any, ...]]) -> Column:
    import numpy as np

    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=2 * len(rows)).reshape(-1, 2)
    return Column(flat[:, 0].copy(), flat[:, 1].copy())
