"""The composition root: from settings to a wired assistant, which the command line and the page talk to."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answering import engine
from rag.answering.extractive import MODEL
from rag.answering.llm.client import LanguageModel, import_llama_index
from rag.answering.llm.discovery import local_servers
from rag.answering.notice import notice_of
from rag.answering.stream import AnswerStream
from rag.errors import IndexDamaged, LibraryBusy, LibraryEmpty, RagError
from rag.index.embedder import MiniLMEmbedder
from rag.index.indexes import Indexes
from rag.index.preparation import Preparation, no_progress
from rag.index.status import status_of
from rag.index.tokens import load_vocabulary
from rag.index.vectors import import_chroma
from rag.library.ingest import Progress, ingest
from rag.library.overview import Overview, overview
from rag.library.ownership import Ownership
from rag.library.revision import Revision
from rag.library.store import Library
from rag.retrieval.evidence import with_evidence
from rag.retrieval.question import searchable
from rag.retrieval.search import search
from rag.retrieval.suggestions import suggestions
from rag.settings import Settings
from rag.types import EVERYTHING, Answer, Filters, Hit, IngestReport, LocalServer, Message, ModelStatus, Paper, Status

if TYPE_CHECKING:
    from rag.answering.llama_index import LibraryEmbedding, LibraryQueryEngine, LibraryRetriever


class Assistant:
    """A library to add papers to, search and ask. Safe to use from several threads.

    Reading needs no permission; `ingest`, `rebuild` and `sync` make this process the library's
    owner, which it stays until `close`.

    Raises:
        LibraryError: The library folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self._ownership: Ownership | None = None
        self._revision = Revision(self.library)
        self._opening = threading.Lock()
        self._indexes: Indexes | None = None
        limits = {"context_window": settings.llm_context_window, "max_output": settings.llm_max_output}
        self._llm = LanguageModel(settings.llm, **limits) if settings.llm else None
        imports = (import_chroma, import_llama_index, load_vocabulary) if self._llm else (import_chroma,)
        self._preparation = Preparation(lambda: self.indexes, imports)

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

    def __enter__(self) -> Assistant:
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
        self._preparation.stop()
        if self._llm:
            self._llm.close()
        if self._indexes is not None:
            self._indexes.close()
        self.library.close()
        if self._ownership:
            self._ownership.release()

    def ingest(self, paths: Sequence[Path], progress: Progress = no_progress) -> IngestReport:
        """Read files and folders into the library and bring both indexes up to date.

        Raises:
            SourceError: A path does not exist.
            LibraryBusy: Another process owns the library.
            LibraryError: The library cannot be written; what was kept before stays.
        """
        began = time.perf_counter()
        self.own()
        report = ingest(self.library, paths, progress)
        self.indexes.sync(progress, lambda: self._preparation.stopping)
        return replace(report, seconds=round(time.perf_counter() - began, 3))

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

    def ask(self, question: str, history: Sequence[Message] = (), filters: Filters = EVERYTHING) -> AnswerStream:
        """Answer a question from the papers `filters` leave, after the turns of `history`.

        Raises:
            LibraryEmpty: There are no papers to answer from.
            IndexDamaged: An index cannot be read; raised when the stream is first read.
        """
        self.need_papers()
        means = engine.Means(self.indexes, self._revision, self._llm, strict=self.settings.strict)
        return engine.answer(means, question, history, filters)

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """The `k` best papers for a query, best first, each with its sentences scored as evidence.

        Raises:
            LibraryEmpty: There are no papers to search.
            IndexDamaged: An index cannot be read.
        """
        self.need_papers()
        query = searchable(query)
        return with_evidence(self.indexes, query, search(self.indexes, query, k, filters))

    def paper(self, identifier: str) -> Paper:
        """The paper with this id.

        Raises:
            LibraryError: There is none.
        """
        return self.library.paper(identifier)

    def paper_count(self) -> int:
        """How many papers the library holds."""
        return self.library.count("papers")

    def pending(self) -> int:
        """How many papers are not embedded yet; they are found by their words alone."""
        return self.library.pending("vectors")

    def overview(self) -> Overview:
        """What the library holds."""
        return overview(self.library)

    @property
    def model(self) -> str:
        """The name of the language model that answers; "extractive" without one."""
        return self._llm.name if self._llm else MODEL

    def model_status(self) -> ModelStatus | None:
        """Whether the language model can be asked, which takes up to two seconds; None without one."""
        return self._llm.status() if self._llm else None

    def local_servers(self) -> tuple[LocalServer, ...]:
        """Model servers of this machine that could be chosen, when none is; asking takes half a second."""
        return () if self._llm else local_servers()

    def notice_of(self, answer: Answer) -> str:
        """The line that says how an answer was made, to be shown with it; it may be empty."""
        return notice_of(answer, with_model=self._llm is not None)

    def status(self) -> Status:
        """Counts, whether both indexes can be read (`problem` says what to do if not), and the language model."""
        status = status_of(self.library, lambda: self.indexes)
        return replace(status, llm=self.model_status(), offers=self.local_servers())

    def suggestions(self) -> tuple[str, ...]:
        """Up to four questions that this library answers."""
        return suggestions(self.library)

    def as_query_engine(self) -> LibraryQueryEngine:
        """This library as a llama-index query engine."""
        from rag.answering.llama_index import LibraryQueryEngine

        return LibraryQueryEngine(self.ask, self.paper)

    def as_retriever(self, k: int = 10) -> LibraryRetriever:
        """This library as a llama-index retriever of the `k` best papers."""
        from rag.answering.llama_index import LibraryRetriever

        return LibraryRetriever(lambda query: self.search(query, k))

    def as_embedding(self) -> LibraryEmbedding:
        """This library's embedding model for llama-index."""
        from rag.answering.llama_index import LibraryEmbedding

        return LibraryEmbedding(self.indexes.embedder)

    def need_papers(self) -> None:
        """Make sure that there are papers to answer from, and that all are found by their words.

        Raises:
            LibraryEmpty: There are none.
        """
        if not self.paper_count():
            raise LibraryEmpty(
                f"The library in {self.settings.library} holds no papers yet. Add some with `rag ingest PATH`."
            )
        self._preparation.import_ahead()
        if self.library.pending("terms"):
            # An ingest was broken off; its owner sees to them if it still runs.
            with suppress(LibraryBusy), nullcontext() if self._ownership else Ownership(self.settings.library):
                self.indexes.sync(no_progress, stopped=lambda: True)


def open_assistant(settings: Settings) -> Assistant:
    """An assistant that owns its library and finishes its indexes in the background.

    Raises:
        RagError: The library cannot be used or belongs to another process.
    """
    assistant = Assistant(settings)
    try:
        assistant.own()
    except RagError:
        assistant.close()
        raise
    assistant.prepare_in_background()
    return assistant
