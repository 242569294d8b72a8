"""Files are read into the library in the background, one run after another, whoever watches or reloads the page."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.types import IngestReport, Progress, Removal
from rag.ui.pace import Pace
from rag.ui.uploads import Uploads
from rag.ui.wording import lasting

if TYPE_CHECKING:
    from rag.assistant import Assistant

_STAGES = {
    "waiting": "Waiting for the files before",
    "reading": "Reading the papers",
    "removing": "Removing the papers",
    "words": "Indexing their words",
    "meaning": "Indexing their meaning",
}
UPLOADS = "uploads"
_log = logging.getLogger(__name__)


class Run:
    """One piece of work on the library, and how far it is.

    When `settled` is set, its papers are found by their words, and there is a `report` or a `removal`, or a `failure`
    to raise. When `finished` is set, it is over: the meaning is indexed too, or left to the run after it.
    """

    def __init__(
        self,
        names: Sequence[str],
        work: Callable[[Run, Progress], None],
        meaning: Meaning,
        *,
        removes: bool = False,
    ) -> None:
        self.names = tuple(names)
        self.removes = removes
        self.stage = "waiting"
        self.done = 0
        self.total: int | None = None
        self.report = IngestReport()
        self.removal: Removal | None = None
        self.failure: Exception | None = None
        self.settled = Event()
        self.finished = Event()
        self._work = work
        self._meaning = meaning
        self._pace = Pace()
        self._most = 0  # papers whose meaning had to be indexed

    def settle(self) -> None:
        """Do what has to be done until the papers are found by their words."""
        self._seen("reading", 0, None)
        try:
            self._work(self, self._seen)
        except Exception as failure:  # whatever it is, the page has to know
            if not isinstance(failure, RagError):
                _log.exception("the library could not be changed")
            self.failure = failure
        finally:
            self.settled.set()

    def _seen(self, stage: str, done: int, total: int | None) -> None:
        if stage != self.stage:
            self._pace = Pace()
        self.stage, self.done, self.total = stage, done, total
        self._pace.note(done)

    def _amount(self) -> tuple[int, int | None, Pace]:
        if self.stage != "meaning":
            return self.done, self.total, self._pace
        # Whoever indexes it, also what was pending before this run: it is what is left that counts.
        pending = self._meaning.pending()
        self._most = max(self._most, pending)
        return self._most - pending, self._most, self._meaning.pace

    @property
    def label(self) -> str:
        """What is happening, with counts: "Indexing their words · 12 of 19 · about 3 minutes left"."""
        name = _STAGES.get(self.stage, self.stage)
        done, total, pace = self._amount()
        if not done and not total:
            return f"{name}…"
        parts = [name, f"{done:,} of {total:,}" if total else f"{done:,}"]
        if rate := pace.rate:
            parts.append(f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute")
        if total and (left := pace.seconds_left(total - done)) is not None:
            parts.append(f"{lasting(left)} left")
        return " · ".join(parts)

    @property
    def fraction(self) -> float:
        """How much of the present stage is done, in [0, 1]; 0 where unknown."""
        done, total, _ = self._amount()
        return min(done / total, 1.0) if total else 0.0


class Meaning:
    """How many papers are not embedded yet, and how fast they become fewer."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.pace = Pace()

    def pending(self) -> int:
        """How many papers are left now."""
        pending = self._assistant.pending()
        self.pace.note(-pending)
        return pending

    def left(self) -> tuple[int, float | None]:
        """How many papers are left now, and in how many seconds they will be embedded, if that is known."""
        pending = self.pending()
        return pending, self.pace.seconds_left(pending)


class Ingests:
    """All runs of this server, on one thread; uploads that a server before it left unread are read first."""

    def __init__(self, assistant: Assistant, uploads: Uploads) -> None:
        self.uploads = uploads
        self.meaning = Meaning(assistant)
        self.last: Run | None = None
        self._assistant = assistant
        self._waiting: deque[Run] = deque()
        self._present: Run | None = None
        self._changed = Condition()
        Thread(target=self._run, name="ingests", daemon=True).start()
        if unread := uploads.waiting():
            self.read_uploads(unread)

    def read(self, paths: Sequence[Path]) -> Run:
        """Read files and folders into the library, after the runs there are."""
        return self._add(Run([path.name for path in paths], self._reading(paths), self.meaning))

    def read_uploads(self, paths: Sequence[Path]) -> Run:
        """Read files that were kept as uploads."""
        return self._add(Run([path.name for path in paths], self._reading(paths, self.uploads.read), self.meaning))

    def upload(self, files: Iterable[tuple[str, bytes]]) -> Run:
        """Keep files that were given by name and content, and read them.

        Raises:
            LibraryError: A file cannot be kept.
        """
        return self.read_uploads(self.uploads.keep(files))

    def remove(self, source: str) -> Run:
        """Take away what a file that was read says; an upload is deleted too, unless another has its place."""
        if self.uploads.holds(Path(source)):
            self.uploads.read([Path(source)])  # one that could not be read does not have to be any more

        def work(run: Run, progress: Progress) -> None:
            run.stage = "removing"
            run.removal = self._assistant.remove(source, progress, embedding=False)
            self.uploads.forget(Path(source))

        return self._add(Run([Path(source).name], work, self.meaning, removes=True))

    @property
    def runs(self) -> tuple[Run, ...]:
        """The run at work and those that wait for it."""
        with self._changed:
            return (*filter(None, (self._present,)), *self._waiting)

    def _reading(
        self, paths: Sequence[Path], read: Callable[[Sequence[Path]], None] = lambda paths: None
    ) -> Callable[[Run, Progress], None]:
        def work(run: Run, progress: Progress) -> None:
            run.report = self._assistant.ingest(paths, progress, embedding=False)
            read(paths)

        return work

    def _add(self, run: Run) -> Run:
        with self._changed:
            self._waiting.append(run)
            self._changed.notify()
        return run

    def _tidy(self) -> None:
        """Delete the uploads that a server before this one removed from the library, but ended before deleting them.

        They go by their names, since the library's folder may have been moved; a library that knows no file at all
        may have been made anew, so all uploads stay.
        """
        try:
            if names := {Path(source.path).name for source in self._assistant.sources_read()}:
                self.uploads.tidy(names)
        except (RagError, OSError):
            _log.exception("the uploads could not be tidied")

    def _run(self) -> None:
        self._tidy()
        while True:
            with self._changed:
                self._present = None
                self._changed.wait_for(lambda: bool(self._waiting))
                self._present = run = self._waiting.popleft()
            run.settle()
            self.last = run
            if run.failure is None:
                self._embed(run)
            run.finished.set()

    def _embed(self, run: Run) -> None:
        """Index the meaning of all papers that lack it, until another run waits: it goes on after that one."""
        run.stage = "meaning"
        try:
            self._assistant.embed(stopped=lambda: bool(self._waiting))
            if not self._waiting:
                self._assistant.library_map()  # made anew in the background, before anyone asks for it
        except Exception as failure:  # the thread has to live on, and the page has to know
            if not isinstance(failure, RagError):
                _log.exception("the meaning of papers could not be indexed")
            run.failure = failure
