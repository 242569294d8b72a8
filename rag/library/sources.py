"""The files that a library was made from, and taking one away again."""

from __future__ import annotations

import os
from pathlib import Path

from rag.errors import LibraryError
from rag.library.deriving import derive, remove
from rag.library.revision import keep_revision
from rag.library.store import Library
from rag.types import Removal, Source


def source_name(path: Path) -> str:
    """What the library calls a file: its whole path as text, though a file name may hold bytes that are no UTF-8."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def sources_read(library: Library) -> list[Source]:
    """Every source that records are kept of, by path."""
    rows = library.rows(
        "SELECT path, count(*), count(DISTINCT paper) FROM sources JOIN records ON source = sources.key "
        "GROUP BY sources.key ORDER BY path"
    )
    return [Source(*row) for row in rows]


def remove_source(library: Library, path: str) -> Removal:
    """Take away what a source states: its records, and the papers that no other source states.

    Papers that others state too are made again from what these say. Either all of it happens or nothing. Both
    indexes have to be brought up to date afterwards: the papers are marked pending.

    Raises:
        LibraryError: No such source was read, or the library cannot be written.
    """
    with library.transaction() as db:
        found = db.execute("SELECT key FROM sources WHERE path = ?", (path,)).fetchone()
        if found is None:
            raise LibraryError(f"The library has read no file {path}, so there is nothing to remove.")
        stated = db.execute("SELECT DISTINCT paper FROM records WHERE source = ? ORDER BY paper", found).fetchall()
        records = db.execute("DELETE FROM records WHERE source = ?", found).rowcount
        db.execute("DELETE FROM sources WHERE key = ?", found)
        papers = 0
        for (paper,) in stated:
            if db.execute("SELECT 1 FROM records WHERE paper = ?", (paper,)).fetchone():
                derive(db, paper)
            else:
                remove(db, paper)
                papers += 1
    keep_revision(library)
    return Removal(records, papers)


def forget_unused(library: Library) -> None:
    """Take away the vectors of texts that no paper has any more, unless papers still wait to be embedded.

    Raises:
        LibraryError: The library cannot be written.
    """
    with library.transaction() as db:
        if not db.execute("SELECT 1 FROM pending WHERE search_index = 'vectors' LIMIT 1").fetchone():
            db.execute("DELETE FROM embeddings WHERE digest NOT IN (SELECT digest FROM chunks)")
