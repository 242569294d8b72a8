"""The sentence of a paper that a list on a topic quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.index.indexes import Indexes
from rag.index.terms import analyse
from rag.retrieval.aspects import alternatives
from rag.retrieval.contributions import Reading
from rag.retrieval.evidence import overlap, with_evidence
from rag.retrieval.question import content_terms
from rag.retrieval.spellings import spellings
from rag.types import Evidence, Hit

_EMBEDDED = 12  # papers, whose sentences are compared with the topic by meaning too
_ENOUGH = 0.5  # of the weight of the topic's words


def speaking(indexes: Indexes, topic: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits in order, each with the sentence first that says what its paper contributes, if that is on the topic.

    Else it is the one that has most to do with the topic, which often tells what was known before; for a paper without
    an abstract it is the title.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    aspects = {aspect for alternative in alternatives(topic) for aspect in alternative.aspects}
    ways = [set(spelling) for aspect in aspects for spelling in spellings(indexes, aspect) if spelling]
    weights = {term: indexes.terms.idf(term) for term in content_terms(topic)}

    def speaks(said: Evidence) -> bool:
        terms = set(analyse(said.sentence))
        return any(way <= terms for way in ways) or overlap(weights, terms) >= _ENOUGH

    for hit in with_evidence(indexes, topic, hits, meaning=len(hits) <= _EMBEDDED):
        said = Reading(hit.paper).contribution
        yield _with_first(hit, said) if speaks(said) else hit


def _with_first(hit: Hit, said: Evidence) -> Hit:
    return replace(hit, evidence=(said, *(each for each in hit.evidence if each.sentence != said.sentence)))
