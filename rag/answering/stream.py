"""An answer while it is being written."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from rag.answering.citations import Numbering
from rag.types import Answer, Citation


class AnswerStream:
    """Iterates over the Markdown of an answer, piece by piece.

    `citations` has every marker of the pieces given so far. `answer` is the whole answer;
    asking for it reads what is left of the stream.
    """

    def __init__(self, pieces: Generator[str, None, Answer], numbering: Numbering) -> None:
        self._pieces = pieces
        self._numbering = numbering
        self._answer: Answer | None = None

    def __iter__(self) -> Iterator[str]:
        if self._answer is None:
            self._answer = yield from self._pieces

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
            raise RuntimeError("this answer was abandoned before it was finished")
        return self._answer
