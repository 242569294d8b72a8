"""The file of the conversations: its tables, and how it is opened."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

from rag.errors import ConversationsError

VERSION = 1
FILE = "conversations.sqlite"
_WAIT = 5.0  # seconds for another program that reads the file to let go of it

TABLES = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    visitor TEXT NOT NULL,
    title TEXT NOT NULL,
    renamed INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    changed REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_visitor ON conversations (visitor, changed);
CREATE TABLE turns (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    place INTEGER NOT NULL,
    question TEXT NOT NULL,
    filters TEXT NOT NULL,
    dropped TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    citations TEXT NOT NULL DEFAULT '[]',
    stopped INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',
    notice TEXT NOT NULL DEFAULT '',
    rating TEXT NOT NULL DEFAULT '',
    UNIQUE (conversation, place)
);
"""


def connect(folder: Path) -> sqlite3.Connection:
    """The file of the library in `folder`, made if it is not there; for use from any thread, one at a time.

    Raises:
        ConversationsError: It cannot be opened or written, is damaged or of a later version.
    """
    file = folder / FILE
    connection = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("folded", 1, folded, deterministic=True)
        _make_tables(connection, file)
    except (OSError, sqlite3.DatabaseError, ConversationsError) as error:
        if connection:
            connection.close()
        raise error if isinstance(error, ConversationsError) else unusable(file, error) from error
    return connection


def _make_tables(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise ConversationsError(
            f"Conversations cannot be kept: {file} was written by a later version of this program. Use that version."
        )
    if version == 0:
        for statement in TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def unusable(file: Path, error: Exception) -> ConversationsError:
    """The error for a file that SQLite cannot use."""
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        advice = "Move the file elsewhere and start this page again."
    else:
        advice = "Make its folder writable and make room on the disk."
    return ConversationsError(f"Conversations cannot be kept: {file} cannot be used ({error}). {advice}")


def folded(text: str) -> str:
    """`text` as it is searched: without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
