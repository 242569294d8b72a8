"""The sentences of a paper that answer a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.index.embedder import Embedder
from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.expectation import ADDRESS, ONLY_AN_ADDRESS, expected
from rag.retrieval.question import content_terms, without_names
from rag.types import Evidence, Hit, Paper

# Logistic regression on questions with a known sentence, cross-validated, scaled to sum to one.
OVERLAP, RARE_HERE, MEANING, EXPECTED, LATER, FIRST = 0.20, 0.16, 0.31, 0.22, 0.11, 0.06
_UNASKED_ADDRESS = 0.15  # taken off: where the code is answers nothing else
_TITLE_TERM = 0.5
_EMBEDDED, _OF_EACH_PAPER = 40, 3  # sentences: in all, but of each paper at least


class _Read(NamedTuple):
    """A paper cut into sentences, with the terms of each."""

    paper: Paper
    spans: list[tuple[int, int]]
    terms: list[set[str]]

    def sentence(self, place: int) -> str:
        """The sentence at a place, counted from 0."""
        start, end = self.spans[place]
        return self.paper.abstract[start:end]


def with_evidence(indexes: Indexes, question: str, hits: Sequence[Hit], *, meaning: bool = True) -> list[Hit]:
    """The hits with the sentences of each abstract scored in [0, 1] against the question, best first.

    A score is the weighted sum of what a sentence has of the question's words (`_by_words`) and its
    cosine with the question. The cosine takes time, so with many sentences only those are embedded
    that have most of the words, and none without `meaning`. A paper without an abstract has its title as
    its only evidence.
    """
    read = [_read(hit.paper) for hit in hits]
    idf = {term: indexes.terms.idf(term) for term in content_terms(question)}
    scores = [_by_words(each, question, idf) for each in read]
    if meaning:
        _add_meaning(scores, read, question, indexes.embedder)
    return [
        replace(hit, evidence=_ranked(each, of_paper) or (_title(hit.paper, idf),))
        for hit, each, of_paper in zip(hits, read, scores, strict=True)
    ]


def _add_meaning(scores: list[list[float]], read: Sequence[_Read], question: str, embedder: Embedder) -> None:
    most = max(_OF_EACH_PAPER, _EMBEDDED // max(1, len(read)))
    embedded = [
        (paper, place)
        for paper, of_paper in enumerate(scores)
        for place in sorted(range(len(of_paper)), key=lambda place: -of_paper[place])[:most]
    ]
    # The names in a question say which paper is meant; what is asked of it is in the other words.
    texts = [without_names(question), *(read[paper].sentence(place) for paper, place in embedded)]
    asked, *vectors = embedder.embed(texts)
    for (paper, place), vector in zip(embedded, vectors, strict=True):
        scores[paper][place] += MEANING * max(0.0, float(vector @ asked))


def _ranked(read: _Read, scores: Sequence[float]) -> tuple[Evidence, ...]:
    evidence = [
        Evidence(read.sentence(place), "abstract", *span, max(0.0, score))
        for place, (span, score) in enumerate(zip(read.spans, scores, strict=True))
    ]
    return tuple(sorted(evidence, key=lambda item: (-item.score, item.start)))


def overlap(weights: Mapping[str, float], terms: set[str]) -> float:
    """The share, in [0, 1], that `terms` have of the weight of all."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0


def _read(paper: Paper) -> _Read:
    spans = sentence_spans(paper.abstract)
    return _Read(paper, spans, [set(analyse(paper.abstract[start:end])) for start, end in spans])


def _by_words(read: _Read, question: str, idf: Mapping[str, float]) -> list[float]:
    """The part of each sentence's score that needs no embedding.

    It is the question's terms it holds, by how rare they are in the library (those of the title count
    half: they chose the paper) and in this abstract, whether it is of the kind the question expects,
    and its place: what was found stands later than what was known.
    """
    kind = expected(question)
    title = set(analyse(read.paper.title))
    rare = {term: weight * (_TITLE_TERM if term in title else 1.0) for term, weight in idf.items()}
    rare_here = {term: idf[term] / (1 + sum(term in terms for terms in read.terms)) for term in idf}
    last = max(1, len(read.spans) - 1)
    return [
        OVERLAP * overlap(rare, terms)
        + RARE_HERE * overlap(rare_here, terms)
        + EXPECTED * bool(kind and kind.search(read.paper.abstract, start, end))
        - _UNASKED_ADDRESS * bool(kind is not ADDRESS and ONLY_AN_ADDRESS.search(read.paper.abstract, start, end))
        + LATER * place / last
        - FIRST * (place == 0)
        for place, ((start, end), terms) in enumerate(zip(read.spans, read.terms, strict=True))
    ]


def _title(paper: Paper, idf: Mapping[str, float]) -> Evidence:
    score = (OVERLAP + RARE_HERE) * overlap(idf, set(analyse(paper.title)))
    return Evidence(paper.title, "title", 0, len(paper.title), score)
