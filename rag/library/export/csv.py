"""CSV for spreadsheets: a header, one row a paper, UTF-8 with a mark (BOM) by which Excel knows it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from rag.library.export.people import index_form
from rag.library.export.texts import address, arxiv_of, doi_of, settled
from rag.types import Paper

NAME = "CSV"
SUFFIX = ".csv"
MEDIA_TYPE = "text/csv"

_HEADER = ("id", "title", "authors", "authors_complete", "year", "venue", "doi", "arxiv", "url", "abstract")
# A cell that begins so could be run as a formula; one more apostrophe before it, which the reader takes away again.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield the header and a row for each paper, with lines ending in CR LF (RFC 4180)."""
    yield "\ufeff" + _line(_HEADER)
    for paper in papers:
        arxiv = arxiv_of(paper)
        cells = (
            paper.id,
            settled(paper.title),
            "; ".join(map(index_form, paper.authors)),
            "yes" if paper.authors_complete else "no",
            str(paper.year or ""),
            settled(paper.venue or ""),
            doi_of(paper) or "",
            # With its prefix a spreadsheet does not take the id for a number.
            f"arXiv:{arxiv}" if arxiv else "",
            address(paper) or "",
            settled(paper.abstract),
        )
        yield _line([f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell for cell in cells])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
