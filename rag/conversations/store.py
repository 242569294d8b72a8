"""The conversations of a library's visitors. Each visitor finds, changes and removes only their own."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rag.conversations import fields
from rag.conversations.fields import valid
from rag.conversations.kept import Entry, KeptAnswer, KeptTurn, Rating
from rag.conversations.schema import FILE, connect, folded, unusable
from rag.conversations.titles import shortened, title_of
from rag.errors import NoConversation

# A turn is found only through the conversation it is in, and that only through its visitor.
_OF_VISITOR = "conversation = (SELECT id FROM conversations WHERE id = ? AND visitor = ?)"
_MOST_WORDS = 30  # of a search: SQLite takes no condition of any length


def new_id() -> str:
    """The id of a new conversation, which nobody can guess."""
    return secrets.token_urlsafe(16)


class Conversations:
    """The conversations kept in `folder`. Every change is one transaction, and on the disk when its method returns.

    Methods may be called from any thread, and raise ConversationsError where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._connection = connect(folder)
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def keep_question(self, visitor: str, conversation: str, turn: KeptTurn, instead_of: int = 0) -> int:
        """Keep a question that is about to be answered, after those before or instead of the turn with a key.

        The conversation begins with its first question. Returns the key of the turn.

        Raises:
            NoConversation: The conversation is another visitor's.
        """
        now = time.time()
        with self._change() as write:
            title = title_of(turn.question)
            begin = "INSERT INTO conversations VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO UPDATE SET changed = ? "
            values = (conversation, visitor, valid(title), now, now, now, visitor)
            if not write.execute(begin + "WHERE visitor = ?", values).rowcount:
                raise NoConversation(_missing())
            sql = "DELETE FROM turns WHERE key = ? AND conversation = ? RETURNING place"
            gone = write.execute(sql, (instead_of, conversation)).fetchall()
            place = gone[0][0] if gone else self._next_place(conversation)
            made = write.execute(
                "INSERT INTO turns (conversation, place, question, filters, dropped) VALUES (?, ?, ?, ?, ?)",
                (
                    conversation,
                    place,
                    valid(turn.question),
                    fields.written(turn.filters),
                    valid(json.dumps(turn.dropped, ensure_ascii=False)),
                ),
            )
            if place == 0:
                self._name(conversation, title)
            return int(made.lastrowid or 0)

    def _next_place(self, conversation: str) -> int:
        sql = "SELECT coalesce(max(place) + 1, 0) FROM turns WHERE conversation = ?"
        return int(self._connection.execute(sql, (conversation,)).fetchone()[0])

    def _name(self, conversation: str, title: str) -> None:
        """Call a conversation so, unless its visitor has named it."""
        sql = "UPDATE conversations SET title = ? WHERE id = ? AND NOT renamed"
        self._connection.execute(sql, (valid(title), conversation))

    def keep_answer(self, visitor: str, conversation: str, key: int, given: KeptAnswer) -> None:
        """Keep what was written for a question; nothing happens where that is gone."""
        with self._change() as write:
            rows = write.execute(
                "UPDATE turns SET answer = ?, text = ?, citations = ?, stopped = ?, failure = ?, notice = ? "  # noqa: S608
                f"WHERE key = ? AND {_OF_VISITOR} RETURNING place, question",
                (
                    fields.written(given.answer) if given.answer else "",
                    valid(given.text),
                    fields.written(given.citations),
                    given.stopped,
                    valid(given.failure),
                    valid(given.notice),
                    key,
                    conversation,
                    visitor,
                ),
            ).fetchall()
            if not rows:
                return
            [(place, question)] = rows
            write.execute("UPDATE conversations SET changed = ? WHERE id = ?", (time.time(), conversation))
            if place == 0 and given.answer and given.answer.plan:
                self._name(conversation, title_of(question, given.answer.plan))

    def rate(self, visitor: str, conversation: str, key: int, rating: Rating) -> None:
        """Keep what the visitor thinks of an answer."""
        sql = f"UPDATE turns SET rating = ? WHERE key = ? AND {_OF_VISITOR}"  # noqa: S608
        with self._change() as write:
            write.execute(sql, (rating, key, conversation, visitor))

    def rename(self, visitor: str, conversation: str, title: str) -> None:
        """Call a conversation as its visitor wants; an empty title changes nothing."""
        if title := " ".join(title.split()):
            self._change_own(
                "UPDATE conversations SET title = ?, renamed = 1",
                (valid(shortened(title, 200)),),
                visitor,
                conversation,
            )

    def delete(self, visitor: str, conversation: str) -> None:
        """Remove a conversation with all that was said in it."""
        self._change_own("DELETE FROM conversations", (), visitor, conversation)

    def hand_over(self, visitor: str, to: str) -> None:
        """Give all conversations of a visitor to another, who is the same person."""
        with self._change() as write:
            write.execute("UPDATE conversations SET visitor = ? WHERE visitor = ?", (to, visitor))

    def listed(self, visitor: str, k: int, query: str = "") -> list[Entry]:
        """The visitor's `k` newest conversations that have all words of `query` in title, questions and answers.

        Of a very long query the first words count.
        """
        found = "SELECT id, title, changed FROM conversations WHERE visitor = ?"
        values: list[Any] = [visitor]
        for word in list(dict.fromkeys(folded(valid(query)).split()))[:_MOST_WORDS]:
            found += (
                " AND (instr(folded(title), ?) OR EXISTS (SELECT 1 FROM turns WHERE conversation = id"
                " AND (instr(folded(question), ?) OR instr(folded(text), ?))))"
            )
            values += [word] * 3
        rows = self._rows(f"{found} ORDER BY changed DESC, id LIMIT ?", [*values, k])
        return [Entry(*row) for row in rows]

    def count(self, visitor: str) -> int:
        """How many conversations a visitor has."""
        return int(self._rows("SELECT count(*) FROM conversations WHERE visitor = ?", (visitor,))[0][0])

    def entry(self, visitor: str, conversation: str) -> Entry:
        """One conversation of the list.

        Raises:
            NoConversation: The visitor has none with this id.
        """
        sql = "SELECT id, title, changed FROM conversations WHERE id = ? AND visitor = ?"
        rows = self._rows(sql, (valid(conversation), visitor))
        if not rows:
            raise NoConversation(_missing())
        return Entry(*rows[0])

    def turns(self, visitor: str, conversation: str) -> list[KeptTurn]:
        """All turns of a conversation, oldest first.

        Raises:
            NoConversation: The visitor has none with this id.
        """
        self.entry(visitor, conversation)
        rows = self._rows(
            "SELECT question, filters, dropped, rating, key, answer, text, citations, stopped, failure, notice "
            "FROM turns WHERE conversation = ? ORDER BY place",
            (conversation,),
        )
        return [_turn(*row) for row in rows]

    def _change_own(self, sql: str, values: Sequence[Any], visitor: str, conversation: str) -> None:
        with self._change() as write:
            found = write.execute(f"{sql} WHERE id = ? AND visitor = ?", (*values, valid(conversation), visitor))
            if not found.rowcount:
                raise NoConversation(_missing())

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are all kept when the block ends, or none if it raises."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise unusable(self._file, error) from error
                raise

    def _rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise unusable(self._file, error) from error


def _missing() -> str:
    return "There is no such conversation here. It may have been deleted, or belong to another browser or person."


def _turn(question: str, filters: str, dropped: str, rating: Rating, key: int, *given: Any) -> KeptTurn:
    answer = _given(*given)
    try:
        return KeptTurn(question, fields.filters(filters), fields.pairs(dropped), answer, rating, key)
    except ValueError:
        return KeptTurn(question, given=answer, rating=rating, key=key, repeatable=False)


def _given(answer: str, text: str, citations: str, stopped: int, failure: str, notice: str) -> KeptAnswer:
    try:
        whole = fields.answer(answer) if answer else None
        return KeptAnswer(text, fields.citations(citations), whole, bool(stopped), failure, notice)
    except ValueError:
        return KeptAnswer(text, (), None, bool(stopped), fields.UNREADABLE, notice)
