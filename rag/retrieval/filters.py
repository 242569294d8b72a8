"""Which papers a filter leaves, exactly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rag.library.store import Library
from rag.retrieval import columns
from rag.retrieval.people import papers_of
from rag.retrieval.question import valid_unicode
from rag.types import EVERYTHING, Filters, Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rag.retrieval.columns import Keys


def keys_left(library: Library, filters: Filters) -> Keys:
    """Keys of the papers that pass every part of `filters`, in order.

    Raises:
        LibraryError: The library cannot be read.
    """
    import numpy as np

    left = columns.every_key(library)
    if filters == EVERYTHING or not len(left):
        return left
    # One place for each key there can be: keys are dense.
    passes = np.zeros(1 + int(left[-1]), dtype=np.bool_)
    passes[left] = True
    for keys in _required(library, filters):
        passes &= _holding(keys, len(passes))
    for keys in _left_out(library, filters):
        passes &= ~_holding(keys, len(passes))
    return left[passes[left]]


def allowed_papers(library: Library, filters: Filters) -> list[int] | None:
    """Keys of the papers that pass every part of `filters`, in order; None when there is no filter."""
    if filters == EVERYTHING:
        return None
    found: list[int] = keys_left(library, filters).tolist()
    return found


def every_paper(library: Library, filters: Filters) -> list[Paper]:
    """All papers that `filters` leave, in the order they came."""
    return library.papers(keys_left(library, filters).tolist())


def _holding(keys: Keys, length: int) -> NDArray[np.bool_]:
    import numpy as np

    holding = np.zeros(length, dtype=np.bool_)
    # A paper may have come between two looks at the library.
    holding[keys[keys < length]] = True
    return holding


def _required(library: Library, filters: Filters) -> Iterator[Keys]:
    import numpy as np

    if filters.papers:
        rows = library.rows("SELECT key FROM papers WHERE id IN (SELECT value FROM json_each(?))", _one(filters.papers))
        yield columns.keys_of(rows)
    if filters.sources:
        yield _stated_by(library, filters.sources)
    for author in filters.authors:
        yield _by(library, author)
    if filters.any_authors:
        yield np.concatenate([_by(library, author) for author in filters.any_authors])
    if filters.venue is not None:
        yield _in_venue(library, filters.venue)
    if filters.years is not None:
        first, last = filters.years
        keys, years = columns.years(library)
        least, most = (-1 if first is None else first), (10**6 if last is None else last)
        yield keys[(years >= least) & (years <= most)]
    for field in filters.lacking:
        yield columns.lacking(library, field)
    if filters.team is not None:
        keys, sizes = columns.team_sizes(library)
        fewest, largest = filters.team
        yield keys[sizes >= (fewest or 0)]
        if largest is not None:
            yield keys[sizes <= largest]


def _left_out(library: Library, filters: Filters) -> Iterator[Keys]:
    for author in filters.without_authors:
        yield _by(library, author)
    for venue in filters.without_venues:
        yield _in_venue(library, venue)
    # Of a paper whose authors are not all known there are at least those known.
    if filters.team is not None and filters.team[1] is not None:
        yield columns.incomplete(library)


def _by(library: Library, author: str) -> Keys:
    return library.kept(("by", author), lambda: columns.keys_of([(key,) for key in papers_of(library, author)]))


def _in_venue(library: Library, venue: str) -> Keys:
    import numpy as np

    written = valid_unicode(venue).casefold()
    names, (keys, places) = columns.venues(library)
    return keys[np.isin(places, [place for place, name in enumerate(names) if written in name.casefold()])]


def _stated_by(library: Library, paths: Iterable[str]) -> Keys:
    import numpy as np

    wanted = set(paths)
    rows = library.rows("SELECT key, path FROM sources")
    keys = [(key,) for key, path in rows if path in wanted or os.path.basename(path) in wanted]
    papers, sources = columns.stated(library)
    return papers[np.isin(sources, columns.keys_of(keys))]


def _one(texts: Iterable[str]) -> tuple[str]:
    """Any number of texts as the one value of a statement."""
    return (json.dumps([valid_unicode(text) for text in texts]),)
