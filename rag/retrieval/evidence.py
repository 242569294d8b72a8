"""The sentences of a paper that answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.expectation import expected
from rag.retrieval.question import content_terms, without_names
from rag.types import Evidence, Hit, Paper

# Logistic regression on 136 questions with a known sentence, scaled to sum to one; see `_scores`.
OVERLAP, RARE_HERE, MEANING, EXPECTED, LATER, FIRST = 0.20, 0.16, 0.31, 0.22, 0.11, 0.06
_TITLE_TERM = 0.5


class _Read(NamedTuple):
    """A paper cut into sentences, with the terms of each."""

    paper: Paper
    spans: list[tuple[int, int]]
    terms: list[set[str]]


def with_evidence(indexes: Indexes, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the sentences of each abstract scored against the question, best first.

    A paper without an abstract has its title as its only evidence.
    """
    read = [_read(hit.paper) for hit in hits]
    sentences = [each.paper.abstract[start:end] for each in read for start, end in each.spans]
    # The names in a question say which paper is meant; what is asked of it is in the other words.
    asked, *vectors = indexes.embedder.embed([without_names(question), *sentences])
    meaning = iter([max(0.0, float(vector @ asked)) for vector in vectors])
    idf = {term: indexes.terms.idf(term) for term in content_terms(question)}
    scored = []
    for hit, each in zip(hits, read, strict=True):
        evidence = [
            Evidence(each.paper.abstract[start:end], "abstract", start, end, score)
            for (start, end), score in zip(each.spans, _scores(each, question, idf, meaning), strict=True)
        ]
        evidence.sort(key=lambda item: (-item.score, item.start))
        scored.append(replace(hit, evidence=tuple(evidence) or (_title(hit.paper, idf),)))
    return scored


def overlap(weights: Mapping[str, float], terms: set[str]) -> float:
    """The share, in [0, 1], that `terms` have of the weight of all."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0


def _read(paper: Paper) -> _Read:
    spans = sentence_spans(paper.abstract)
    return _Read(paper, spans, [set(analyse(paper.abstract[start:end])) for start, end in spans])


def _scores(read: _Read, question: str, idf: Mapping[str, float], meaning: Iterator[float]) -> list[float]:
    """A score in [0, 1] for each sentence of a paper.

    The weighted sum of the question's terms it holds, by how rare they are in the library (those of the
    title count half: they chose the paper) and in this abstract, of its meaning, of whether it is of the
    kind the question expects, and of its place: what was found stands later than what was known.
    """
    kind = expected(question)
    title = set(analyse(read.paper.title))
    rare = {term: weight * (_TITLE_TERM if term in title else 1.0) for term, weight in idf.items()}
    rare_here = {term: idf[term] / (1 + sum(term in terms for terms in read.terms)) for term in idf}
    last = max(1, len(read.spans) - 1)
    return [
        max(
            0.0,
            OVERLAP * overlap(rare, terms)
            + RARE_HERE * overlap(rare_here, terms)
            + MEANING * next(meaning)
            + EXPECTED * bool(kind and kind.search(read.paper.abstract, start, end))
            + LATER * place / last
            - FIRST * (place == 0),
        )
        for place, ((start, end), terms) in enumerate(zip(read.spans, read.terms, strict=True))
    ]


def _title(paper: Paper, idf: Mapping[str, float]) -> Evidence:
    score = (OVERLAP + RARE_HERE) * overlap(idf, set(analyse(paper.title)))
    return Evidence(paper.title, "title", 0, len(paper.title), score)
