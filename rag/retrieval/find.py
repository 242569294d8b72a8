"""The papers and sentences that answer a planned question, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.retrieval.answerability import judge, mentions, paper_terms
from rag.retrieval.evidence import overlap, with_evidence
from rag.retrieval.filters import allowed_papers
from rag.retrieval.meant import meant
from rag.retrieval.question import content_terms, names
from rag.retrieval.search import search
from rag.types import Evidence, Filters, Hit, Paper, Plan

CONSIDERED = 20
"""How many papers a list may have."""
READ = 3
"""How many papers are read sentence by sentence for a fact, and offered with a refusal."""
_READ_BY_MODEL, _LISTED_BY_MODEL = 6, 14

_NEAR_BEST = 0.55  # of the best paper's score and coverage, for a list
_STATES_CONTRIBUTION = re.compile(
    r"\b(?:we|this (?:paper|work|article|study)|our (?:method|approach|work))\b.{0,40}?\b(?:propos|introduc|present|"
    r"develop|investigat|examin|identif|stud|show|reveal|provid|address|describ|explor|consider|learn)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """`hits` answer, best first, each with evidence; without any, `nearest` are offered and `missing` says why."""

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()


def find(indexes: Indexes, plan: Plan, focus: str, *, for_model: bool = False) -> Found:
    """What the library has for `plan`, looking in the papers for what `focus` asks.

    A language model, who reads all there is, is given a few more papers than those that are likely to
    answer; it does not wait for sentences to be embedded.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    if plan.kind == "author":
        return Found(_all_papers(indexes, plan.filters, meaning=not for_model))
    if plan.asks != "contents" and plan.kind != "list":
        own, nearest = meant(indexes, plan.question, plan.filters)
        return Found(tuple(map(_with_title, own)), tuple(hit.paper for hit in nearest[:READ]))
    hits = search(indexes, plan.question, CONSIDERED, plan.filters)
    if plan.kind == "compare" and (sides := _sides(indexes, plan)):
        return Found(tuple(with_evidence(indexes, focus, sides, meaning=not for_model)))
    focus = focus if plan.asks == "contents" else plan.question
    idf = {term: indexes.terms.idf(term) for term in content_terms(focus)}
    considered = _relevant(hits, idf) if plan.kind == "list" else hits[:READ]
    verdict = judge(focus, considered, idf)
    if not verdict.hits:
        return Found((), tuple(hit.paper for hit in hits[:READ]), verdict.missing)
    if plan.asks != "contents":
        return Found(tuple(map(_with_title, verdict.hits)))
    answering = (*verdict.hits, *_more(plan, hits, verdict.hits)) if for_model else verdict.hits
    return Found(tuple(with_evidence(indexes, focus, answering, meaning=not for_model)))


def _more(plan: Plan, hits: Sequence[Hit], chosen: Sequence[Hit]) -> list[Hit]:
    """The best other hits, for a model to read: for a list it does the choosing."""
    others = [hit for hit in hits if hit not in chosen]
    if plan.kind == "list":
        return others[: _LISTED_BY_MODEL - len(chosen)]
    return [hit for hit in others if hit.score >= _NEAR_BEST * hits[0].score][: _READ_BY_MODEL - len(chosen)]


def _with_title(hit: Hit) -> Hit:
    title = hit.paper.title
    return replace(hit, evidence=(Evidence(title, "title", 0, len(title), 1.0),))


def _sides(indexes: Indexes, plan: Plan) -> list[Hit]:
    """For each name of a comparison, in order, the best paper that mentions it; nothing if one has none."""
    sides: dict[str, Hit] = {}
    for name in names(plan.question):
        found = next((hit for hit in search(indexes, name, READ, plan.filters) if mentions(hit.paper, name)), None)
        if found is None:
            return []
        sides.setdefault(found.paper.id, found)
    return list(sides.values()) if len(sides) > 1 else []


def _relevant(hits: Sequence[Hit], idf: dict[str, float]) -> list[Hit]:
    """The hits that are about the same as the best one is, by score and by the question's terms they have."""
    coverage = {hit.paper.id: overlap(idf, paper_terms(hit.paper)) for hit in hits}
    best = max(coverage.values(), default=0.0)
    return [
        hit for hit in hits if hit.score >= _NEAR_BEST * hits[0].score and coverage[hit.paper.id] >= _NEAR_BEST * best
    ]


def _all_papers(indexes: Indexes, filters: Filters, *, meaning: bool) -> tuple[Hit, ...]:
    """Every paper that `filters` leave, newest first, each with the sentence that says what it contributes."""
    papers = indexes.library.papers(allowed_papers(indexes.library, filters) or [])
    papers.sort(key=lambda paper: -(paper.year or 0))
    return tuple(Hit(paper, 1.0, 0.0, (_contribution(indexes, paper, meaning=meaning),)) for paper in papers)


def _contribution(indexes: Indexes, paper: Paper, *, meaning: bool) -> Evidence:
    """The first sentence that says what the authors did, or else the one nearest to the title."""
    for start, end in sentence_spans(paper.abstract):
        if _STATES_CONTRIBUTION.search(paper.abstract, start, end):
            return Evidence(paper.abstract[start:end], "abstract", start, end, 1.0)
    (hit,) = with_evidence(indexes, paper.title, [Hit(paper, 1.0, 0.0)], meaning=meaning)
    return hit.evidence[0]
