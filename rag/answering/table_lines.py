"""The lines of a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def header(columns: Sequence[str], *, numbers: bool = False) -> str:
    """The names of the columns and the line under them; `numbers` stand to the right in all but the first."""
    under = ["---", *["---:" if numbers else "---"] * (len(columns) - 1)]
    return f"{line(columns)}\n{line(under)}"


def line(cells: Iterable[str]) -> str:
    """A row of cells, which are Markdown already."""
    return f"| {' | '.join(cells)} |"
