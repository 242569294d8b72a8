"""The papers that are like one, or like several."""

from __future__ import annotations

from rag.answering.citations import quoted
from rag.answering.conditions import conditions, described
from rag.answering.listing.papers import known_of
from rag.answering.quoting import entry, title
from rag.answering.refusal import nearest_papers
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import counted, joined
from rag.retrieval.similar import paper_named, similar
from rag.types import Paper

_MOST = 10


def write(task: Task) -> Pieces:
    """The papers most like the subjects of a plan, each with the sentence that is nearest to them.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    plan, indexes = task.plan, task.means.indexes
    papers: list[Paper] = []
    for subject in plan.subjects:
        paper, nearest = paper_named(indexes, subject)
        if paper is None:
            yield f"The library has no paper “{quoted(subject)}”."
            yield f"\n\n{nearest_papers(nearest)}" if nearest else ""
            return Outcome(refused=True, offers=tuple(f"Which papers are like “{each.title}”?" for each in nearest))
        papers.append(paper)
    which = described(conditions(indexes.library, plan.filters))
    hits = similar(indexes, papers, plan.filters, _MOST)
    if not hits:
        names = joined([f"“{quoted(paper.title)}”" for paper in papers])
        yield f"The library has no other paper{which} that is like {names}."
        return Outcome(refused=True)
    those = joined([title(each, task.numbering) for each in papers])
    yield f"**{counted(len(hits), 'paper')}**{which} most like {those}:\n"
    for hit in hits:
        known = known_of(hit.paper)
        yield f"\n- {entry(hit.paper, hit.evidence[0], task.numbering, f', {known}' if known else '')}"
    return Outcome(offers=_offers(papers))


def _offers(papers: list[Paper]) -> tuple[str, ...]:
    return (f"What is “{papers[0].title}” about?",) if len(papers) == 1 else ()
