"""Papers as a list to read: a click opens an abstract at once, a tick chooses a paper. No run of the page is needed.

One component draws it (shelf.js); texts of papers only ever become text there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from rag.types import Paper
from rag.ui import markdown

_HERE = Path(__file__).parent
_list = st.components.v2.component(
    "shelf",
    js=(_HERE / "shelf.js").read_text(encoding="utf-8"),
    css=(_HERE / "shelf.css").read_text(encoding="utf-8"),
)


class Clicked(NamedTuple):
    """What was clicked in the list: the name of an author, or a paper to ask about by its id."""

    author: str | None
    paper: str | None


def show(
    papers: Sequence[Paper], chosen: Collection[str], version: int, key: str, choose: Callable[[], None]
) -> Clicked:
    """The list; `chosen` are ticked, which the page decides anew with every `version`.

    When a visitor ticks, `choose` finds the ids that are ticked now in the session, as "chosen" under `key`.
    """
    data = {
        "version": version,
        "chosen": [paper.id for paper in papers if paper.id in chosen],
        "papers": [_entry(paper) for paper in papers],
    }
    made = _list(key=key, data=data, on_chosen_change=choose, on_author_change=_nothing, on_ask_change=_nothing)
    return Clicked(made.author, made.ask)


def _nothing() -> None:
    """What is clicked is told by the list itself."""


def _entry(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": list(paper.authors),
        "complete": paper.authors_complete,
        "published": published(paper),
        "abstract": paper.abstract,
        "url": paper.url or "",
        "linked": bool(paper.url) and markdown.is_address(paper.url or ""),
    }


def published(paper: Paper) -> str:
    """Year and venue as far as they are known."""
    return " · ".join(part for part in (str(paper.year or ""), paper.venue) if part)
