"""Writes comparisons: what is asked of each side, the table, what the sides share and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import italic, quoted
from rag.answering.comparison import aspect, grid
from rag.answering.comparison.columns import COLUMNS
from rag.answering.comparison.likeness import share_and_differ
from rag.answering.comparison.naming import called
from rag.answering.refusal import nearest_papers, refusal
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import joined
from rag.retrieval.meant import spoken_of
from rag.retrieval.planning.parts import chosen
from rag.retrieval.sides import MOST, Side, papers_compared, sides
from rag.types import Cell, Hit, Paper

_NEAREST = 5
_SPEAKING = 3  # sentences of one paper, for each of several subjects that are in it
_COLUMNS = (grid.PAPER, *COLUMNS)


def write(task: Task) -> Pieces:
    """The comparison of the subjects of a plan; without any, of its people, or of what its filters and topic leave.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    plan, indexes = task.plan, task.means.indexes
    if not plan.subjects and len(plan.people) > 1:
        from rag.answering.comparison import authors

        return (yield from authors.write(task))
    if plan.subjects:
        found = sides(indexes, plan.subjects, plan.filters, task.standalone)
    else:
        hits = papers_compared(indexes, task.standalone, plan.topic, plan.filters)
        found = [Side("", hit, ()) for hit in hits]
    present = {side.hit.paper.id: side.hit for side in found if side.hit}
    if not present:
        near = {paper.id: paper for side in found for paper in side.nearest}
        yield _none(plan.subjects, list(near.values())[:_NEAREST]) if plan.subjects else refusal(task.question, (), ())
        return Outcome(refused=True)
    hits = list(present.values())
    if (more := len(plan.filters.papers) - len(hits)) > 0 and not plan.subjects and len(hits) == MOST:
        yield f"These are {len(hits)} of the {chosen(more + len(hits))}.\n\n"
    yield from _notes(found, hits)
    spoken = None
    if task.means.model is None and (asked := aspect.aspect(task.standalone, plan.subjects)):
        spoken = aspect.speaking(indexes, asked, hits)
        if any(sentences for _, sentences in spoken):
            yield from aspect.answer(spoken, task.numbering)
            yield "\n\n"
    rows: list[tuple[Cell, ...]] = []
    papers = [hit.paper for hit in hits]
    yield from grid.markdown(_COLUMNS, grid.rows(papers, task.numbering), rows)
    table = grid.table(_COLUMNS, rows)
    yield from _without_abstract(papers)
    if task.means.model is not None and not task.stopping.is_set():
        # What checks a model's text takes time to import.
        from rag.answering.comparison import prose

        yield "\n\n"
        return (yield from prose.write(task, task.means.model, hits, table))
    yield from _within(found, task)
    if len(papers) > 1:
        yield "\n\n"
        yield from share_and_differ(papers, task.numbering, indexes.terms.idf)
    return Outcome(table=table)


def _notes(found: Sequence[Side], hits: Sequence[Hit]) -> Iterator[str]:
    """Which sides the library does not have, and which are in one paper."""
    notes = [_absent(side) for side in found if side.hit is None]
    for hit in hits:
        same = [f"“{quoted(side.subject)}”" for side in found if side.hit and side.hit.paper.id == hit.paper.id]
        if len(same) > 1:
            notes.append(f"{joined(same)} are in one paper of this library, {called(hit.paper)}.")
    if not any(side.subject for side in found) and len(hits) == 1:
        notes.append(f"There is only one such paper in this library, {called(hits[0].paper)}.")
    for note in notes:
        yield f"{note}\n\n"


def _none(subjects: Sequence[str], near: Sequence[Paper]) -> str:
    """The refusal of a comparison of which no side is there."""
    names = joined([f"“{quoted(subject)}”" for subject in subjects], "or on")
    text = f"The library has no paper on {names}."
    return f"{text}\n\n{nearest_papers(near)}" if near else text


def _absent(side: Side) -> str:
    near = [italic(paper.title) for paper in side.nearest]
    nearest = f"; the nearest {'is' if len(near) == 1 else 'are'} {joined(near)}" if near else ""
    return f"The library has no paper on “{quoted(side.subject)}”{nearest}."


def _without_abstract(papers: Sequence[Paper]) -> Iterator[str]:
    if bare := [called(paper) for paper in papers if not paper.abstract.strip()]:
        yield f"\n\nThe library has no abstract of {joined(bare)}."


def _within(found: Sequence[Side], task: Task) -> Iterator[str]:
    """For sides that are in one paper, the sentences that speak of each."""
    before = "\n\n"
    ids = [side.hit.paper.id for side in found if side.hit]
    for side in found:
        if side.hit is None or ids.count(side.hit.paper.id) < 2:
            continue
        speaking = spoken_of(side.hit.paper, side.subject)[:_SPEAKING]
        said = " ".join(task.numbering.cited(side.hit.paper, item) for item in speaking)
        if said:
            yield f"{before}- “{quoted(side.subject)}”: {said}"
            before = "\n"
