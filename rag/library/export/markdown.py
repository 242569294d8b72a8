"""Markdown: a numbered list of references to paste into notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.library.export.texts import address
from rag.types import Paper

NAME = "Markdown"
SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"

MOST_AUTHORS = 20

_SIGNS = re.compile(r"[\\`*_\[\]<>~$|#&]")


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a numbered line for each paper: authors, year, title, venue, address."""
    for number, paper in enumerate(papers, start=1):
        year = f" ({paper.year})" if paper.year is not None else ""
        venue = f" *{_plain(paper.venue)}*." if paper.venue else ""
        url = address(paper) or ""
        place = f" <{url}>" if re.match(r"https?://", url) else f" {_plain(url)}" if url else ""
        end = "" if paper.title.endswith((".", "?", "!")) else "."
        yield f"{number}. {_authors(paper)}{year}. **{_plain(paper.title)}**{end}{venue}{place}\n"


def _authors(paper: Paper) -> str:
    if not paper.authors:
        return "Authors not known"
    shown = ", ".join(map(_plain, paper.authors[:MOST_AUTHORS]))
    more = len(paper.authors) - MOST_AUTHORS
    if more > 0:
        shown += f" and {more:,} more"
    return shown if paper.authors_complete else f"{shown} *et al.* (the list of authors is incomplete)"


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)
