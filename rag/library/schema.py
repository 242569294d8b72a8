"""The SQLite file of a library: its tables, and how a connection to it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from rag.errors import LibraryError

VERSION = 1

# papers are derived: each is what its records say together. records keep the
# sources' own words, so that a paper can be made again when one of them changes.
# A chunk is live once its vector is in Chroma; one that is not waits to be deleted there.
TABLES = """
CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
);
CREATE TABLE papers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    authors_complete INTEGER NOT NULL,
    year INTEGER,
    venue TEXT,
    url TEXT,
    title_key TEXT NOT NULL
);
CREATE INDEX papers_by_title ON papers (title_key);
CREATE INDEX papers_by_year ON papers (year);
CREATE TABLE records (
    key INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    paper INTEGER NOT NULL REFERENCES papers,
    position TEXT NOT NULL,
    record_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX records_by_name ON records (record_key, source);
CREATE INDEX records_by_paper ON records (paper);
CREATE TABLE authors (
    key INTEGER PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    suffix TEXT NOT NULL,
    family_key TEXT NOT NULL
);
CREATE INDEX authors_by_family ON authors (family_key);
CREATE TABLE authorships (
    paper INTEGER NOT NULL REFERENCES papers,
    place INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES authors,
    PRIMARY KEY (paper, place)
) WITHOUT ROWID;
CREATE INDEX authorships_by_author ON authorships (author);
CREATE TABLE chunks (
    id TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES papers,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    digest BLOB NOT NULL,
    live INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX chunks_by_paper ON chunks (paper);
CREATE TABLE embeddings (
    digest BLOB NOT NULL,
    embedder TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (digest, embedder)
) WITHOUT ROWID;
CREATE TABLE pending (
    search_index TEXT NOT NULL,
    paper INTEGER NOT NULL,
    PRIMARY KEY (search_index, paper)
) WITHOUT ROWID;
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""


def library_file(folder: Path) -> Path:
    """The SQLite file of the library in `folder`."""
    return folder / "library.sqlite"


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to the library in `folder`, made and laid out if it is not there yet.

    Transactions are explicit (`BEGIN`); the connection may be used from any thread.

    Raises:
        LibraryError: The folder cannot be written, or the file is damaged or of another version.
    """
    path = library_file(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise LibraryError(
            f"The library folder {folder} cannot be used ({error}). "
            "Choose a folder you can write to with --library or RAG_LIBRARY."
        ) from error
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _lay_out(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error) from error
    except LibraryError:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have laid the tables out while this one waited.
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            for statement in TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    elif version != VERSION:
        raise LibraryError(
            f"The library {path} was made by another version of rag (layout {version}, not {VERSION}). "
            "Use that version, or choose another folder with --library and ingest the sources again."
        )


def unusable(path: Path, error: sqlite3.Error) -> LibraryError:
    """What to tell the user when SQLite refuses the library's file."""
    if isinstance(error, sqlite3.OperationalError):
        return LibraryError(
            f"The library {path} cannot be opened ({error}). "
            "Check that the folder is writable and the disk is not full, or choose another with --library."
        )
    return LibraryError(
        f"The library {path} is not a readable SQLite file ({error}). "
        "Restore it from a backup, or move it away and ingest the sources again."
    )
