"""An answer is written in a thread of its own; whichever run of the page is there draws what there is of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.types import Answer, Citation, Paper

if TYPE_CHECKING:
    from rag.answering.stream import AnswerStream
    from rag.assistant import Assistant

UNFORESEEN = "Something went wrong while this answer was written. Try again; the log of this page's server says what."
_PATIENCE = 1.0  # seconds that a stopped answer is given to end by itself
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """What there is of an answer. It never changes: when there is more, another takes its place.

    `papers` has the paper of every citation, by id. `answer` is there once the stream has ended; `failure` is
    a sentence for the user, `notice` one on how the answer was made; `stopped` is whether the user ended it.
    """

    text: str = ""
    citations: tuple[Citation, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    answer: Answer | None = None
    failure: str = ""
    notice: str = ""
    stopped: bool = False

    @property
    def refused(self) -> bool:
        """Whether the library could not answer."""
        return self.answer is not None and self.answer.refused

    @property
    def extractive(self) -> bool:
        """Whether the answer is sentences quoted from abstracts."""
        return self.answer is not None and not self.answer.refused and self.answer.model == "extractive"


class Generation:
    """One answer on its way. Its thread starts at once, and asks by calling `ask` when the answer of `after` is over.

    `keep` is given what is written when it is over, and when it is to be stopped: whether or not anyone watches.

    `written` may be read, and every method called, from any thread. `began` is when the question was
    asked, on the clock of `time.monotonic`; None until then.
    """

    def __init__(
        self,
        assistant: Assistant,
        ask: Callable[[], AnswerStream],
        after: Generation | None = None,
        keep: Callable[[Written], None] | None = None,
    ) -> None:
        self.written = Written()
        self.began: float | None = None
        self._after = after
        self._keep = keep
        self._keeping = Lock()
        self._changed = Condition()
        self._stopped_at: float | None = None
        self._finished = False
        self._stream: AnswerStream | None = None
        Thread(target=self._run, args=(assistant, ask), name="answer", daemon=True).start()

    @property
    def queued(self) -> bool:
        """Whether it waits for the answer before."""
        return self._after is not None

    @property
    def over(self) -> bool:
        """Whether nothing will be added to what is written."""
        return self._finished or (self._stopped_at is not None and time.monotonic() - self._stopped_at > _PATIENCE)

    def wait(self, seen: Written, seconds: float) -> None:
        """Until there is something else than `seen`, or the answer is over, but `seconds` at most."""
        with self._changed:
            self._changed.wait_for(lambda: self.written is not seen or self.over, seconds)

    def wait_until_over(self) -> None:
        """Until nothing will be added."""
        while not self.over:
            self.wait(self.written, _PATIENCE)

    def stop(self) -> None:
        """End the answer with what there is of it."""
        with self._changed:
            if self.over or self._stopped_at is not None:
                return
            self._stopped_at = time.monotonic()
            self.written = replace(self.written, stopped=True)
            self._changed.notify_all()
            stream = self._stream
        if stream is not None:
            stream.stop()
        self._keep_written()  # now: the stream may never end

    def _keep_written(self) -> None:
        if self._keep is None:
            return
        with self._keeping:  # what is kept last is what was written last
            self._keep(self.written)

    def _run(self, assistant: Assistant, ask: Callable[[], AnswerStream]) -> None:
        try:
            if self._after is not None:
                self._after.wait_until_over()
                self._after = None
            if not self.written.stopped:
                self._write(assistant, ask)
        except RagError as failure:
            self._fail(str(failure))
        except Exception:  # whatever it is, the page has to say something
            _log.exception("an answer could not be written")
            self._fail(UNFORESEEN)
        finally:
            try:
                self._keep_written()
            finally:
                with self._changed:
                    self._finished = True
                    self._changed.notify_all()

    def _write(self, assistant: Assistant, ask: Callable[[], AnswerStream]) -> None:
        self.began = time.monotonic()
        stream = ask()
        with self._changed:
            self._stream = stream
        if self.written.stopped:
            stream.stop()
        text = ""
        for delta in stream:
            text += delta
            self._put(replace(self._cited(stream.citations, assistant), text=text))
        answer = stream.answer
        whole = replace(self._cited(answer.citations, assistant), text=answer.answer, answer=answer)
        # Quoted sentences are there at once: such an answer is whole, however soon it was to be stopped.
        stopped = whole.stopped and not whole.extractive
        self._put(replace(whole, notice=assistant.notice_of(answer), stopped=stopped))

    def _cited(self, citations: tuple[Citation, ...], assistant: Assistant) -> Written:
        """What is written, with these citations and their papers."""
        if citations == self.written.citations:
            return self.written
        known = self.written.papers
        cited = {citation.paper_id for citation in citations}
        papers = {name: known[name] if name in known else assistant.paper(name) for name in cited}
        return replace(self.written, citations=citations, papers=papers)

    def _fail(self, sentence: str) -> None:
        if not self.written.stopped:
            self._put(replace(self.written, failure=sentence))

    def _put(self, written: Written) -> None:
        with self._changed:
            if self.over:
                return
            stopped = self.written.stopped if written.answer is None else written.stopped
            self.written = replace(written, stopped=stopped)
            self._changed.notify_all()
