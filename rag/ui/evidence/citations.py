"""What the overlay knows about each `[n]` of an answer: the paper and the sentence that is quoted.

There is one overlay on the page (citations.js): it listens to every link to `#cite-...` and `#paper-...`, and each
turn hands it the entries of its own links; what the label of `[?]` means it knows by itself. It works
without a rerun, so also while an answer streams.
"""

from __future__ import annotations

from typing import Any

from rag.types import Citation
from rag.ui import markdown
from rag.ui.chat.generation import Written
from rag.ui.evidence import overlay, papers
from rag.ui.evidence.highlight import passages

NOT_SAID = "The abstract does not say this; the nearest sentence is:"


def hand_over(turn: int, written: Written, key: str, copy: str = "") -> None:
    """Give the overlay the entries of a turn, and what its copy button copies; `key` is unique in a run of the page."""
    overlay.mount(f"citations-{key}", {"entries": entries(turn, written), "copies": {str(turn): copy} if copy else {}})


def entries(turn: int, written: Written) -> dict[str, Any]:
    """The overlay's data by anchor, such as "cite-3-1"; everything in it is text, nothing is markup."""
    quotes: dict[str, dict[int, str]] = {}  # by paper and marker
    for citation in written.citations:
        if citation.supported is not False:
            quotes.setdefault(citation.paper_id, {})[citation.marker] = citation.quote
    return {
        markdown.anchor(turn, citation): _entry(citation, written, quotes.get(citation.paper_id, {}))
        for citation in written.citations
        if citation.paper_id in written.papers
    }


def title_link(turn: int, citation: Citation, title: str) -> str:
    """A title as a link that opens the paper at the sentence of this citation."""
    return f"[{markdown.plain(title)}](#paper-{markdown.anchor(turn, citation)})"


def _entry(citation: Citation, written: Written, quotes: dict[int, str]) -> dict[str, Any]:
    paper = written.papers[citation.paper_id]
    also = [quote for marker, quote in quotes.items() if marker != citation.marker]
    supported = citation.supported is not False
    return {
        **papers.entry(paper),
        "marker": citation.marker,
        "quote": citation.quote,
        "doubt": "" if supported else NOT_SAID,
        "titlePassages": passages(paper.title, citation.quote, also, supported=supported),
        "passages": papers.linked(passages(paper.abstract, citation.quote, also, supported=supported)),
    }
