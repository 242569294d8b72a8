"""A paper made again from its records, or taken away with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from rag.library import identity
from rag.library.merging import authors_of, paper_from
from rag.library.names import Name
from rag.library.revision import forget_revision
from rag.types import Record

SEARCH_INDEXES = ("terms", "vectors")


def derive(db: sqlite3.Connection, key: int) -> None:
    """Make the paper again from its records, which have changed, and mark it for the search indexes."""
    forget_revision(db)
    rows = db.execute("SELECT position, content FROM records WHERE paper = ? ORDER BY key", (key,))
    records = [_record(position, content) for position, content in rows]
    (identifier,) = db.execute("SELECT id FROM papers WHERE key = ?", (key,)).fetchone()
    paper = paper_from(records, identifier)
    db.execute(
        "UPDATE papers SET title = ?, abstract = ?, authors_complete = ?, year = ?, venue = ?, url = ?, "
        "title_key = ? WHERE key = ?",
        (
            paper.title,
            paper.abstract,
            paper.authors_complete,
            paper.year,
            paper.venue,
            paper.url,
            identity.title_key(paper.title),
            key,
        ),
    )
    _write_authors(db, key, authors_of(records))
    _mark(db, key)


def remove(db: sqlite3.Connection, key: int) -> None:
    """Take away a paper that has no records any more, and mark it for the search indexes."""
    forget_revision(db)
    _write_authors(db, key, ())
    db.execute("DELETE FROM papers WHERE key = ?", (key,))
    _mark(db, key)


def _mark(db: sqlite3.Connection, key: int) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO pending (search_index, paper) VALUES (?, ?)",
        [(name, key) for name in SEARCH_INDEXES],
    )


def _write_authors(db: sqlite3.Connection, paper: int, names: Iterable[Name]) -> None:
    before = db.execute("SELECT author FROM authorships WHERE paper = ?", (paper,)).fetchall()
    db.execute("DELETE FROM authorships WHERE paper = ?", (paper,))
    db.executemany(
        "INSERT INTO authorships (paper, place, author) VALUES (?, ?, ?)",
        [(paper, place, _author(db, name)) for place, name in enumerate(names)],
    )
    db.executemany(
        "DELETE FROM authors WHERE key = ? AND NOT EXISTS (SELECT 1 FROM authorships WHERE author = key)", before
    )


def _author(db: sqlite3.Connection, name: Name) -> int:
    name_key, family_key = _keys(name)
    db.execute(
        "INSERT OR IGNORE INTO authors (name_key, family, given, suffix, family_key) VALUES (?, ?, ?, ?, ?)",
        (name_key, name.family, name.given, name.suffix, family_key),
    )
    (key,) = db.execute("SELECT key FROM authors WHERE name_key = ?", (name_key,)).fetchone()
    return int(key)


def _record(position: str, content: str) -> Record:
    values = json.loads(content)
    values["authors"] = tuple(values["authors"])
    return Record(position=position, **values)


@lru_cache(maxsize=50_000)
def _keys(name: Name) -> tuple[str, str]:
    return name.key, Name(name.family).key
