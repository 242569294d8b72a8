"""Answers without a language model: sentences of the abstracts, word for word, each cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.answering.citations import Numbering, bold
from rag.types import Evidence, Hit, Paper

INSTEAD = "\n\n**Quoted from the abstracts instead:**\n\n"
"""What stands between an answer of a language model that does not do and the sentences that take its place."""

_IN_ALL = 4  # sentences
_WHEN_SURE = 3
_SURE = 0.45  # the score of a best sentence that is likely the answer
_NEAR_BEST_WHEN_SURE, _NEAR_BEST = 0.6, 0.5  # of the best sentence's score, for another of the same paper
_NEAR_BEST_ELSEWHERE = 0.9  # for a sentence of another paper
_BESIDE = 2  # sentences of a paper that is named beside another
_NEAR_BEST_HIT = 0.85  # of the best paper's score, for another paper

Choice = tuple[Paper, Evidence]


def write(hits: Sequence[Hit], numbering: Numbering, *, beside: bool = False) -> Iterator[str]:
    """The answer as Markdown, a sentence at a time, each with its marker.

    It is prose, a paragraph for each paper; with `beside` every paper has a bullet with its title.
    `hits` have evidence and are in order, best first, at least one of them.
    """
    if beside:
        yield from _bullets(hits, numbering)
    else:
        yield from _prose(choose(hits), numbering)


def choose(hits: Sequence[Hit]) -> list[Choice]:
    """The sentences that answer, of the best papers first and in the order of their abstracts.

    Where the best one does not score well there are more of them: the answer may be further down.
    """
    best = hits[0].evidence[0].score
    of_paper, near_best = (_WHEN_SURE, _NEAR_BEST_WHEN_SURE) if best >= _SURE else (_IN_ALL, _NEAR_BEST)
    chosen: list[Choice] = []
    for rank, hit in enumerate(hits):
        if rank and hit.score < _NEAR_BEST_HIT * hits[0].score:
            break
        share = _NEAR_BEST_ELSEWHERE if rank else near_best
        good = [item for item in hit.evidence[:of_paper] if item.score >= share * best]
        chosen += [(hit.paper, item) for item in _in_order(good[: _IN_ALL - len(chosen)])]
    return chosen


def _prose(chosen: Sequence[Choice], numbering: Numbering) -> Iterator[str]:
    for place, (_, of_paper) in enumerate(groupby(chosen, key=lambda choice: choice[0].id)):
        for within, (paper, evidence) in enumerate(of_paper):
            before = " " if within else "\n\n" if place else ""
            yield before + numbering.cited(paper, evidence)


def _bullets(hits: Sequence[Hit], numbering: Numbering) -> Iterator[str]:
    for place, hit in enumerate(hits):
        sentences = (numbering.cited(*choice) for choice in choose([hit])[:_BESIDE])
        before = "\n" if place else ""
        yield f"{before}- {bold(hit.paper.title)}: {' '.join(sentences)}"


def _in_order(evidence: Sequence[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda item: item.start)
