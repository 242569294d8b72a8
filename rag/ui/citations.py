"""What the overlay knows about each `[n]` of an answer: the paper and the sentence that is quoted.

There is one overlay on the page (citations.js): it listens to every link to `#cite-...`, and each
turn hands it the entries of its own links. It works without a rerun, so also while an answer streams.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from rag.types import Citation, Paper
from rag.ui import markdown
from rag.ui.conversation import Turn
from rag.ui.highlight import passages

_HERE = Path(__file__).parent
_overlay = st.components.v2.component(
    "citations",
    js=(_HERE / "citations.js")
    .read_text(encoding="utf-8")
    .replace("/* citations.css */", (_HERE / "citations.css").read_text(encoding="utf-8")),
)


def listen() -> None:
    """Put the overlay on the page, so that it is there before the first link."""
    _overlay(key="citations-page", data={}, height="content")


def hand_over(turn: Turn, key: str) -> None:
    """Give the overlay the entries of `turn`; `key` is unique in a run of the page."""
    _overlay(key=f"citations-{key}", data=entries(turn), height="content")


def entries(turn: Turn) -> dict[str, Any]:
    """The overlay's data by anchor, such as "cite-3-1"; everything in it is text, nothing is markup."""
    return {
        f"cite-{turn.id}-{citation.marker}": _entry(citation, turn.papers[citation.paper_id], turn)
        for citation in turn.citations
        if citation.paper_id in turn.papers
    }


def _entry(citation: Citation, paper: Paper, turn: Turn) -> dict[str, Any]:
    also = [other.quote for other in turn.citations if other.paper_id == paper.id and other is not citation]
    return {
        "marker": citation.marker,
        "title": paper.title,
        "authors": authors(paper),
        "published": published(paper),
        "url": paper.url or "",
        "linked": bool(paper.url) and markdown.is_address(paper.url or ""),
        "quote": citation.quote,
        "titlePassages": passages(paper.title, citation.quote, also),
        "passages": passages(paper.abstract, citation.quote, also),
    }


def authors(paper: Paper) -> str:
    """The authors as far as they are known, and whether these are all."""
    names = ", ".join(paper.authors)
    if not names:
        return "Authors not known"
    return names if paper.authors_complete else f"Known authors: {names}"


def published(paper: Paper) -> str:
    """Venue and year as far as they are known, such as "NeurIPS · 2023"."""
    return " · ".join(part for part in (paper.venue, str(paper.year or "")) if part)
