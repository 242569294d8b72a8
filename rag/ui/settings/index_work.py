"""Looking at the indexes and making them again, in the background: whoever watches or reloads the page."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal

from rag.errors import RagError
from rag.types import Status

if TYPE_CHECKING:
    from rag.assistant import Assistant

UNFORESEEN = "Something went wrong with the indexes. Try again; the log of this page's server says what."
_STAGES = {"words": "Indexing words", "meaning": "Indexing meaning"}
_log = logging.getLogger(__name__)

Work = Literal["", "check", "rebuild"]


class IndexWork:
    """One piece of work at a time, on its own thread; all may be read, and every method called, from any thread.

    Attributes:
        doing: What is being done now, "" for nothing.
        progress: Of a rebuild: the stage, how much of it is done, and of how much, if that is known.
        status: What the last check found; None before the first.
        checked: When that was, on the clock of `time.time`.
        failure: Why the last work failed, "" if it did not.
        rebuilt: How many seconds the last rebuild took; None if there was none, or it failed.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._beginning = Lock()
        self.doing: Work = ""
        self.progress: tuple[str, int, int | None] = ("", 0, None)
        self.status: Status | None = None
        self.checked = 0.0
        self.failure = ""
        self.rebuilt: float | None = None

    def check(self) -> None:
        """Begin to look at the indexes, unless something is being done."""
        self._begin("check", self._check)

    def rebuild(self) -> None:
        """Begin to make both indexes again, unless something is being done."""
        self._begin("rebuild", self._rebuild)

    @property
    def label(self) -> str:
        """What is being done; of a rebuild also how far it is: "Indexing words · 12 of 19"."""
        if self.doing == "check":
            return "Reading both indexes…"
        stage, done, total = self.progress
        name = _STAGES.get(stage, "Making the indexes again")
        if not done:
            return f"{name}…"
        return f"{name} · {done:,} of {total:,}" if total else f"{name} · {done:,}"

    @property
    def fraction(self) -> float:
        """How much of the present stage of a rebuild is done, in [0, 1]; 0 where unknown."""
        _, done, total = self.progress
        return min(done / total, 1.0) if total else 0.0

    def _begin(self, name: Work, work: Callable[[], None]) -> None:
        with self._beginning:
            if self.doing:
                return
            self.doing, self.failure, self.progress = name, "", ("", 0, None)
        Thread(target=self._run, args=(work,), name=f"index {name}", daemon=True).start()

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except RagError as failure:
            self.failure = str(failure)
        except Exception:  # whatever it is, the page has to say something
            _log.exception("work on the indexes failed")
            self.failure = UNFORESEEN
        finally:
            self.doing = ""

    def _check(self) -> None:
        self.status = self._assistant.status()
        self.checked = time.time()

    def _rebuild(self) -> None:
        began = time.monotonic()
        self.rebuilt = None
        self._assistant.rebuild(self._seen)
        self.rebuilt = time.monotonic() - began
        self._check()

    def _seen(self, stage: str, done: int, total: int | None) -> None:
        self.progress = (stage, done, total)
