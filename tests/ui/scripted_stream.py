"""Answers under the control of a test: a piece is written when the test says so."""

from collections.abc import Iterator, Sequence
from queue import Queue

from rag.errors import RagError
from rag.types import Answer, Citation, Message, Paper

PAPER = Paper("p1", "On kelp", "Kelp is brown. It grows fast.", ("Ann Bee",), True, 2021)
CITATION = Citation(1, "p1", PAPER.title, PAPER.authors, 2021, None, None, "Kelp is brown.", True)


class HeldStream:
    """Yields what is put into `pieces`; None ends it, an error is raised, `stop` ends it too."""

    def __init__(self, model: str) -> None:
        self.pieces: Queue[str | BaseException | None] = Queue()
        self.citations: tuple[Citation, ...] = ()
        self.stops = 0
        self._model = model
        self._text = ""

    def stop(self) -> None:
        self.stops += 1
        self.pieces.put(None)

    def __iter__(self) -> Iterator[str]:
        while (piece := self.pieces.get(timeout=10)) is not None:
            if isinstance(piece, BaseException):
                raise piece
            self._text += piece
            if "[1]" in self._text:
                self.citations = (CITATION,)
            yield piece

    @property
    def answer(self) -> Answer:
        return Answer("q", "q", "fact", self._text, False, self.citations, self._model, written=(self._text,))


class HoldingAssistant:
    """Hands out streams in the order of `questions`."""

    def __init__(self, model: str = "tern") -> None:
        self.model = model
        self.streams: list[HeldStream] = []
        self.histories: list[Sequence[Message]] = []
        self.refusal: RagError | None = None

    def ask(self, question: str, history: Sequence[Message], **planned: object) -> HeldStream:
        if self.refusal:
            raise self.refusal
        self.histories.append(history)
        self.streams.append(HeldStream(self.model))
        return self.streams[-1]

    def paper(self, identifier: str) -> Paper:
        assert identifier == PAPER.id
        return PAPER

    def notice_of(self, answer: Answer) -> str:
        return f"By {answer.model}."
