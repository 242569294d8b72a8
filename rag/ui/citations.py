"""What the overlay knows about each `[n]` of an answer: the paper and the sentence that is quoted.

There is one overlay on the page (citations.js): it listens to every link to `#cite-...`, and each
turn hands it the entries of its own links; what the label of `[?]` means it knows by itself. It works
without a rerun, so also while an answer streams.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from rag.types import Citation, Paper
from rag.ui import markdown
from rag.ui.generation import Written
from rag.ui.highlight import passages

NOT_SAID = "The abstract does not say this; the nearest sentence is:"
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


def hand_over(turn: int, written: Written, key: str) -> None:
    """Give the overlay the entries of a turn; `key` is unique in a run of the page."""
    _overlay(key=f"citations-{key}", data=entries(turn, written), height="content")


def entries(turn: int, written: Written) -> dict[str, Any]:
    """The overlay's data by anchor, such as "cite-3-1"; everything in it is text, nothing is markup."""
    return {
        markdown.anchor(turn, citation): _entry(citation, written)
        for citation in written.citations
        if citation.paper_id in written.papers
    }


def _entry(citation: Citation, written: Written) -> dict[str, Any]:
    paper = written.papers[citation.paper_id]
    also = [
        other.quote
        for other in written.citations
        if other.paper_id == paper.id and other is not citation and other.supported is not False
    ]
    supported = citation.supported is not False
    return {
        "marker": citation.marker,
        "title": paper.title,
        "authors": authors(paper),
        "published": published(paper),
        "url": paper.url or "",
        "linked": bool(paper.url) and markdown.is_address(paper.url or ""),
        "quote": citation.quote,
        "doubt": "" if supported else NOT_SAID,
        "titlePassages": passages(paper.title, citation.quote, also, supported=supported),
        "passages": passages(paper.abstract, citation.quote, also, supported=supported),
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
