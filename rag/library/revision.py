"""Telling one state of a library from another."""

from __future__ import annotations

import hashlib
import threading

from rag.library.store import Library


class Revision:
    """The revision of a library, made anew only when its file has changed."""

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
                digests = self._library.rows("SELECT digest FROM records ORDER BY digest")
                self._revision = hashlib.sha256(b"".join(digest for (digest,) in digests)).hexdigest()[:12]
                self._version = version
            return self._revision
