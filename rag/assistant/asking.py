"""The assistant: a library that can be asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.answering.notice import notice_of
from rag.answering.stream import AnswerStream
from rag.answering.task import EXTRACTIVE, Means
from rag.assistant.browsing import Browsing
from rag.assistant.models import Models, seconds_to_answer
from rag.errors import LanguageModelError, RagError
from rag.index.vectors import import_chroma
from rag.settings import Endpoint, Settings
from rag.types import EVERYTHING, Answer, Filters, Hit, LocalServer, Message, ModelStatus, Plan, Status

if TYPE_CHECKING:
    from rag.answering.llama_index import LibraryEmbedding, LibraryQueryEngine, LibraryRetriever
    from rag.answering.llm.client import LanguageModel
    from rag.retrieval.planning.parts import Part

# What only one command needs is imported in its method: the first answer should not wait for all of it.


class Assistant(Browsing):
    """A library to add papers to, search and ask. Safe to use from several threads.

    Raises:
        LibraryError: The library folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._models = Models(settings.llm, settings.llm_context_window, settings.llm_max_output)
        super().__init__(settings)

    def close(self) -> None:
        """Stop work in the background, give up ownership and close the files."""
        self._models.close()
        super().close()

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        filters: Filters = EVERYTHING,
        dropped: Sequence[Part] = (),
        *,
        model: str | None = None,
        attempt: int = 0,
    ) -> AnswerStream:
        """Answer a question from the papers `filters` leave, after the turns of `history`.

        `dropped` are parts of how the question is understood to do without (`rag.retrieval.planning.parts`).
        `model` is another model of the server than the one that was chosen, `attempt` how often the question was
        asked before, which lets a language model answer otherwise. Without a language model both change nothing.

        Raises:
            LibraryEmpty: There are no papers to answer from.
            IndexDamaged: An index cannot be read; raised when the stream is first read.
        """
        from rag.answering import engine

        self.need_search()
        return engine.answer(self._means(model, attempt), question, history, filters, dropped)

    def author(self, name: str, filters: Filters = EVERYTHING) -> AnswerStream:
        """The digest of an author's work among the papers `filters` leave.

        Raises:
            LibraryEmpty: There are no papers.
        """
        from rag.answering.writing import planned_answer

        self.need_papers()
        return planned_answer(self._means(), name, Plan("", "author", filters, people=(name,)))

    def compare(self, subjects: Sequence[str]) -> AnswerStream:
        """The comparison of two to eight methods or papers.

        Raises:
            LibraryEmpty: There are no papers.
            IndexDamaged: An index cannot be read; raised when the stream is first read.
        """
        from rag.answering.writing import planned_answer
        from rag.retrieval.question import valid_unicode

        self.need_search()
        subjects = tuple(map(valid_unicode, subjects))
        question = f"Compare {', '.join(subjects)}."
        return planned_answer(self._means(), question, Plan(question, "compare", subjects=subjects))

    def export(self, name: str, filters: Filters = EVERYTHING, topic: str | None = None) -> list[str]:
        """The papers that `filters` leave, or those of them about `topic`, as pieces of a file in the format `name`.

        There are no pieces where there are no papers.

        Raises:
            LibraryEmpty: There are no papers at all.
            IndexDamaged: An index cannot be read.
        """
        from rag.library.export import FORMATS
        from rag.retrieval.filters import every_paper
        from rag.retrieval.topical import on_topic

        self.need_papers()
        if topic is not None:
            self.need_search()
            papers = [hit.paper for hit in on_topic(self.indexes, topic, filters)]
        else:
            papers = every_paper(self.library, filters)
        return list(FORMATS[name].write(papers)) if papers else []

    def sources(self, answer: Answer, name: str) -> list[str]:
        """The papers an answer cites, in the order of citing, as pieces of a file in the format `name`."""
        from rag.library.export import FORMATS

        cited = dict.fromkeys(citation.paper_id for citation in answer.citations)
        return list(FORMATS[name].write([self.paper(identifier) for identifier in cited]))

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """The `k` best papers for a query, best first, each with its sentences scored as evidence.

        Raises:
            LibraryEmpty: There are no papers to search.
            IndexDamaged: An index cannot be read.
        """
        from rag.retrieval.evidence import with_evidence
        from rag.retrieval.question import searchable
        from rag.retrieval.search import search

        self.need_search()
        query = searchable(query)
        return with_evidence(self.indexes, query, search(self.indexes, query, k, filters))

    @property
    def model(self) -> str:
        """The name of the language model that answers; "extractive" without one."""
        llm = self._llm
        return llm.name if llm else EXTRACTIVE

    @property
    def _llm(self) -> LanguageModel | None:
        return self._models.chosen

    def use_model(self, endpoint: Endpoint | None, context_window: int | None = None) -> None:
        """Have the answers from now on written by another language model; None to quote the abstracts.

        Answers that are being written are ended by the model that began them. `context_window` is in tokens, None
        to ask the server.
        """
        self.settings = replace(self.settings, llm=endpoint, llm_context_window=context_window)
        self._models.use(endpoint, context_window)

    def try_model(self, model: str | None = None) -> float:
        """The seconds that the language model, or another `model` of its server, takes to say a word.

        Raises:
            LanguageModelError: It cannot be asked, or there is none.
        """
        found = self._models.named(model)
        if found is None:
            raise LanguageModelError("No language model is set. Set one with RAG_LLM_BASE_URL or RAG_LLM_MODEL.")
        return seconds_to_answer(found)

    def model_status(self) -> ModelStatus | None:
        """Whether the language model can be asked, which takes up to two seconds; None without one."""
        llm = self._llm
        return llm.status() if llm else None

    def local_servers(self) -> tuple[LocalServer, ...]:
        """Model servers of this machine that could be chosen, when none is; asking takes half a second."""
        from rag.answering.llm.discovery import local_servers

        return () if self._llm else local_servers()

    def notice_of(self, answer: Answer) -> str:
        """The line that says how an answer was made, to be shown with it; it may be empty."""
        return notice_of(answer, with_model=self._llm is not None)

    def status(self) -> Status:
        """Counts, whether both indexes can be read (`problem` says what to do if not), and the language model."""
        from rag.index.status import status_of

        status = status_of(self.library, lambda: self.indexes)
        return replace(status, llm=self.model_status(), offers=self.local_servers())

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

    def _means(self, model: str | None = None, attempt: int = 0) -> Means:
        asked = self._models.named(model)
        if asked and attempt:
            asked = asked.again(attempt)
        return Means(self.indexes, self.revision, asked, strict=self.settings.strict)

    def _imports(self) -> tuple[Callable[[], threading.Thread], ...]:
        if not self._llm:
            return (import_chroma,)
        from rag.answering.llm.client import import_llama_index
        from rag.index.tokens import load_vocabulary

        return import_chroma, import_llama_index, load_vocabulary


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
