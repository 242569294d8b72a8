"""Putting one record into the library: new paper, new facts on a known one, or nothing new."""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

from rag.library import identity
from rag.library.deriving import derive
from rag.library.merging import paper_from
from rag.library.names import Name
from rag.types import Paper, Record

Outcome = Literal["added", "updated", "unchanged", "merged"]


class _Incoming(NamedTuple):
    """A record with what it is compared and kept by."""

    record: Record
    alone: Paper
    title_key: str
    record_key: str
    content: str
    digest: bytes


class RecordWriter:
    """Puts the records of one source into a library, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, source: str) -> None:
        self._db = connection
        self._seen: set[int] = set()
        connection.execute("INSERT OR IGNORE INTO sources (path) VALUES (?)", (source,))
        (self._source,) = connection.execute("SELECT key FROM sources WHERE path = ?", (source,)).fetchone()

    def put(self, record: Record) -> Outcome:
        """Store one record and say what became of it."""
        incoming = _incoming(record)
        known = self._record_of_this_source(incoming)
        if known is not None:
            record_row, paper, digest = known
            self._seen.add(record_row)
            if digest == incoming.digest:
                return "unchanged"
            self._db.execute(
                "UPDATE records SET position = ?, digest = ?, content = ? WHERE key = ?",
                (record.position, incoming.digest, incoming.content, record_row),
            )
            derive(self._db, paper)
            return "updated"
        existing = self._paper_of(incoming)
        paper = self._add_paper(incoming) if existing is None else existing
        self._add_record(incoming, paper)
        derive(self._db, paper)
        return "added" if existing is None else "merged"

    def _record_of_this_source(self, incoming: _Incoming) -> tuple[int, int, bytes] | None:
        """The record this source had under the same name; an identical one rather than another."""
        rows: list[tuple[int, int, bytes]] = self._db.execute(
            "SELECT key, paper, digest FROM records WHERE record_key = ? AND source = ? ORDER BY digest <> ?, key",
            (incoming.record_key, self._source, incoming.digest),
        ).fetchall()
        return next((row for row in rows if row[0] not in self._seen), None)

    def _paper_of(self, incoming: _Incoming) -> int | None:
        """The paper of the library that the record is of, if there is one."""
        identifier = incoming.record.id
        if identifier and identity.is_global(identifier):
            row = self._db.execute("SELECT paper FROM records WHERE record_key = ?", (incoming.record_key,)).fetchone()
            if row is not None:
                return int(row[0])
        rows = self._db.execute(
            "SELECT key, id, title, abstract, authors_complete, year FROM papers WHERE title_key = ? ORDER BY key",
            (incoming.title_key,),
        )
        for key, known_id, title, abstract, complete, year in rows.fetchall():
            if identifier and any(identity.distinct(identifier, known) for known in self._ids_of(key)):
                continue
            other = Paper(known_id, title, abstract, self._authors_of(key), bool(complete), year)
            if identity.same_paper(incoming.alone, other):
                return int(key)
        return None

    def _ids_of(self, paper: int) -> list[str]:
        rows = self._db.execute("SELECT record_key FROM records WHERE paper = ?", (paper,)).fetchall()
        return [name.removeprefix("id:") for (name,) in rows if name.startswith("id:")]

    def _authors_of(self, paper: int) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT family, given, suffix FROM authorships JOIN authors ON authors.key = author "
            "WHERE paper = ? ORDER BY place",
            (paper,),
        )
        return tuple(Name(*parts).display for parts in rows)

    def _add_paper(self, incoming: _Incoming) -> int:
        identifier = identity.paper_id(incoming.record, incoming.title_key)
        while self._db.execute("SELECT 1 FROM papers WHERE id = ?", (identifier,)).fetchone():
            identifier = f"{identifier}~{incoming.digest.hex()[:8]}"
        cursor = self._db.execute(
            "INSERT INTO papers (id, title, abstract, authors_complete, title_key) VALUES (?, '', '', 0, ?)",
            (identifier, incoming.title_key),
        )
        return int(cursor.lastrowid or 0)

    def _add_record(self, incoming: _Incoming, paper: int) -> None:
        position = incoming.record.position
        cursor = self._db.execute(
            "INSERT INTO records (source, paper, position, record_key, digest, content) VALUES (?, ?, ?, ?, ?, ?)",
            (self._source, paper, position, incoming.record_key, incoming.digest, incoming.content),
        )
        self._seen.add(int(cursor.lastrowid or 0))


def _incoming(record: Record) -> _Incoming:
    alone = paper_from([record], "")
    title_key = identity.title_key(alone.title)
    content = identity.content(record)
    return _Incoming(
        record, alone, title_key, identity.record_key(record, title_key), content, identity.digest(content)
    )
