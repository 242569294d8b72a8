"""An open library: what it holds, and transactions to change it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import LibraryError
from rag.library.identity import title_key
from rag.library.kept import Kept
from rag.library.names import Name
from rag.library.schema import connect, library_file, unusable
from rag.types import Paper

_VARIABLES = 900  # of one statement: SQLite's oldest limit is 999


class Library:
    """The papers in `folder`, readable from any thread; one thread writes at a time.

    Readers and the writer have a connection each, so that a question asked during an
    ingest sees the last finished batch and does not wait. `kept` holds what was made of the papers.

    Raises:
        LibraryError: The folder cannot be used as a library.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader = connect(folder)
        self._writer = connect(folder)
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self.kept = Kept(self)

    def close(self) -> None:
        """Close the file; the library can not be used any more."""
        with self._reading, self._writing:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are all kept when the block ends, or none if it raises.

        Raises:
            LibraryError: The disk is full or the file cannot be written.
        """
        with self._writing:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise LibraryError(
                    f"The library in {self.folder} cannot be written ({error}). What was there before is kept: "
                    "make room on the disk or make the folder writable, then run the command again."
                ) from error
            except sqlite3.DatabaseError as error:
                raise unusable(library_file(self.folder), error) from error
            finally:
                # Nothing to do after COMMIT, nor where SQLite has rolled back by itself.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one reading statement.

        Raises:
            LibraryError: The file cannot be read.
        """
        with self._reading:
            try:
                return self._reader.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise unusable(library_file(self.folder), error) from error

    def rows_in(self, sql: str, values: Sequence[Any], before: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a reading statement whose `{}` stands for any number of `values`, and `?` for those `before`."""
        for first in range(0, len(values), _VARIABLES):
            some = values[first : first + _VARIABLES]
            yield from self.rows(sql.format(", ".join("?" * len(some))), [*before, *some])

    def papers(self, keys: Sequence[int]) -> list[Paper]:
        """The papers with these keys, in this order; keys of papers that are gone are passed over."""
        found = self.papers_by_key(keys)
        return [found[key] for key in keys if key in found]

    def papers_by_key(self, keys: Sequence[int]) -> dict[int, Paper]:
        """The papers with these keys, without those that are gone."""
        authors: dict[int, list[str]] = {key: [] for key in keys}
        for key, *parts in self.rows_in(
            "SELECT paper, family, given, suffix FROM authorships JOIN authors ON authors.key = author "
            "WHERE paper IN ({}) ORDER BY paper, place",
            keys,
        ):
            authors[key].append(Name(*parts).display)
        return {
            row[0]: Paper(row[1], row[2], row[3], tuple(authors[row[0]]), bool(row[4]), *row[5:])
            for row in self.rows_in(
                "SELECT key, id, title, abstract, authors_complete, year, venue, url FROM papers WHERE key IN ({})",
                keys,
            )
        }

    def paper(self, identifier: str) -> Paper:
        """The paper with this id.

        Raises:
            LibraryError: There is none.
        """
        keys = [row[0] for row in self.rows("SELECT key FROM papers WHERE id = ?", (identifier,))]
        if not keys:
            raise LibraryError(f"No paper of the library has the id {identifier!r}. `rag search` prints the ids.")
        return self.papers(keys)[0]

    def papers_titled(self, title: str) -> list[Paper]:
        """The papers with this title, however it is spelt."""
        rows = self.rows("SELECT key FROM papers WHERE title_key = ?", (title_key(title),))
        return self.papers([key for (key,) in rows])

    def count(self, table: str) -> int:
        """How many rows `papers`, `authors` or `sources` has."""
        if table not in ("papers", "authors", "sources"):
            raise ValueError(table)
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - one of three constants

    def pending(self, search_index: str) -> int:
        """How many papers are not yet in this search index (`terms` or `vectors`)."""
        return int(self.rows("SELECT count(*) FROM pending WHERE search_index = ?", (search_index,))[0][0])

    def meta(self, name: str) -> str | None:
        """A fact the library keeps about itself, or None if it was never set."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact about the library."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
