"""A library that is opened, filled and kept well."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from rag.assistant.mapping import Mapping
from rag.errors import IndexDamaged, LibraryBusy, LibraryEmpty
from rag.index.embedder import MiniLMEmbedder
from rag.index.indexes import Indexes
from rag.index.preparation import Preparation, no_progress
from rag.index.vectors import import_chroma
from rag.library.ownership import Ownership
from rag.library.revision import Revision
from rag.library.store import Library
from rag.settings import Settings
from rag.types import IngestReport, Progress


class Upkeep:
    """A library to add papers to. Safe to use from several threads.

    Reading needs no permission; `ingest`, `rebuild` and `sync` make this process the library's
    owner, which it stays until `close`.

    Raises:
        LibraryError: The library folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self.revision = Revision(self.library)
        self._ownership: Ownership | None = None
        self._opening = threading.Lock()
        self._changing = threading.Lock()  # one change of records at a time: an ingest goes on over many batches
        self._indexes: Indexes | None = None
        self.mapping = Mapping(self.library, self.revision)
        self._preparation = Preparation(lambda: self.indexes, self._imports(), self.mapping.current)

    def _imports(self) -> tuple[Callable[[], threading.Thread], ...]:
        """What is imported ahead, in threads, before the first question."""
        return (import_chroma,)

    @property
    def indexes(self) -> Indexes:
        """The search indexes, with the embedding model, which is loaded when first needed.

        Raises:
            ModelError: The model's files are missing or not the ones expected.
        """
        with self._opening:
            if self._indexes is None:
                self._indexes = Indexes(self.library, MiniLMEmbedder(), self.settings.chroma_url)
            return self._indexes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def own(self) -> None:
        """Make this process the only one that may change the library.

        Raises:
            LibraryBusy: Another process is its owner.
        """
        self._ownership = self._ownership or Ownership(self.settings.library)

    def close(self) -> None:
        """Stop work in the background, give up ownership and close the files."""
        self.mapping.stop()
        self._preparation.stop()
        if self._indexes is not None:
            self._indexes.close()
        self.library.close()
        if self._ownership:
            self._ownership.release()

    def ingest(
        self, paths: Sequence[Path], progress: Progress = no_progress, *, embedding: bool = True
    ) -> IngestReport:
        """Read files and folders into the library and bring both indexes up to date.

        Without `embedding` the papers are found by their words alone until `embed`.

        Raises:
            SourceError: A path does not exist.
            LibraryBusy: Another process owns the library.
            LibraryError: The library cannot be written; what was kept before stays.
        """
        from rag.library.ingest import ingest

        began = time.perf_counter()
        self.own()
        with self._changing:
            report = ingest(self.library, paths, progress)
        self.indexes.sync(progress, lambda: self._preparation.stopping or not embedding)
        return replace(report, seconds=round(time.perf_counter() - began, 3))

    def embed(self, progress: Progress = no_progress, stopped: Callable[[], bool] = lambda: False) -> None:
        """Embed what is pending, until done or `stopped()`; what is left stays pending."""
        self.own()
        self.indexes.sync(progress, lambda: self._preparation.stopping or stopped())

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Make both indexes again from the library, beside the old ones, then change over."""
        self.own()
        self.indexes.rebuild(progress)
        self._preparation.damage = None

    def prepare_in_background(self) -> None:
        """Open the indexes and embed what is pending, in a thread of its own.

        What is left when this process ends stays pending.
        """
        self._preparation.start()

    @property
    def damage(self) -> IndexDamaged | None:
        """What the preparation found damaged, until it is rebuilt."""
        return self._preparation.damage

    def paper_count(self) -> int:
        """How many papers the library holds."""
        return self.library.count("papers")

    def pending(self) -> int:
        """How many papers are not embedded yet; they are found by their words alone."""
        return self.library.pending("vectors")

    def need_papers(self) -> None:
        """Make sure that there are papers.

        Raises:
            LibraryEmpty: There are none.
        """
        if not self.paper_count():
            raise LibraryEmpty(
                f"The library in {self.settings.library} holds no papers yet. Add some with `rag ingest PATH`."
            )

    def need_search(self) -> None:
        """Make sure that there are papers to search, and that all are found by their words unless that takes waiting.

        Raises:
            LibraryEmpty: There are none.
        """
        self.need_papers()
        self._preparation.import_ahead()
        if self.library.pending("terms"):
            # An ingest was broken off; its owner sees to them if it still runs.
            with suppress(LibraryBusy), nullcontext() if self._ownership else Ownership(self.settings.library):
                self.indexes.sync_words(no_progress, wait=False)
