"""The table of a comparison: a row for each paper, every cell quoted and cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import Numbering, bold, quoted
from rag.answering.comparison.cells import Said, cells
from rag.answering.comparison.columns import COLUMNS
from rag.answering.table_lines import header, line
from rag.answering.wording import dated
from rag.types import Cell, Evidence, Paper, Table

NOT_STATED = "not stated in the abstract"
PAPER = "Paper"


def rows(papers: Sequence[Paper], numbering: Numbering) -> Iterator[tuple[Cell, ...]]:
    """A row for each paper: its title with its year, then what its abstract says for each of `COLUMNS`.

    A paper whose abstract says nothing of them has its title cited.
    """
    for paper in papers:
        said = cells(paper)
        filled = tuple(_cell(paper, said.get(column), numbering) for column in COLUMNS)
        own = () if said else (_number(numbering.marker(paper, Evidence.of_title(paper), supported=True)),)
        yield Cell(f"{paper.title}{dated(paper)}", own), *filled


def markdown(columns: Sequence[str], lines: Iterator[tuple[Cell, ...]], made: list[tuple[Cell, ...]]) -> Iterator[str]:
    """The table as Markdown, a line at a time; the first cell of a row is bold. The rows are left in `made`."""
    yield header(columns)
    for row in lines:
        made.append(row)
        first, *others = row
        yield f"\n{line((_written(first, strong=True), *map(_written, others)))}"


def table(columns: Sequence[str], made: Sequence[tuple[Cell, ...]]) -> Table:
    """The table that was written."""
    return Table(tuple(columns), tuple(made))


def cited(paper: Paper, evidence: Evidence, numbering: Numbering) -> Cell:
    """A cell that says a sentence whole."""
    return Cell(evidence.sentence, (_number(numbering.marker(paper, evidence, supported=True)),))


def _cell(paper: Paper, said: Said | None, numbering: Numbering) -> Cell:
    if said is None:
        return Cell(NOT_STATED)
    return Cell(said.phrase, (_number(numbering.marker(paper, said.evidence, supported=True)),))


def _written(cell: Cell, *, strong: bool = False) -> str:
    text = bold(cell.text) if strong else quoted(cell.text)
    # Italics are ours: no phrase of an abstract.
    text = f"*{text}*" if cell.text == NOT_STATED else text.replace("|", r"\|")
    return " ".join((text, *(f"[{marker}]" for marker in cell.markers)))


def _number(marker: str) -> int:
    return int(marker.strip("[]"))
