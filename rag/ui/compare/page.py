"""The page "Compare": papers or methods to choose, and those that the address names side by side."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown, navigation, report, server
from rag.ui.compare import choosing
from rag.ui.compare.choosing import MOST

if TYPE_CHECKING:
    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("compare.css")
_LONGEST = 300  # characters of a title or a name


def show(assistant: Assistant) -> None:
    """The whole page."""
    st.html(_STYLE)
    asked = subjects(st.query_params.get_all("of"))
    st.title("Compare", anchor=False)
    if not assistant.paper_count():
        st.markdown("The library has no papers to compare yet. They can be added under Library.")
        return
    choosing.show(assistant, asked)
    if len(asked) > MOST:
        st.info(f"At most eight papers or methods can be compared at once; the address names {len(asked):,}.")
    elif len(asked) == 1:
        st.info(f"Something to compare “{markdown.plain(asked[0])}” with is missing: choose one more.")
    elif asked:
        _show_comparison(assistant, asked)


def subjects(written: Iterable[str]) -> tuple[str, ...]:
    """What an address or a visitor names, each once, in order, none too long."""
    tidy = (" ".join(name.split())[:_LONGEST].strip() for name in written)
    return tuple({name.casefold(): name for name in reversed([*tidy]) if name}.values())[::-1]


def _show_comparison(assistant: Assistant, asked: tuple[str, ...]) -> None:
    st.subheader(markdown.plain(" · ".join(asked)), anchor=False)
    made = server.reports(assistant).of("compare", asked, report.seen())
    written = report.show(made, assistant, navigation.suggest)
    papers = tuple(dict.fromkeys(citation.paper_id for citation in written.citations))
    if papers and st.button("Ask about these papers", key="ask-compared", icon=":material/chat_bubble:"):
        navigation.ask_in_chat(papers=papers)
