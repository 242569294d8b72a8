"""The page "Library": its papers, adding more, where they come from, a map of them, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui.library import adding, browse, charts, map, sources
from rag.ui.library.request import VIEW

if TYPE_CHECKING:
    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("library.css")
_CHOICE = "library-view"
_VIEWS: Mapping[str, tuple[str, Callable[[Assistant], None]]] = {
    "papers": ("Papers", browse.show),
    "add": ("Add", adding.show),
    "sources": ("Files", sources.show),
    "map": ("Map", map.show),
    "figures": ("Figures", charts.show),
}


def show(assistant: Assistant) -> None:
    """The whole page; only the chosen view is run."""
    st.html(_STYLE)
    st.title("Library", anchor=False)
    asked = st.query_params.get(VIEW, "")
    view = asked if asked in _VIEWS else "papers"
    empty = not assistant.paper_count()
    if empty:
        view = "add"
    else:
        if st.session_state.get(_CHOICE) != view:
            st.session_state[_CHOICE] = view
        st.segmented_control(
            "View",
            list(_VIEWS),
            format_func=lambda name: _VIEWS[name][0],
            key=_CHOICE,
            required=True,
            on_change=_chosen,
            label_visibility="collapsed",
        )
    _VIEWS[view][1](assistant)


def _chosen() -> None:
    """The view is in the address, and nothing that another view has there."""
    st.query_params.from_dict({VIEW: st.session_state[_CHOICE]})
