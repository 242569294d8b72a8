"""Trends: how many papers there are of each year, which way that goes, and what the papers turned to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rag.answering.quoting import entry, example
from rag.answering.survey import changes
from rag.answering.survey.direction import direction, fullest
from rag.answering.survey.selection import Selection, none_left, selection
from rag.answering.survey.yearly import Yearly, markdown, table, yearly
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import counted, period
from rag.retrieval.evidence import with_evidence
from rag.types import Hit, Paper

_FIRST = re.compile(
    r"\b(?:first|earliest|initially|originally|began|begin|begun|starts?|started|emerged?|appear(?:s|ed)?"
    r"|show(?:s|ed)? up|introduced|debut\w*|oldest|origins?)\b",
    re.IGNORECASE,
)
_FULLEST = re.compile(r"\b(?:most|peak\w*|busiest|highest|largest|biggest|maximum|top|best)\b", re.IGNORECASE)
_NAMED = 3  # of the first papers
_CHANGES = 16  # papers: fewer are shown one by one


def write(task: Task) -> Pieces:
    """The papers per year of what the plan's filters and topic leave, and what changed."""
    indexes = task.means.indexes
    selected = selection(indexes, task.plan)
    if not selected.keys:
        yield none_left(indexes.library, selected)
        return Outcome(refused=True)
    if not selected.by_year:
        one = "its year is" if len(selected.keys) == 1 else "their years are"
        yield (
            f"The library has {counted(len(selected.keys), 'paper')}{selected.spoken}, but {one} not known: "
            "nothing can be said of how that changed over time."
        )
        return Outcome(refused=True)
    per_year = yearly(indexes.library, selected, date.today().year)
    yield "\n\n".join(_lead(task, selected, per_year))
    shown = table(per_year)
    yield f"\n\n{markdown(shown)}"
    outcome = Outcome()
    if task.plan.asks == "contents":
        outcome = yield from _what_changed(task, selected, per_year)
    return replace(outcome, table=shown)


def _lead(task: Task, selected: Selection, per_year: Yearly) -> Iterator[str]:
    """Paragraphs before the table: what is asked for first."""
    asked_first = bool(_FIRST.search(task.question))
    asked_fullest = bool(_FULLEST.search(task.question)) and not asked_first
    if task.plan.asks == "year" and not (asked_first or asked_fullest):
        asked_first = bool(selected.topic)
        asked_fullest = not asked_first
    if asked_first:
        yield _first(task, selected)
    said = [_in_all(selected, per_year), *direction(per_year), *_before(task, selected)]
    if sum(per_year.papers.values()) > len(per_year.papers) > 1:
        said.insert(0 if asked_fullest else len(said), fullest(per_year))
    yield " ".join(said)


def _before(task: Task, selected: Selection) -> Iterator[str]:
    """How many papers there were before the years asked for, if these go up to now."""
    first, last = selected.filters.years or (None, None)
    if first is not None and last is None:
        earlier = replace(selected.filters, years=(None, first - 1))
        others = selection(task.means.indexes, task.plan, filters=earlier).by_year
        if others:
            yield f"Before that, {period(min(others), max(others))}, it has {others.total():,}."


def _in_all(selected: Selection, per_year: Yearly) -> str:
    years = f", {period(per_year.first, per_year.last)}" if not selected.filters.years else ""
    unknown = f"; the year of {per_year.unknown:,} is not known" if per_year.unknown else ""
    return f"The library has {counted(len(selected.keys), 'paper')}{selected.spoken}{years}{unknown}."


def _first(task: Task, selected: Selection) -> str:
    """The papers of the first year, as many as can be named, cited."""
    year = min(selected.by_year)
    keys = selected.of(year, year)
    papers = task.means.indexes.library.papers(keys[:_NAMED])
    shown = "; ".join(_cited(task, selected, paper) for paper in papers)
    if len(keys) > len(papers):
        return f"The first {counted(len(keys), 'paper')} are from {year}, among them {shown}"
    return f"The first {'paper is' if len(keys) == 1 else 'papers are'} from {year}: {shown}"


def _cited(task: Task, selected: Selection, paper: Paper) -> str:
    """A paper with the sentence that is most about the topic."""
    if not selected.topic:
        return example(paper, task.numbering)
    (hit,) = with_evidence(task.means.indexes, selected.topic, [Hit(paper, 1.0, 0.0)], meaning=False)
    return entry(paper, hit.evidence[0], task.numbering, "")


def _what_changed(task: Task, selected: Selection, per_year: Yearly) -> Pieces:
    """The papers in order if they are few, or else what those of the earlier and of the later years are about.

    A year that was asked for is set against those after it.
    """
    years = selected.filters.years
    if years and years[0] is not None and years[0] == years[1]:
        yield from changes.since(task, selected, years[0])
    elif len(selected.keys) < _CHANGES:
        return (yield from _in_order(task, selected))
    elif len(per_year.papers) > 1:
        before = changes.side(selected, None, per_year.middle - 1)
        yield from changes.between(task, before, changes.side(selected, per_year.middle, None))
    return Outcome()


def _in_order(task: Task, selected: Selection) -> Pieces:
    """All papers, oldest first, those of unknown years last: in the model's words, or else quoted."""
    found = task.means.indexes.library.papers(selected.keys)
    papers = sorted(found, key=lambda paper: (paper.year is None, paper.year))
    outcome = Outcome()
    if task.means.model and len(papers) > 1:
        # What checks a model's text takes time to import.
        from rag.answering.survey import prose

        yield "\n\n"
        outcome, done = yield from prose.write(task, task.means.model, [("", papers)])
        if done:
            return outcome
    yield "\n"
    for paper in papers:
        yield f"\n- {example(paper, task.numbering)}"
    return outcome
