"""What metadata tell of an author: how many papers, when and where, with whom, and whose else they may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rag.answering.citations import bold, italic, quoted
from rag.answering.digest.gathering import Work
from rag.answering.wording import appeared, counted, joined, period, short_title
from rag.retrieval.themes import FURTHER

_COAUTHORS, _MAYBE, _OF_A_YEAR = 12, 3, 4  # that are named
_FEW = 4  # papers: of fewer the years are seen at once


def opening(work: Work) -> str:
    """The sentences that a digest of several papers begins with."""
    count, whole = len(work.papers), len(work.papers) + work.besides
    name, within = quoted(work.name), work.within
    if not work.topic:
        first = f"{name} has {counted(count, 'paper')} in this library{within}{_when(work)}{_where(work)}."
    elif not work.besides:
        every = "The one paper" if count == 1 else f"All {counted(count, 'paper')}"
        about = f"{_is(count)} about {quoted(work.topic)}"
        first = f"{every} by {name} in this library{within} {about}{_when(work)}."
    else:
        others = "the other one is not" if work.besides == 1 else f"the other {work.besides:,} are not"
        first = (
            f"{count:,} of the {counted(whole, 'paper')} by {name} in this library{within} {_is(count)} about "
            f"{quoted(work.topic)}{_when(work)}; {others}."
        )
    unfiltered = f" There are {work.all:,} in all." if within and work.all > whole else ""
    return first + unfiltered


def only(work: Work) -> str:
    """The sentence that a digest of one paper begins with."""
    (paper,) = work.papers
    known = ", ".join(filter(None, [str(paper.year or ""), italic(paper.venue) if paper.venue else ""]))
    title = bold(paper.title) + (f" ({known})" if known else "")
    others = [quoted(name) for name, _ in work.coauthors[:_COAUTHORS]]
    company = f", written with {joined(others, more=len(work.coauthors) - len(others))}" if others else ""
    if work.topic or work.besides or work.all > 1:
        return f"{opening(work)}\n\n{title}{company}."
    return f"The library has 1 paper by {quoted(work.name)}: {title}{company}."


def outline(work: Work) -> str:
    """A sentence that names the themes, if there are any."""
    named = [
        f"{italic(theme.label)} ({len(theme.members):,})" for theme in work.themes if theme.label not in ("", FURTHER)
    ]
    rest = sum(len(theme.members) for theme in work.themes if theme.label == FURTHER)
    if not named or (work.topic and work.papers):
        return ""
    said = "theme is" if len(named) == 1 else "themes are"
    others = f"; {rest:,} stand{'s' if rest == 1 else ''} apart" if rest else ""
    return f" The main {said} {joined(named)}{others}."


def nothing_left(work: Work) -> str:
    """What is said where the author has papers, and none that is asked for."""
    name, within = quoted(work.name), work.within
    if work.topic and work.besides:
        none = "The one paper" if work.besides == 1 else f"None of the {counted(work.besides, 'paper')}"
        is_not = "is not about" if work.besides == 1 else "is about"
        return f"{none} by {name} in this library{within} {is_not} {quoted(work.topic)}.{outline(work)}"
    return f"The library has {counted(work.all, 'paper')} by {name}, and none{within}."


def timeline(work: Work, names: Mapping[str, str]) -> Iterator[str]:
    """A line for each known year, oldest first; nothing where that would tell nothing. `names` are of papers by id."""
    years = sorted({paper.year for paper in work.papers if paper.year})
    if len(years) < 2 or len(work.papers) < _FEW:
        return
    yield "\n\n### Timeline\n"
    for year in years:
        of_year = [paper for paper in work.papers if paper.year == year]
        named = [quoted(names.get(paper.id) or short_title(paper.title)) for paper in of_year[:_OF_A_YEAR]]
        more = f" and {len(of_year) - _OF_A_YEAR:,} more" if len(of_year) > _OF_A_YEAR else ""
        yield f"\n- **{year}**: {counted(len(of_year), 'paper')} ({'; '.join(named)}{more})"
    if unknown := sum(not paper.year for paper in work.papers):
        yield f"\n- Year not known: {counted(unknown, 'paper')}"


def company(work: Work) -> str:
    """Who else wrote the papers, as far as the library knows."""
    partial = sum(not paper.authors_complete for paper in work.papers)
    if not work.coauthors:
        if partial:
            return f"The library knows no co-authors: its sources name {quoted(work.name)} alone."
        return "" if len(work.papers) == 1 else "No paper has a co-author."
    named = [f"{quoted(name)} ({times:,})" for name, times in work.coauthors[:_COAUTHORS]]
    listed = joined(named, more=len(work.coauthors) - len(named))
    whose = f"{partial:,} of the {counted(len(work.papers), 'paper')}" if partial < len(work.papers) else "these papers"
    gaps = f"; the library does not know all authors of {whose}" if partial else ""
    return f"{'Known co-authors' if partial else 'Co-authors'} (joint papers): {listed}{gaps}."


def perhaps(work: Work) -> str:
    """The papers of others who may be the same, if there are any."""
    if not work.maybe:
        return ""
    count = sum(person.papers for person in work.maybe)
    alone = len(work.maybe) == 1
    named = [quoted(one.name) + ("" if alone else f" ({one.papers:,})") for one in work.maybe[:_MAYBE]]
    by = joined(named, more=len(work.maybe) - len(named))
    return f"{counted(count, 'more paper')} by {by} may be theirs."


def _when(work: Work) -> str:
    years = sorted(paper.year for paper in work.papers if paper.year)
    if not years or (work.filters.years and work.filters.years[0] == work.filters.years[1]):
        return ""
    unknown = len(work.papers) - len(years)
    gap = f" (the year of {unknown:,} is not known)" if unknown else ""
    return f", {period(years[0], years[-1])}{gap}"


def _where(work: Work) -> str:
    venues = Counter(paper.venue for paper in work.papers if paper.venue)
    return f", {appeared(venues, len(work.papers))}" if venues else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
