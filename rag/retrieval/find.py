"""The papers and sentences that answer a question of fact, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.index.indexes import Indexes
from rag.retrieval.answerability import Verdict, judge
from rag.retrieval.evidence import with_evidence
from rag.retrieval.filters import every_paper
from rag.retrieval.meant import meant
from rag.retrieval.one_paper import within
from rag.retrieval.question import content_terms, without_names
from rag.retrieval.search import search
from rag.retrieval.sides import sides
from rag.types import Evidence, Hit, Paper, Plan

READ = 3
"""How many papers are read sentence by sentence, and offered with a refusal."""
_CONSIDERED = 20
_READ_BY_MODEL = 6
_NEAR_BEST = 0.55  # of the best paper's score, for another that a model reads


@dataclass(frozen=True, slots=True)
class Found:
    """`hits` answer, best first, each with evidence; without any, `nearest` are offered and `missing` says why.

    `beside` says that each hit answers for a paper of its own that the question names.
    """

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()
    beside: bool = False


def find(indexes: Indexes, plan: Plan, focus: str, *, for_model: bool = False) -> Found:
    """What the library has for `plan`, looking in the papers for what `focus` asks.

    A language model, who reads all there is, is given a few more papers than those that are likely to
    answer; it does not wait for sentences to be embedded.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    if len(plan.filters.papers) == 1:
        return _in_the_chosen(indexes, plan, focus, for_model=for_model)
    if plan.asks != "contents":
        own, nearest = meant(indexes, plan.question, plan.filters)
        return Found(tuple(map(_with_title, own)), tuple(hit.paper for hit in nearest[:READ]))
    hits = search(indexes, plan.question, _CONSIDERED, plan.filters)
    verdict = _judged(indexes, focus, hits[:READ])
    if not verdict.hits:
        if beside := _beside(indexes, plan, focus):
            return Found(tuple(with_evidence(indexes, focus, beside, meaning=not for_model)), beside=True)
        return Found((), tuple(hit.paper for hit in hits[:READ]), verdict.missing)
    answering = (*verdict.hits, *_more(hits, verdict.hits)) if for_model else verdict.hits
    return Found(tuple(with_evidence(indexes, focus, answering, meaning=not for_model)))


def _in_the_chosen(indexes: Indexes, plan: Plan, focus: str, *, for_model: bool) -> Found:
    """What the single paper that the user chose says; it is the nearest one if it does not answer."""
    papers = every_paper(indexes.library, plan.filters)
    if not papers:
        return Found()
    if plan.asks != "contents":
        return Found((_with_title(Hit(papers[0], 1.0, 1.0)),))
    found = within(indexes, papers[0], focus, for_model=for_model)
    return Found(found.hits, tuple(papers), found.missing)


def _judged(indexes: Indexes, question: str, hits: Sequence[Hit]) -> Verdict:
    return judge(question, hits, {term: indexes.terms.idf(term) for term in content_terms(question)})


def _beside(indexes: Indexes, plan: Plan, focus: str) -> list[Hit]:
    """The papers of all the names of a question that no paper has together, where each can answer for itself."""
    if len(plan.subjects) < 2:
        return []
    asked = without_names(focus)
    found = [(side.subject, side.hit) for side in sides(indexes, plan.subjects, plan.filters) if side.hit]
    own = {hit.paper.id: hit for name, hit in found if _judged(indexes, f"of {name}: {asked}", [hit]).hits}
    return list(own.values()) if len(own) == len(plan.subjects) else []


def _more(hits: Sequence[Hit], chosen: Sequence[Hit]) -> list[Hit]:
    """The best other hits, for a model to read."""
    others = [hit for hit in hits if hit not in chosen and hit.score >= _NEAR_BEST * hits[0].score]
    return others[: _READ_BY_MODEL - len(chosen)]


def _with_title(hit: Hit) -> Hit:
    return replace(hit, evidence=(Evidence.of_title(hit.paper),))
