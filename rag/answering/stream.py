"""An answer while it is being written."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event

    from rag.answering.citations import Numbering
    from rag.types import Answer, Citation


class AnswerStream(Iterator[str]):
    """Iterates over the Markdown of an answer, piece by piece.

    `citations` has every marker of the pieces given so far. `answer` is the whole answer;
    asking for it reads what is left of the stream. `stop` may be called from any thread: the
    language model is cut off, and what it had written is the answer.
    """

    def __init__(self, pieces: Generator[str, None, Answer], numbering: Numbering, stopping: Event) -> None:
        self._pieces = pieces
        self._numbering = numbering
        self._stopping = stopping
        self._answer: Answer | None = None

    def stop(self) -> None:
        """End the answer with what there is of it."""
        self._stopping.set()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._pieces)
        except StopIteration as end:
            self._answer = end.value or self._answer
            raise

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the markers given so far stand for."""
        return self._numbering.citations

    @property
    def answer(self) -> Answer:
        """The finished answer."""
        for _ in self:
            pass
        if self._answer is None:
            raise RuntimeError("this answer failed before it was finished")
        return self._answer
