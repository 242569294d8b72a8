"""Which way the number of papers goes, said only where it is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from rag.answering.survey.yearly import Yearly, percent
from rag.answering.wording import counted, joined

_FEW_PAPERS, _FEW_YEARS = 8, 3
_SURE = 2.0  # standard errors
_TIED = 4  # years that are named


def direction(per_year: Yearly) -> Iterator[str]:
    """Sentences on whether there are more papers or fewer, as a number and as a share of the library.

    The years, but for the current one, are halved, the one in the middle left out. Two numbers of papers differ by
    chance as Poisson counts do, two shares as those of a binomial do.
    """
    over = [year for year in per_year.papers if year < per_year.this_year]
    if sum(per_year.papers[year] for year in over) < _FEW_PAPERS:
        yield "That is too few papers to speak of a trend."
    elif len(over) < _FEW_YEARS:
        yield "That is too few years to speak of a trend."
    else:
        half = len(over) // 2
        yield _numbers(per_year, over[:half], over[-half:])
        if per_year.whole:
            yield _shares(per_year, over[:half], over[-half:])
    if per_year.last == per_year.this_year:
        so_far = counted(per_year.papers[per_year.last], "paper")
        yield f"The year {per_year.this_year} is not over: it has {so_far} so far."


def fullest(per_year: Yearly) -> str:
    """A sentence that says which year has most papers."""
    most = max(per_year.papers.values())
    years = [str(year) for year, papers in per_year.papers.items() if papers == most]
    each = f"{counted(most, 'paper')} each" if len(years) > 1 else counted(most, "paper")
    if len(years) > _TIED:
        return f"No year has more than {counted(most, 'paper')}."
    return f"Most papers are from {joined(years)} ({each})."


def _numbers(per_year: Yearly, early: Sequence[int], late: Sequence[int]) -> str:
    before, after = (sum(per_year.papers[year] for year in years) for years in (early, late))
    spans = f"from {before:,} in {_span(early)} to {after:,} in {_span(late)}"
    if abs(after - before) < _SURE * sqrt(after + before):
        return f"There is no clear direction: {before:,} in {_span(early)}, {after:,} in {_span(late)}."
    return f"Their number {'grew' if after > before else 'fell'} {spans}."


def _shares(per_year: Yearly, early: Sequence[int], late: Sequence[int]) -> str:
    before, after = (sum(per_year.papers[year] for year in years) for years in (early, late))
    of_before, of_after = (sum(per_year.whole[year] for year in years) for years in (early, late))
    if not of_before or not of_after:
        return "Before, the library has no papers at all." if not of_before else "Since then it has no papers at all."
    both = (before + after) / (of_before + of_after)
    error = sqrt(both * (1 - both) * (1 / of_before + 1 / of_after))
    difference = after / of_after - before / of_before
    shares = f"{percent(before, of_before)} of the library's papers of those years to {percent(after, of_after)}"
    if abs(difference) < _SURE * error or not error:
        return f"As a share that is no clear change: from {shares}."
    return f"As a share, that is {'more' if difference > 0 else 'less'}: from {shares}."


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
