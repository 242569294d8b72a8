"""The turns a visitor sees. Kept in the session, so a rerun of the page loses none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from rag.types import Answer, Citation, Message, Paper


@dataclass(slots=True)
class Turn:
    """A question and as much of its answer as has arrived.

    `answer` is there once the stream has ended; `failure` is a sentence for the user, `notice` one on how it was made.
    """

    id: int
    question: str
    text: str = ""
    citations: tuple[Citation, ...] = ()
    papers: dict[str, Paper] = field(default_factory=dict)
    answer: Answer | None = None
    failure: str = ""
    notice: str = ""

    @property
    def refused(self) -> bool:
        """Whether the library could not answer."""
        return self.answer is not None and self.answer.refused

    @property
    def extractive(self) -> bool:
        """Whether the answer is sentences quoted from abstracts."""
        return self.answer is not None and not self.answer.refused and self.answer.model == "extractive"


@dataclass(slots=True)
class Conversation:
    """The turns of one chat, oldest first. Turn ids are never used twice in a session."""

    turns: list[Turn] = field(default_factory=list)
    _ids: count[int] = field(default_factory=lambda: count(1))

    def ask(self, question: str) -> Turn:
        """A new turn at the end."""
        turn = Turn(next(self._ids), question)
        self.turns.append(turn)
        return turn

    def clear(self) -> None:
        """Start again without turns."""
        self.turns.clear()

    def history(self) -> tuple[Message, ...]:
        """What was said so far, without questions that got no answer."""
        return tuple(
            message
            for turn in self.turns
            if turn.text
            for message in (Message("user", turn.question), Message("assistant", turn.text))
        )
