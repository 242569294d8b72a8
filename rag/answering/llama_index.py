"""A library as llama-index knows things: a query engine, a retriever and an embedding.

Any llama-index program can compose them; the assistant itself does not need them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from rag.answering.stream import AnswerStream
from rag.index.embedder import Embedder
from rag.types import Hit, Paper


class LibraryRetriever(BaseRetriever):
    """The best papers for a query as nodes, each with its best sentence as `quote`."""

    def __init__(self, search: Callable[[str], list[Hit]]) -> None:
        super().__init__()
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(hit.paper, hit.evidence[0].sentence, hit.score) for hit in self._search(query_bundle.query_str)]


class LibraryQueryEngine(BaseQueryEngine):
    """Answers a question from a library.

    The response's text has `[n]` markers; source node n - 1 is what marker n cites, with the paper's
    `title`, `authors`, `year`, `venue`, `url`, the cited `quote` and its `marker` as metadata. The
    response's metadata is the whole answer.
    """

    def __init__(self, ask: Callable[[str], AnswerStream], paper: Callable[[str], Paper]) -> None:
        super().__init__(callback_manager=None)
        self._ask = ask
        self._paper = paper

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._ask(query_bundle.query_str).answer
        nodes = []
        for citation in answer.citations:
            node = _node(self._paper(citation.paper_id), citation.quote, None)
            node.node.metadata["marker"] = citation.marker
            nodes.append(node)
        return Response(answer.answer, source_nodes=nodes, metadata=asdict(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class LibraryEmbedding(BaseEmbedding):
    """The library's embedding model for other llama-index parts."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(value) for value in self._embedder.embed([text])[0]]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def _node(paper: Paper, quote: str, score: float | None) -> NodeWithScore:
    metadata: dict[str, Any] = {
        "title": paper.title,
        "authors": list(paper.authors),
        "authors_complete": paper.authors_complete,
        "year": paper.year,
        "venue": paper.venue,
        "url": paper.url,
        "quote": quote,
    }
    return NodeWithScore(
        node=TextNode(id_=paper.id, text=paper.abstract or paper.title, metadata=metadata), score=score
    )
