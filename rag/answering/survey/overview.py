"""Overviews: how many papers there are, what they are about, what is new in a year, who writes most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.citations import quoted
from rag.answering.conditions import papers_told
from rag.answering.quoting import example, title
from rag.answering.survey import changes
from rag.answering.survey.grouping import Grouped, grouped
from rag.answering.survey.selection import Selection, none_left, selection
from rag.answering.survey.writers import most_papers
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import appeared, counted, joined, period
from rag.types import Paper

_OFFERED = 3
_FEW_THEMES = 4  # so many have an example more
_EXAMPLES = 2
_ALL_SHOWN = 12  # papers that were chosen
_FURTHER = 3  # examples of those without a theme
_NAMES = re.compile(
    r"\b(?:methods?|techniques?|approach(?:es)?|algorithms?|architectures?|models|data ?sets?|names?|terms?|keywords?"
    r"|phrases?|words?)\b.*\b(?:often|frequent\w*|common\w*|popular|most|usual\w*)\b"
    r"|\b(?:often|frequent\w*|common\w*|popular|most|usual\w*)\b.*\b(?:methods?|techniques?|approach(?:es)?|algorithms?"
    r"|architectures?|models|data ?sets?|names?|terms?|keywords?|phrases?|words?)\b",
    re.IGNORECASE,
)
_HOW = (
    "Papers are grouped by what their titles and abstracts say; a label is a phrase that many papers of its group have "
    "and few others do."
)


def write(task: Task) -> Pieces:
    """The overview of the papers that the plan's filters and topic leave."""
    indexes = task.means.indexes
    selected = selection(indexes, task.plan)
    if not selected.keys:
        yield none_left(indexes.library, selected)
        return Outcome(refused=True)
    yield _opening(selected, indexes.library.count("papers"))
    themes = grouped(task, selected)
    if not any(theme.named for theme in themes) or _each_shown(selected):
        themes = (Grouped("", selected.keys),)
    if _NAMES.search(task.question):
        yield from changes.most_mentioned(task, selected)
    yield from changes.since_before(task, selected)
    outcome = yield from _themes(task, themes, each=_each_shown(selected))
    if authors := most_papers(indexes.library, selected):
        yield f"\n\n{authors}"
    if any(theme.label for theme in themes):
        yield f"\n\n{_HOW}"
    return outcome


def _each_shown(selected: Selection) -> bool:
    """Whether the user has chosen so few papers that a word on each of them is wanted."""
    return bool(selected.filters.papers) and len(selected.keys) <= _ALL_SHOWN


def _themes(task: Task, themes: Sequence[Grouped], *, each: bool) -> Pieces:
    """The themes in the model's words, or else the papers in the middle of each, quoted."""
    shown = _examples(task, themes, each=each)
    outcome = Outcome()
    if model := task.means.model:
        # What checks a model's text takes time to import.
        from rag.answering.survey import prose

        yield _outline(themes)
        papers = [(theme.label, shown[theme]) for theme in themes if theme.named]
        outcome, done = yield from prose.write(task, model, papers)
        if done:
            return _with_offers(outcome, themes)
    for theme in themes:
        yield from _section(task, theme, shown[theme])
    return _with_offers(outcome, themes)


def _examples(task: Task, themes: Sequence[Grouped], *, each: bool) -> dict[Grouped, list[Paper]]:
    number = _EXAMPLES + (sum(theme.named for theme in themes) <= _FEW_THEMES)
    library = task.means.indexes.library
    unlabelled = _ALL_SHOWN if each else _FURTHER + 1
    return {theme: library.papers(theme.keys[: number if theme.label else unlabelled]) for theme in themes}


def _section(task: Task, theme: Grouped, papers: Sequence[Paper]) -> Iterator[str]:
    if theme.label:
        yield f"\n\n### {quoted(theme.label)} ({len(theme.keys):,})\n"
    else:
        yield "\n"
    if not theme.named:
        papers = papers[:_FURTHER]
        more = len(theme.keys) - len(papers)
        titles = "; ".join(title(paper, task.numbering) for paper in papers)
        yield f"\n- {titles}" + (f"; and {more:,} more" if more else "")
        return
    for paper in papers:
        yield f"\n- {example(paper, task.numbering)}"


def _outline(themes: Sequence[Grouped]) -> str:
    named = [f"{quoted(theme.label)} ({len(theme.keys):,})" for theme in themes if theme.named and theme.label]
    if not named:
        return "\n\n"
    rest = sum(len(theme.keys) for theme in themes if not theme.named)
    others = f"; {rest:,} more stand apart" if rest else ""
    return f" The themes are {joined(named)}{others}.\n\n"


def _with_offers(outcome: Outcome, themes: Sequence[Grouped]) -> Outcome:
    labels = [theme.label for theme in themes if theme.named and theme.label][:_OFFERED]
    return replace(outcome, offers=tuple(f"Which papers are about {_inside(label)}?" for label in labels))


def _inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == "-" else label


def _opening(selected: Selection, in_all: int) -> str:
    count = len(selected.keys)
    whole = f" (of {in_all:,} in all)" if count < in_all else ""
    years, gap = _when(selected)
    number, which = papers_told(count, selected.spoken)
    if which != selected.spoken:
        return f"These are the {number}{whole}{years}{_where(selected)}{gap}."
    return f"The library has {counted(count, 'paper')}{selected.spoken}{whole}{years}{_where(selected)}{gap}."


def _when(selected: Selection) -> tuple[str, str]:
    """The years of the papers, unless just these were asked for, and of how many they are not known."""
    years = selected.by_year
    unknown = len(selected.keys) - years.total()
    if not years:
        return "", f"; {'its year is' if unknown == 1 else 'their years are'} not known"
    gap = f"; the year of {unknown:,} is not known" if unknown else ""
    first, last = min(years), max(years)
    asked = selected.filters.years
    if asked and asked[0] == asked[1]:
        return "", gap
    return f", {period(first, last)}", gap


def _where(selected: Selection) -> str:
    venues = Counter(venue for venue in selected.venues if venue)
    if not venues or (selected.filters.venue and len(venues) == 1):
        return ""
    return f", {appeared(venues, len(selected.keys))}"
