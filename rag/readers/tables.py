"""Tables with a header line: CSV, TSV and their kin, with the column names people use."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from rag.readers.entry import Entry, records_of
from rag.readers.source import Source
from rag.types import BadRecord, Record

NAME = "a table (CSV or TSV)"

_DELIMITERS = (",", ";", "\t", "|")
# The names a column goes by, lower case and single blanks, best first.
_COLUMNS = {
    "title": ("title", "article title", "document title", "paper title", "primary title", "ti", "t1", "titles"),
    "abstract": ("abstract", "abstracts", "ab", "abstract note", "summary", "notes abstract", "n2"),
    "authors": (
        *("authors", "author full names", "author", "author names", "author(s)", "authors names", "first authors"),
        *("creators", "creator", "au"),
    ),
    "year": ("year", "publication year", "pub year", "year of publication", "py", "published", "date", "y1"),
    "venue": (
        *("venue", "journal", "journal title", "source title", "publication title", "container title", "journal name"),
        *("booktitle", "book title", "conference", "conference name", "secondary title", "jo", "t2", "source"),
    ),
    "url": ("url", "urls", "link", "links", "web address", "ur"),
    "doi": ("doi", "do", "digital object identifier"),
    "arxiv": ("arxiv", "arxiv id", "arxivid", "eprint"),
    "pmid": ("pmid", "pubmed id", "pubmedid"),
    "id": ("id", "key", "paper id"),
    "authors_complete": ("authors complete",),
}
_COLUMN_OF = {name: column for column, names in _COLUMNS.items() for name in names}
# A cell that a spreadsheet would take for a formula has an apostrophe before it.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_INITIALS_LAST = re.compile(r"[^\W\d_][\w'\u2019 \-]+ (?:[A-Z]\.?-?){1,4}")


def matches(head: str) -> bool:
    """Tell whether the first line names a title column and at least one other."""
    return _delimiter(next((line for line in head.splitlines() if line.strip()), "")) is not None


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the record of every row; rows of nothing but blanks are passed over."""
    skipped: list[BadRecord] = []
    lines = _lines(source, skipped)
    header = next(lines)
    delimiter = _delimiter(header) or ","
    columns = _columns(next(csv.reader([header], delimiter=delimiter)))
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        first = source.line_number + 1
        try:
            cells = next(rows)
        except StopIteration:
            yield from skipped
            return
        except csv.Error as error:
            yield BadRecord(f"line {first}", f"the row cannot be read ({error}): is a quotation mark missing?")
            rows = csv.reader(lines, delimiter=delimiter)
            continue
        yield from skipped
        skipped.clear()
        if any(cell.strip() for cell in cells):
            yield from _row(f"line {first}", columns, cells)


def _lines(source: Source, skipped: list[BadRecord]) -> Iterator[str]:
    blank = True
    for line in source.lines():
        if isinstance(line, BadRecord):
            skipped.append(line)
        elif line.text.strip() or not blank:
            blank = False
            yield line.text + "\n"


def _delimiter(header: str) -> str | None:
    """What parts the columns, or None where the line is no header of a table of papers."""
    best = max(_DELIMITERS, key=lambda delimiter: len(_known(header, delimiter)))
    known = _known(header, best)
    return best if "title" in known and len(known) > 1 else None


def _known(header: str, delimiter: str) -> set[str]:
    try:
        names = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return set()
    return set(_columns(names))


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; the best name wins where there are several."""
    found: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        plain = " ".join(re.sub(r"[_\s\ufeff-]+", " ", name).casefold().split())
        if column := _COLUMN_OF.get(plain):
            rank = _COLUMNS[column].index(plain)
            found[column] = min(found.get(column, (rank, place)), (rank, place))
    return {column: place for column, (_, place) in found.items()}


def _row(position: str, columns: Mapping[str, int], cells: Sequence[str]) -> Iterator[Record | BadRecord]:
    def cell(column: str) -> str:
        text = cells[columns[column]] if columns.get(column, len(cells)) < len(cells) else ""
        return text[1:] if _GUARDED.match(text) else text

    yield from records_of(
        Entry(
            position=position,
            title=cell("title"),
            abstract=cell("abstract"),
            authors=_names(cell("authors").strip()),
            authors_complete=cell("authors_complete").strip().casefold() not in ("no", "false", "0"),
            year=cell("year").strip().removesuffix(".0"),
            venue=cell("venue"),
            url=cell("url"),
            doi=cell("doi"),
            arxiv=cell("arxiv"),
            pmid=cell("pmid"),
            id=cell("id"),
        )
    )


def _names(text: str) -> tuple[str, ...]:
    """The names of a cell: parted by semicolons, as a Python or JSON list, or by commas where that can be told."""
    if text.startswith("[") and text.endswith("]"):
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            value = None
        if isinstance(value, list):
            return tuple(re.sub(r"\s*\(\d{5,}\)$", "", str(name)) for name in value)
    if ";" in text:
        return tuple(part for part in map(str.strip, re.findall(r"(?:\{[^{}]*\}|[^;])+", text)) if part)
    if "|" in text:
        return tuple(filter(None, map(str.strip, text.split("|"))))
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and all(map(_INITIALS_LAST.fullmatch, parts)):
        return tuple(parts)
    if len(parts) > 2 and all(" " in part for part in parts):
        return tuple(parts)
    return (text,) if text else ()
