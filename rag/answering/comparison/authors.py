"""Authors side by side: a row for each, what they wrote about, and what they wrote together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import quoted
from rag.answering.comparison import grid
from rag.answering.comparison.cells import cells
from rag.answering.comparison.key_phrases import shared
from rag.answering.comparison.likeness import quoted_phrases
from rag.answering.digest.gathering import Work, work_of
from rag.answering.quoting import entry
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import counted, joined
from rag.retrieval.evidence import with_evidence
from rag.retrieval.people import people
from rag.retrieval.themes import FURTHER
from rag.types import Cell, Evidence, Hit, Paper

COLUMNS = ("Author", "Papers", "Years", "Writes about", "In their words")
_THEMES, _TITLES = 4, 3
_READ, _SHARED = 40, 5  # papers of an author, phrases
_JOINT = 8  # papers that are named


def write(task: Task) -> Pieces:
    """The comparison of the people of a plan; where a name is not one person's, whose it can be."""
    library = task.means.indexes.library
    found = {name: people(library, name) for name in task.plan.people}
    if unsettled := [name for name, meant in found.items() if len(meant) != 1]:
        from rag.answering import doubts

        return (yield from doubts.ask(task, unsettled))
    works = [work_of(task, person) for (person,) in found.values()]
    if not any(work.papers for work in works):
        names = joined([quoted(work.name) for work in works])
        yield f"The library has no papers by {names} that fit."
        return Outcome(refused=True, offers=tuple(f"What has {work.name} worked on?" for work in works))
    rows: list[tuple[Cell, ...]] = []
    yield from grid.markdown(COLUMNS, _rows(task, works), rows)
    yield "\n\n"
    yield from _together(task, works)
    return Outcome(table=grid.table(COLUMNS, rows))


def _rows(task: Task, works: Sequence[Work]) -> Iterator[tuple[Cell, ...]]:
    for work in works:
        chosen = _representative(task, work)
        words = Cell(grid.NOT_STATED) if chosen is None else grid.cited(*chosen, task.numbering)
        yield Cell(work.name), Cell(f"{len(work.papers):,}"), Cell(_years(work)), Cell(_subjects(work)), words


def _subjects(work: Work) -> str:
    """The labels of the themes; of few papers the titles."""
    labels = [theme.label for theme in work.themes if theme.label not in ("", FURTHER)]
    if labels:
        return "; ".join(labels[:_THEMES]) + ("; and more" if len(labels) > _THEMES else "")
    titles = [paper.title for paper in work.papers]
    return "; ".join(titles[:_TITLES]) + (f"; and {len(titles) - _TITLES} more" if len(titles) > _TITLES else "")


def _years(work: Work) -> str:
    years = [paper.year for paper in work.papers if paper.year is not None]
    if not years:
        return "not known"
    return str(years[0]) if len({*years}) == 1 else f"{min(years)}–{max(years)}"


def _representative(task: Task, work: Work) -> tuple[Paper, Evidence] | None:
    """The sentence that speaks best of the topic, or says what the most central paper contributes."""
    if not work.papers:
        return None
    if work.topic:
        hits = with_evidence(task.means.indexes, work.topic, [Hit(paper, 1.0, 0.0) for paper in work.papers])
        best = max(hits, key=lambda hit: hit.evidence[0].score)
        return best.paper, best.evidence[0]
    paper = work.papers[work.themes[0].members[0]]
    said = cells(paper).get("Approach")
    return paper, said.evidence if said else Evidence.of_title(paper)


def _together(task: Task, works: Sequence[Work]) -> Iterator[str]:
    """What all wrote together, and whom they share as co-authors."""
    ids = set.intersection(*({paper.id for paper in work.papers} for work in works))
    joint = [paper for paper in works[0].papers if paper.id in ids]
    names = joined([quoted(work.name) for work in works])
    if joint:
        yield f"**Together** {names} have {counted(len(joint), 'paper')}:\n"
        for paper in joint[:_JOINT]:
            yield f"\n- {entry(paper, Evidence.of_title(paper), task.numbering)}"
        if len(joint) > _JOINT:
            yield f"\n- and {len(joint) - _JOINT:,} more"
    else:
        yield f"{names} have no paper together in this library."
    every = "both" if len(works) == 2 else "all"
    groups = [[paper for paper in work.papers if paper.id not in ids][:_READ] for work in works]
    if found := shared(groups, task.means.indexes.terms.idf, _SHARED):
        yield (
            f"\n\nApart from that {every} write about {quoted_phrases(found, task.numbering)}."
            if joint
            else (f"\n\n{every.capitalize()} write about {quoted_phrases(found, task.numbering)}.")
        )
    own = {work.name for work in works}
    if company := set.intersection(*({name for name, _ in work.coauthors} for work in works)) - own:
        yield f"\n\nCo-authors of {every}: {quoted(joined(sorted(company)))}."
