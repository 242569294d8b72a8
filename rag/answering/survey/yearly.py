"""Papers per year, as numbers and as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rag.answering.survey.selection import Selection
from rag.answering.table_lines import header, line
from rag.library.store import Library
from rag.types import Cell, Table


@dataclass(frozen=True, slots=True)
class Yearly:
    """How many papers are of each year.

    Attributes:
        papers: By year, from the first to the last with a paper, zeros between.
        whole: Of the same years all papers of the library; empty where these are the ones that are counted.
        unknown: Papers whose year is not known.
        this_year: The current year, which is not over.
    """

    papers: dict[int, int]
    whole: dict[int, int]
    unknown: int
    this_year: int

    @property
    def first(self) -> int:
        """The first year with a paper."""
        return min(self.papers)

    @property
    def last(self) -> int:
        """The last year with a paper."""
        return max(self.papers)

    @property
    def middle(self) -> int:
        """The first year of the later part: as nearly half of the papers are before it as can be."""
        total, before, best = sum(self.papers.values()), 0, (float("inf"), self.last)
        for year in sorted(self.papers):
            if before:
                best = min(best, (abs(total - 2 * before), year))
            before += self.papers[year]
        return best[1]


def yearly(library: Library, selected: Selection, this_year: int) -> Yearly:
    """The papers per year of a selection that has papers of known years."""
    counted = selected.by_year
    years = range(min(counted), max(counted) + 1)
    whole: Counter[int] = Counter()
    if selected.topic or selected.filters.venue:
        whole.update(dict(library.rows("SELECT year, count(*) FROM papers WHERE year IS NOT NULL GROUP BY year")))
    return Yearly(
        papers={year: counted[year] for year in years},
        whole={year: whole[year] for year in years} if whole else {},
        unknown=len(selected.keys) - counted.total(),
        this_year=this_year,
    )


def table(per_year: Yearly) -> Table:
    """A row for each year; beside the papers, if they are some of many, their share of the library's."""
    columns = ("Year", "Papers", "All papers", "Share") if per_year.whole else ("Year", "Papers")
    rows = [_row(per_year, year) for year in per_year.papers]
    if per_year.unknown:
        rows.append(("not known", f"{per_year.unknown:,}", "", "")[: len(columns)])
    return Table(columns, tuple(tuple(Cell(text) for text in row) for row in rows))


def markdown(shown: Table) -> str:
    """The table in Markdown, numbers to the right."""
    lines = (line(cell.text for cell in row) for row in shown.rows)
    return "\n".join((header(shown.columns, numbers=True), *lines))


def _row(per_year: Yearly, year: int) -> tuple[str, ...]:
    papers = per_year.papers[year]
    named = f"{year} (so far)" if year == per_year.this_year else str(year)
    if not per_year.whole:
        return named, f"{papers:,}"
    whole = per_year.whole[year]
    return named, f"{papers:,}", f"{whole:,}", percent(papers, whole) if whole else ""


def percent(part: int, whole: int) -> str:
    """A share in per cent, with a decimal below ten."""
    share = 100 * part / whole
    return f"{share:.0f}%" if share >= 10 or share == 0 else f"{share:.1f}%"
