"""A paper cut into what can support a claim: its sentences and its title, each with words, amounts and meaning."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rag.answering.support.figures import Series, series
from rag.index.embedder import Embedder
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.vocabulary import FUNCTION_WORDS
from rag.types import Evidence, Paper
from rag.types.finding import Field

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def subject_terms(text: str) -> list[str]:
    """The terms of a text that say what it is about: no grammar, no numbers."""
    return [term for term in analyse(text) if term not in FUNCTION_WORDS and not term.isdigit()]


@dataclass(frozen=True)
class Passage:
    """A sentence of an abstract, or a title: `paper.<field>[start:end] == text`."""

    text: str
    field: Field
    start: int
    end: int

    @cached_property
    def terms(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(subject_terms(self.text))

    @cached_property
    def series(self) -> list[Series]:
        """The figures it states."""
        return series(self.text)

    def evidence(self, score: float) -> Evidence:
        """The passage as what a marker stands for."""
        return Evidence(self.text, self.field, self.start, self.end, score)


class Passages:
    """The passages of one paper, the title last; they are embedded when their vectors are first asked for."""

    def __init__(self, paper: Paper, embedder: Embedder) -> None:
        self.paper = paper
        self._embedder = embedder
        self._embedding = threading.Lock()
        self._vectors: NDArray[np.float32] | None = None

    @cached_property
    def all(self) -> list[Passage]:
        """Sentences in order, then the title."""
        abstract, title = self.paper.abstract, self.paper.title
        spans = sentence_spans(abstract)
        found = [Passage(abstract[start:end], "abstract", start, end) for start, end in spans]
        return [*found, Passage(title, "title", 0, len(title))]

    @cached_property
    def terms(self) -> frozenset[str]:
        """What the whole paper is about."""
        return frozenset().union(*(passage.terms for passage in self.all))

    @cached_property
    def about(self) -> frozenset[str]:
        """The terms of what is known of the paper besides: authors and venue."""
        return frozenset(subject_terms(" ".join([*self.paper.authors, self.paper.venue or ""])))

    @property
    def vectors(self) -> NDArray[np.float32]:
        """One unit vector for each passage: [passages, dimension]."""
        with self._embedding:
            if self._vectors is None:
                self._vectors = self._embedder.embed([passage.text for passage in self.all])
            return self._vectors
