"""Any page can open a paper: with a link in its text, or at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from rag.types import Paper
from rag.ui import markdown
from rag.ui.evidence import overlay
from rag.ui.evidence.highlight import Emphasis

_KEPT = 2_000  # BibTeX entries


def link(paper: Paper, text: str = "") -> str:
    """Markdown that opens the paper, its title unless there is another `text`; to be handed over in the same run."""
    return f"[{markdown.plain(text or paper.title)}](#paper-{_anchor(paper)})"


def hand_over(papers: Iterable[Paper], key: str) -> None:
    """Give the overlay the papers that are linked; `key` is unique in a run of the page."""
    overlay.mount(f"papers-{key}", {"entries": {_anchor(paper): entry(paper) for paper in papers}})


def show(paper: Paper) -> None:
    """Open the paper now. It is opened once for each run that calls this."""
    opened = {"anchor": _anchor(paper), "at": str(time.time_ns())}
    overlay.mount("papers-opened", {"entries": {_anchor(paper): entry(paper)}, "open": opened})


def entry(paper: Paper) -> dict[str, Any]:
    """What the overlay shows of a paper that nothing is quoted from; everything in it is text, nothing is markup."""
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": authors(paper),
        "published": published(paper),
        "url": paper.url or "",
        "linked": bool(paper.url) and markdown.is_address(paper.url or ""),
        "bibtex": _bibtex(paper),
        "doubt": "",
        "titlePassages": [(paper.title, "")],
        "passages": linked([(paper.abstract, "")]),
    }


def linked(passages: Sequence[tuple[str, Emphasis]]) -> list[tuple[str, Emphasis, bool]]:
    """The passages cut at http(s) addresses, and whether each piece is one."""
    return [
        (piece, emphasis, is_address)
        for text, emphasis in passages
        for piece, is_address in markdown.addresses(text)
        if piece
    ]


def authors(paper: Paper) -> str:
    """The authors as far as they are known, and whether these are all."""
    names = ", ".join(paper.authors)
    if not names:
        return "Authors not known"
    return names if paper.authors_complete else f"Known authors: {names}"


def published(paper: Paper) -> str:
    """Venue and year as far as they are known, such as "NeurIPS · 2023"."""
    return " · ".join(part for part in (paper.venue, str(paper.year or "")) if part)


def _anchor(paper: Paper) -> str:
    return f"id-{paper.id.encode().hex()}"


@lru_cache(_KEPT)
def _bibtex(paper: Paper) -> str:
    from dataclasses import replace

    from rag.library.export import FORMATS

    return "".join(FORMATS["bibtex"].write([replace(paper, abstract="")]))
