"""The seeds are read into an empty library in the background, whoever watches or reloads the page."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from rag.types import IngestReport

if TYPE_CHECKING:
    from rag.assistant import Assistant

_STAGES = {
    "reading": "Reading the papers",
    "words": "Indexing their words",
    "meaning": "Indexing their meaning",
}


class SeedIngest:
    """One ingest on its own thread.

    `progress` is (stage, done, total), total None where unknown. When `finished` is set
    there is a `report`, or a `failure` to raise.
    """

    def __init__(self, assistant: Assistant, seeds: Path) -> None:
        self.progress: tuple[str, int, int | None] = ("reading", 0, None)
        self.report = IngestReport()
        self.failure: Exception | None = None
        self.finished = Event()
        Thread(target=self._run, args=(assistant, seeds), name="seed ingest", daemon=True).start()

    def _run(self, assistant: Assistant, seeds: Path) -> None:
        try:
            self.report = assistant.ingest([seeds], progress=self._seen)
        except Exception as failure:  # whatever it is, the page has to know
            self.failure = failure
        finally:
            self.finished.set()

    def _seen(self, stage: str, done: int, total: int | None) -> None:
        self.progress = (stage, done, total)

    @property
    def label(self) -> str:
        """What is happening, with counts: "Indexing their words · 12 of 19"."""
        stage, done, total = self.progress
        name = _STAGES.get(stage, stage)
        if not done:
            return f"{name}…"
        return f"{name} · {done:,} of {total:,}" if total else f"{name} · {done:,}"

    @property
    def fraction(self) -> float:
        """How much of the present stage is done, in [0, 1]; 0 where unknown."""
        _, done, total = self.progress
        return min(done / total, 1.0) if total else 0.0
