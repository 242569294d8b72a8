"""Tables of answers handed on: as Markdown, CSV and LaTeX, each with its sources by their markers underneath."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rag.answering.table_lines import header, line
from rag.library.export.tex import tex
from rag.library.export.tex_fallbacks import fallbacks
from rag.types import Cell, Citation, Table

_MOST_AUTHORS = 8
_SIGNS = re.compile(r"[\\`*_\[\]<>~$|#]")
# A cell that begins so could be run as a formula; an apostrophe before it makes it text.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SOURCE_COLUMNS = ("Marker", "Title", "Authors", "Year", "Venue", "URL", "Quote")
_LONG_WORD = 24  # characters, of which LaTeX breaks none by itself
_BREAKABLE = re.compile(r"(?<=[/._?=&-])")
_OTHER_SCRIPTS = re.compile(r"[^\x00-\x7f]+")
_BESIDES = 0.02  # of the line, between two columns
_FIRST_SHARE = 1.2  # of the others' width


def as_markdown(table: Table, citations: Sequence[Citation]) -> str:
    """The table as a Markdown table, and a list of its sources."""
    lines = [header([_plain(column) for column in table.columns])]
    lines += [line(_plain(_with_markers(cell, "")) + _markers(cell) for cell in row) for row in table.rows]
    sources = [
        f"- [{source.marker}] {_plain(_authors(source))}**{_plain(source.title)}**{_appeared(source, _plain)}. "
        f"“{_plain(source.quote)}”{f' <{source.url}>' if source.url else ''}"
        for source in _sources(table, citations)
    ]
    return "\n".join([*lines, "", *sources]) + "\n"


def as_csv(table: Table, citations: Sequence[Citation]) -> str:
    """The table as CSV (RFC 4180), after an empty line its sources; nothing in it is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([[_no_formula(_with_markers(cell, _markers(cell))) for cell in row] for row in table.rows])
    writer.writerow([])
    writer.writerow(_SOURCE_COLUMNS)
    for source in _sources(table, citations):
        known = (source.title, "; ".join(source.authors), str(source.year or ""), source.venue or "", source.url or "")
        writer.writerow([f"[{source.marker}]", *map(_no_formula, (*known, source.quote))])
    return out.getvalue()


def as_latex(table: Table, citations: Sequence[Citation]) -> str:
    """The table as a LaTeX tabular of the package booktabs, which it alone needs, and a line for each source.

    What pdflatex has no letters for is only there for lualatex and xelatex.
    """
    rows = [" & ".join(_tex(_with_markers(cell, _markers(cell))) for cell in row) for row in table.rows]
    sources = [
        rf"\par\smallskip\noindent [{source.marker}] {_tex(_authors(source))}\emph{{{_tex(source.title)}}}"
        rf"{_appeared(source, _tex)}. ``{_tex(source.quote)}''{_address(source)}"
        for source in _sources(table, citations)
    ]
    # What begins with a bracket would be taken for the length of the line break before it.
    body = "".join(f"{{}}{row} \\\\\n" for row in rows)
    head = " & ".join(rf"\textbf{{{_tex(column)}}}" for column in table.columns)
    text = (
        f"\\begin{{tabular}}{{@{{}}{_widths(len(table.columns))}@{{}}}}\n\\toprule\n{head} \\\\\n\\midrule\n{body}"
        f"\\bottomrule\n\\end{{tabular}}\n" + "\n".join(sources)
    )
    begin = "\\begingroup\\footnotesize\\raggedright\\setlength{\\tabcolsep}{0pt}\\noindent\n"
    return f"% Needs \\usepackage{{booktabs}}\n{begin}{fallbacks(text)}{text}\n\\par\\endgroup\n"


class TableFormat(NamedTuple):
    """A format for tables: as a user calls it, how files of it end, as a browser is told it, and what writes it."""

    NAME: str
    SUFFIX: str
    MEDIA_TYPE: str
    write: Callable[[Table, Sequence[Citation]], str]


FORMATS: Mapping[str, TableFormat] = MappingProxyType(
    {
        "markdown": TableFormat("Markdown", ".md", "text/markdown", as_markdown),
        "csv": TableFormat("CSV", ".csv", "text/csv", as_csv),
        "latex": TableFormat("LaTeX", ".tex", "application/x-tex", as_latex),
    }
)
"""The formats by the names a user gives them by."""


def _sources(table: Table, citations: Sequence[Citation]) -> list[Citation]:
    """The citations of the table, in the order of their markers."""
    cited = {marker for row in table.rows for cell in row for marker in cell.markers}
    return sorted((each for each in citations if each.marker in cited), key=lambda each: each.marker)


def _markers(cell: Cell) -> str:
    return f" {''.join(f'[{marker}]' for marker in cell.markers)}" if cell.markers else ""


def _with_markers(cell: Cell, markers: str) -> str:
    return f"{' '.join(cell.text.split())}{markers}"


def _authors(source: Citation) -> str:
    shown = ", ".join(source.authors[:_MOST_AUTHORS])
    return f"{shown}{' et al.' if len(source.authors) > _MOST_AUTHORS else ''}: " if shown else ""


def _appeared(source: Citation, written: Callable[[str], str]) -> str:
    known = [written(part) for part in (source.venue, str(source.year or "")) if part]
    return f" ({', '.join(known)})" if known else ""


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _no_formula(text: str) -> str:
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def _tex(text: str) -> str:
    """LaTeX of a text; long words, as addresses are, can be broken."""
    words = (
        r"\allowbreak{}".join(map(_letters, _BREAKABLE.split(word))) if len(word) > _LONG_WORD else _letters(word)
        for word in text.split()
    )
    # Blanks of ours, as between an author and a title, are kept.
    return " ".join(words) + (" " if text.endswith(" ") else "")


def _letters(text: str) -> str:
    return _OTHER_SCRIPTS.sub(lambda found: rf"{{\ifdefined\pdfoutput[?]\else {found[0]}\fi}}", tex(text))


def _address(source: Citation) -> str:
    return rf" \texttt{{{_tex(source.url)}}}" if source.url else ""


def _widths(count: int) -> str:
    """Columns that fill a line, the first a little wider."""
    share = (1 - _BESIDES * (count - 1)) / (count - 1 + _FIRST_SHARE)
    first = rf"p{{{_FIRST_SHARE * share:.3f}\linewidth}}"
    gap = rf"@{{\hspace{{{_BESIDES}\linewidth}}}}"
    return gap.join([first, *[rf"p{{{share:.3f}\linewidth}}"] * (count - 1)])
