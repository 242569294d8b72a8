"""The turns of a chat. All pages that have a conversation open share it, and so does the answer on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING

from rag.conversations.kept import KeptTurn, Rating
from rag.types import EVERYTHING, Filters, Message
from rag.ui.chat.generation import Generation, Written
from rag.ui.chat.keeping import Keeping

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.planning.parts import Part

turn_ids = count(1)
UNREPEATABLE = (
    "This question cannot be asked again: the filters it was asked with cannot be read any more. "
    "Set filters anew, then ask it as a new question."
)


@dataclass(slots=True)
class Turn:
    """A question and its answer: the one `generation` writes, or else the one that was `kept`.

    `dropped` are parts of how the question is understood that the user does without, `filters` what may answer,
    `rating` what the user thinks of the answer, `attempt` how often the question was answered before;
    `key` is what it has in the file of the conversations, 0 where it could not be kept; `repeatable` is whether
    `filters` and `dropped` are those it was asked with.
    """

    id: int
    question: str
    generation: Generation | None = None
    kept: Written = field(default_factory=Written)
    dropped: tuple[Part, ...] = ()
    filters: Filters = EVERYTHING
    rating: Rating = ""
    attempt: int = 0
    key: int = 0
    repeatable: bool = True

    @property
    def written(self) -> Written:
        """What there is of the answer now."""
        return self.generation.written if self.generation else self.kept

    @property
    def over(self) -> bool:
        """Whether that is all of it."""
        return self.generation is None or self.generation.over


@dataclass(slots=True, weakref_slot=True, eq=False)
class Conversation:
    """The turns of one chat, oldest first. Their list never changes: when there are others, another takes its place.

    `keeping` is where they are kept, None where they are not. Turn ids are never used twice on a server.
    Methods may be called from any thread.
    """

    turns: list[Turn] = field(default_factory=list)
    keeping: Keeping | None = None
    deleted: bool = False
    _changing: RLock = field(default_factory=RLock)

    @property
    def id(self) -> str:
        """What it is found by again; empty where it is not kept."""
        return self.keeping.id if self.keeping else ""

    def ask(
        self,
        question: str,
        assistant: Assistant,
        *,
        filters: Filters = EVERYTHING,
        dropped: tuple[Part, ...] = (),
        model: str | None = None,
    ) -> Turn:
        """A new turn at the end; its answer is written as soon as those before it are over.

        `model` is another of the server's models than the one that is set.
        """
        with self._changing:
            return self._add(Turn(next(turn_ids), question, dropped=dropped, filters=filters), assistant, model)

    def ask_again(
        self, last: Turn, assistant: Assistant, dropping: Sequence[Part] = (), *, model: str | None = None
    ) -> None:
        """Ask the last question once more, in place of its turn, without those parts of how it is understood too.

        Nothing happens where `last` is not the last turn any more: another tab has asked on.
        """
        with self._changing:
            if last is not self.turns[-1] or not _repeatable(last):
                return
            dropped = (*last.dropped, *dropping)
            attempt = last.attempt + (last.written.answer is not None and not dropping)
            turn = Turn(next(turn_ids), last.question, dropped=dropped, filters=last.filters, attempt=attempt)
            self._add(turn, assistant, model, instead_of=last)

    def ask_instead(self, last: Turn, question: str, assistant: Assistant, *, model: str | None = None) -> None:
        """Ask another question in place of the last one, or after it where `last` is not the last turn any more."""
        with self._changing:
            if not _repeatable(last):
                return
            replaced = last if last is self.turns[-1] else None
            self._add(Turn(next(turn_ids), question, filters=last.filters), assistant, model, instead_of=replaced)

    def _add(self, turn: Turn, assistant: Assistant, model: str | None, instead_of: Turn | None = None) -> Turn:
        before = [each for each in self.turns if each is not instead_of]
        if instead_of and instead_of.generation:
            instead_of.generation.stop()
        if self.keeping:
            kept = KeptTurn(turn.question, turn.filters, turn.dropped)
            turn.key = self.keeping.question(kept, instead_of.key if instead_of else 0)
        ask = partial(assistant.ask, filters=turn.filters, dropped=turn.dropped, model=model, attempt=turn.attempt)
        turn.generation = Generation(
            assistant,
            lambda: ask(turn.question, history(before)),
            before[-1].generation if before else None,
            lambda written: self._keep(turn, written),
        )
        self.turns = [*before, turn]
        return turn

    def _keep(self, turn: Turn, written: Written) -> None:
        if self.keeping and turn.key:
            self.keeping.answer(turn.key, written)

    def rate(self, turn: Turn, rating: Rating) -> None:
        """Keep what the user thinks of an answer."""
        turn.rating = rating
        if self.keeping and turn.key:
            self.keeping.rating(turn.key, rating)

    def stop(self) -> None:
        """End the answers that are being written with what there is of them."""
        for turn in self.turns:
            if turn.generation:
                turn.generation.stop()


def _repeatable(turn: Turn) -> bool:
    """Whether a turn can be asked again; if not, it says so itself."""
    if not turn.repeatable:
        turn.kept = replace(turn.kept, failure=UNREPEATABLE)
    return turn.repeatable


def history(turns: Sequence[Turn]) -> tuple[Message, ...]:
    """What was said in these turns, without questions that got no answer."""
    return tuple(
        message
        for turn in turns
        if (text := turn.written.text)
        for message in (Message("user", turn.question), Message("assistant", text))
    )
