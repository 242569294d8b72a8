"""Whether the papers an answer cites say what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from rag.answering.support.claims import claims, clauses, plain
from rag.answering.support.figures import series
from rag.answering.support.naming import unnamed
from rag.answering.support.passages import Passage, Passages, subject_terms
from rag.answering.support.placing import Read, misstated
from rag.answering.support.score import features, probabilities, shipped
from rag.index.embedder import Embedder
from rag.retrieval.evidence import overlap
from rag.types import Grounds, Paper, Support

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_READ = 3
"""How many papers are read for a claim that cites none, or the wrong one."""
_LONGEST = 1500
"""Characters: a longer sentence is none, and not checked to its end."""
_FEW_TERMS = 2
"""A claim of no more terms, such as a table's cell, is too short for its meaning to be near to a sentence's."""
_PART = 0.5
"""The share of the least probability that a paper needs to have part in what several support together."""


@dataclass(frozen=True)
class _Claim:
    """A claim as its checks need it."""

    text: str
    vector: NDArray[np.float32]
    idf: dict[str, float]


class SupportChecker:
    """Compares what an answer says with the papers it was written from. Safe to use from several threads.

    Args:
        embedder: What claims and passages are embedded with.
        idf: How rare a term is in the library.
        papers: What the answer was written from; a claim may rest on any of them.
    """

    def __init__(self, embedder: Embedder, idf: Callable[[str], float], papers: Sequence[Paper]) -> None:
        self._embedder = embedder
        self._idf = idf
        self._passages = {paper.id: Passages(paper, embedder) for paper in papers}

    def __call__(self, claim: str, cited: Sequence[Paper]) -> Support:
        """Check one sentence of an answer against the papers it cites.

        It is supported if a sentence of them is near enough to it, if they state each of its amounts where they
        speak of the same, and if they have each of its names. Papers cited are told of in order, unless they do
        not support the claim and another does, which is then given instead. Where none is cited, the one that
        supports the claim is given, if any does. What claims nothing needs no support.
        """
        if len(claim) > _LONGEST:
            begun = self(claim[:_LONGEST], cited)
            return Support(False, tuple(replace(grounds, supported=False) for grounds in begun.grounds))
        is_claim = claims(claim)
        if not cited and not is_claim:
            return Support(supported=True)
        said = self._read(plain(claim))
        together = self._by_cited(said, [self._of(paper) for paper in cited])
        if together.supported:
            return together
        if not is_claim:
            return Support(supported=True)
        known = {paper.id for paper in cited}
        others = [self._judged(said, [passages], shipped().uncited) for passages in self._nearest(said, known)]
        earned = [support for support in others if support.supported]
        return max(earned, key=lambda support: support.grounds[0].evidence.score, default=together)

    def _of(self, paper: Paper) -> Passages:
        return self._passages.setdefault(paper.id, Passages(paper, self._embedder))

    def _by_cited(self, said: _Claim, read: Sequence[Passages]) -> Support:
        if not read:
            return Support(supported=False)
        short = len(read) == 1 and len(said.idf) <= _FEW_TERMS and read[0].terms.issuperset(said.idf)
        return self._judged(said, read, 0.0 if short else shipped().cited)

    def _nearest(self, said: _Claim, without: set[str]) -> list[Passages]:
        """The papers with most of the claim's words."""
        others = [passages for key, passages in self._passages.items() if key not in without]
        return sorted(others, key=lambda passages: -overlap(said.idf, set(passages.terms)))[:_READ]

    def _judged(self, said: _Claim, read: Sequence[Passages], least: float) -> Support:
        """Whether these papers support a claim together, each part of it with a probability of `least` or more."""
        whole = [self._scores(said, passages) for passages in read]
        near = any(scores.max() >= least for scores in whole)
        if len(read) > 1 or not near:
            import numpy as np

            # Each paper, or each sentence of one, may support a part.
            parts = [[self._scores(part, passages) for passages in read] for part in self._parts(said)]
            near = near or (bool(parts) and all(any(each.max() >= least for each in part) for part in parts))
            whole = [np.maximum.reduce(scores) for scores in zip(whole, *parts, strict=True)]
        papers = [Read(passages, scores) for passages, scores in zip(read, whole, strict=True)]
        supported = near and not unnamed(said.text, [each.paper for each in read]) and not misstated(said.text, papers)
        part = _PART * least if supported else inf
        return Support(supported, tuple(_grounds(said, paper, part) for paper in papers))

    def _scores(self, said: _Claim, passages: Passages) -> NDArray[np.float64]:
        return probabilities(features(passages, said.vector, said.idf), shipped())

    def _parts(self, said: _Claim) -> list[_Claim]:
        texts = clauses(said.text)
        return [self._read(text) for text in texts] if len(texts) > 1 else []

    def _read(self, text: str) -> _Claim:
        idf = {term: self._idf(term) for term in subject_terms(text)}
        return _Claim(text, self._embedder.embed([text])[0], idf)


def _grounds(said: _Claim, read: Read, least: float) -> Grounds:
    best = float(read.scores.max())
    return Grounds(read.passages.paper, _shown(said, read).evidence(best), best >= least)


def _shown(said: _Claim, read: Read) -> Passage:
    """The passage to show for a claim: the one with most of its amounts; of several, the nearest."""
    amounts = [
        (each, place) for each in series(said.text) for place, figure in enumerate(each.figures) if figure.amount
    ]

    def rank(place: int) -> tuple[int, float, int]:
        stated = read.passages.all[place].series
        held = sum(any(each.agrees(within, other) for other in stated) for each, within in amounts)
        return held, float(read.scores[place]), -place

    return read.passages.all[max(range(len(read.passages.all)), key=rank)]
