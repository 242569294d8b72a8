"""The turns a visitor sees. Kept in the session, so a rerun of the page loses none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from rag.types import Message
from rag.ui.generation import Generation, Written

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.planning.parts import Part


@dataclass(slots=True)
class Turn:
    """A question and its answer: the one `generation` writes, or else the one that was `kept`.

    `dropped` are parts of how the question is understood that the user does without.
    """

    id: int
    question: str
    generation: Generation | None = None
    kept: Written = field(default_factory=Written)
    dropped: tuple[Part, ...] = ()

    @property
    def written(self) -> Written:
        """What there is of the answer now."""
        return self.generation.written if self.generation else self.kept

    @property
    def over(self) -> bool:
        """Whether that is all of it."""
        return self.generation is None or self.generation.over


@dataclass(slots=True)
class Conversation:
    """The turns of one chat, oldest first. Turn ids are never used twice in a session."""

    turns: list[Turn] = field(default_factory=list)
    _ids: count[int] = field(default_factory=lambda: count(1))

    def ask(self, question: str, assistant: Assistant, dropped: tuple[Part, ...] = ()) -> Turn:
        """A new turn at the end; its answer is written as soon as those before it are over."""
        before = tuple(self.turns)
        after = before[-1].generation if before else None
        generation = Generation(assistant, question, lambda: history(before), after, dropped)
        turn = Turn(next(self._ids), question, generation, dropped=dropped)
        self.turns.append(turn)
        return turn

    def ask_again(self, assistant: Assistant, dropping: Sequence[Part] = ()) -> None:
        """Ask the last question once more, in place of its turn, without those parts of how it is understood too."""
        turn = self.turns.pop()
        self.ask(turn.question, assistant, (*turn.dropped, *dropping))

    def stop(self) -> None:
        """End the answers that are being written with what there is of them."""
        for turn in self.turns:
            if turn.generation:
                turn.generation.stop()

    def clear(self) -> None:
        """Start again without turns."""
        self.stop()
        self.turns.clear()


def history(turns: Sequence[Turn]) -> tuple[Message, ...]:
    """What was said in these turns, without questions that got no answer."""
    return tuple(
        message
        for turn in turns
        if (text := turn.written.text)
        for message in (Message("user", turn.question), Message("assistant", text))
    )
