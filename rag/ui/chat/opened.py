"""The conversations of this server's visitors: those that someone has open or that are being written, and the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import RLock
from weakref import WeakValueDictionary

from rag.conversations.export import as_markdown
from rag.conversations.kept import Entry, KeptTurn
from rag.conversations.store import Conversations, new_id
from rag.errors import ConversationsError, NoConversation
from rag.types import Paper
from rag.ui.chat.conversation import Conversation, Turn, turn_ids
from rag.ui.chat.keeping import Keeping, parts_of, shown_again


class OpenConversations:
    """All conversations of a library. `problem` says why they cannot be kept, "" if they can.

    A conversation that is open somewhere, or has an answer on its way, is one and the same object everywhere.
    """

    def __init__(self, folder: Path) -> None:
        self.problem = ""
        self._file: Conversations | None = None
        self._open: WeakValueDictionary[str, Conversation] = WeakValueDictionary()
        self._lock = RLock()
        try:
            self._file = Conversations(folder)
        except ConversationsError as error:
            self.problem = str(error)

    def new(self, visitor: str) -> Conversation:
        """A conversation without turns; it is kept from its first question on."""
        if self._file is None:
            return Conversation()
        conversation = Conversation(keeping=Keeping(self._file, visitor, new_id(), self._told))
        with self._lock:
            self._open[conversation.id] = conversation
        return conversation

    def reopened(self, visitor: str, identifier: str, find: Callable[[str], Paper]) -> Conversation:
        """The visitor's conversation with this id; `find` has the papers that are cited.

        Raises:
            NoConversation: The visitor has none with this id.
            ConversationsError: It cannot be read.
        """
        file = self._read()
        with self._lock:
            conversation = self._open.get(identifier)
            if conversation and conversation.keeping and conversation.keeping.visitor == visitor:
                return conversation
            turns = [_turn(kept, find) for kept in file.turns(visitor, identifier)]
            conversation = Conversation(turns, Keeping(file, visitor, identifier, self._told))
            self._open[identifier] = conversation
            return conversation

    def listed(self, visitor: str, k: int, query: str = "") -> list[Entry]:
        """The visitor's `k` newest conversations with all words of `query`; none where they cannot be read."""
        try:
            return self._file.listed(visitor, k, query) if self._file else []
        except ConversationsError as error:
            self.problem = str(error)
            return []

    def count(self, visitor: str) -> int:
        """How many conversations a visitor has."""
        try:
            return self._file.count(visitor) if self._file else 0
        except ConversationsError as error:
            self.problem = str(error)
            return 0

    def rename(self, visitor: str, identifier: str, title: str) -> None:
        """Call a conversation as its visitor wants."""
        self._tried(lambda file: file.rename(visitor, identifier, title))

    def delete(self, visitor: str, identifier: str) -> None:
        """Remove a conversation, wherever it is open, and end its answers."""
        self._tried(lambda file: file.delete(visitor, identifier))
        with self._lock:
            conversation = self._open.pop(identifier, None)
        if conversation:
            conversation.deleted = True
            conversation.stop()

    def markdown(self, visitor: str, identifier: str, find: Callable[[str], Paper]) -> str:
        """A conversation as a Markdown file; `find` has the papers that are cited."""
        file = self._read()
        return as_markdown(file.entry(visitor, identifier).title, file.turns(visitor, identifier), find)

    def hand_over(self, visitor: str, to: str) -> None:
        """Give all conversations of a visitor to another, who is the same person."""
        with self._lock:
            if self._file:
                self._file.hand_over(visitor, to)
            for conversation in list(self._open.values()):
                if conversation.keeping and conversation.keeping.visitor == visitor:
                    conversation.keeping.visitor = to

    def _tried(self, change: Callable[[Conversations], None]) -> None:
        try:
            change(self._read())
        except NoConversation:
            raise
        except ConversationsError as error:
            self.problem = str(error)
            raise

    def _read(self) -> Conversations:
        if self._file is None:
            raise ConversationsError(self.problem)
        return self._file

    def _told(self, problem: str) -> None:
        self.problem = problem


def _turn(kept: KeptTurn, find: Callable[[str], Paper]) -> Turn:
    return Turn(
        next(turn_ids),
        kept.question,
        kept=shown_again(kept.given, find),
        dropped=parts_of(kept.dropped),
        filters=kept.filters,
        rating=kept.rating,
        key=kept.key,
        repeatable=kept.repeatable,
    )
