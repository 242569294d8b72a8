"""The one overlay on the page: what it is given, and what is wished in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

_HERE = Path(__file__).parent


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_overlay = st.components.v2.component(
    "citations",
    js="".join(map(_source, ("clipboard.js", "paper.js", "citations.js"))).replace(
        "/* citations.css */", _source("citations.css")
    ),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asked for in an opened paper: a chat about it, or papers like it."""

    what: Literal["about", "similar"]
    paper_id: str


def mount(key: str, data: Mapping[str, Any]) -> None:
    """Give the overlay something; `key` is unique in a run of the page."""
    _overlay(key=key, data=data, height="content")


def listen() -> Wish | None:
    """Put the overlay on the page, so that it is there before the first link; what was wished in it just now."""
    heard = _overlay(
        key="citations-page",
        data={"listens": True},
        height="content",
        on_about_change=_heard,
        on_similar_change=_heard,
    )
    if heard.about:
        return Wish("about", str(heard.about))
    return Wish("similar", str(heard.similar)) if heard.similar else None


def _heard() -> None:
    """Streamlit keeps only values that someone waits for."""
