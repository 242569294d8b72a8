"""Telling one state of a library from another."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.library.store import Library


REVISION = "revision"
"""The name of the fact under which a library keeps it."""
_DIGESTS = "SELECT digest FROM records ORDER BY digest"


class Revision:
    """The revision of a library, made anew only when its file has changed, and no ingest has kept it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made = threading.Lock()
        self._version: int | None = None
        self._revision = ""

    def __str__(self) -> str:
        """Twelve hexadecimal digits, the same for two libraries exactly when their records are.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._made:
            version: int = self._library.rows("PRAGMA data_version")[0][0]
            if version != self._version:
                self._revision = self._library.meta(REVISION) or _made(self._library.rows(_DIGESTS))
                self._version = version
            return self._revision


def keep_revision(library: Library) -> None:
    """Keep the revision in the library until a record changes: of many records it takes a while to make.

    Raises:
        LibraryError: The library cannot be written.
    """
    if library.meta(REVISION) is None:
        with library.transaction() as db:
            made = _made(db.execute(_DIGESTS))
            db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (REVISION, made))


def forget_revision(connection: sqlite3.Connection) -> None:
    """Say in a transaction that a record changes."""
    connection.execute("DELETE FROM meta WHERE name = ?", (REVISION,))


def _made(digests: Iterable[tuple[Any, ...]]) -> str:
    return hashlib.sha256(b"".join(digest for (digest,) in digests)).hexdigest()[:12]
