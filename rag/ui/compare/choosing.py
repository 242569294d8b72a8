"""What to compare: names that are typed, methods that are offered, papers that are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from rag.ui import markdown, server

if TYPE_CHECKING:
    from rag.assistant import Assistant

FEWEST, MOST = 2, 8
_FOUND = 6  # papers of a search
_LONGEST = 300  # characters of a search
_CHOSEN, _SHOWN = "subjects", "subjects shown"


def show(assistant: Assistant, asked: tuple[str, ...]) -> None:
    """The choice, which begins as what the address asks for, and where that is nothing what could be compared."""
    if st.session_state.get(_SHOWN) != asked or _CHOSEN not in st.session_state:
        st.session_state[_SHOWN] = asked
        st.session_state[_CHOSEN] = list(asked[:MOST])
    offered = server.comparable(assistant, str(assistant.revision), assistant.pending())
    with st.container(key="choosing", gap="small"):
        chosen = st.multiselect(
            "Papers and methods",
            list(dict.fromkeys([*st.session_state[_CHOSEN], *offered.methods])),
            key=_CHOSEN,
            accept_new_options=True,
            max_selections=MOST,
            filter_mode="contains",
            select_all=False,
            on_change=_start_again_if_empty,
            placeholder="Choose methods, or type a name and press Enter",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if tuple(chosen) != asked or not chosen:
                _show_button(len(chosen))
            with st.popover("Find a paper", icon=":material/search:", key="find"):
                _search(assistant)
            if len(chosen) < FEWEST:
                st.caption("Choose at least one more." if chosen else "Choose two to eight.", width="content")
        if not asked and not chosen:
            _offer(offered.pairs)


def _show_button(number: int) -> None:
    enough = number >= FEWEST
    kind: Literal["primary", "secondary"] = "primary" if enough else "secondary"
    st.button("Compare", key="compare", type=kind, disabled=not enough, on_click=_compare)


def _search(assistant: Assistant) -> None:
    """Papers by words or meaning, each a button that adds it."""
    written = st.text_input(
        "Find a paper to add",
        key="find-paper",
        type="search",
        placeholder="Words of its title, or what it is about",
        live="400ms",
    )
    written = (written or "").strip()[:_LONGEST]
    if not written:
        return
    found = [paper for paper in assistant.browse(query=written, k=_FOUND).papers if paper.title not in _chosen()]
    if not found:
        st.caption("No other paper is found for these words.")
    with st.container(key="found", gap=None):
        for place, paper in enumerate(found):
            year = f" ({paper.year})" if paper.year else ""
            st.button(
                f"{markdown.plain(paper.title)}{year}",
                key=f"add-{place}-{paper.id}",
                icon=":material/add:",
                type="tertiary",
                help="Add this paper to the comparison",
                disabled=len(_chosen()) >= MOST,
                on_click=_add,
                args=(paper.title,),
            )


def _offer(pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    st.caption("Comparisons that this library can make")
    with st.container(key="pairs", gap="small"):
        for place, pair in enumerate(pairs):
            label = f"{markdown.plain(pair[0])} and {markdown.plain(pair[1])}"
            st.button(label, key=f"pair-{place}", on_click=_choose, args=(pair,))


def _chosen() -> list[str]:
    chosen: list[str] = st.session_state[_CHOSEN]
    return chosen


def _add(title: str) -> None:
    st.session_state[_CHOSEN] = [*_chosen(), title]


def _choose(pair: tuple[str, str]) -> None:
    st.session_state[_CHOSEN] = list(pair)
    _compare()


def _start_again_if_empty() -> None:
    """Who takes everything away is done with the comparison that is shown."""
    if not _chosen():
        st.query_params.clear()


def _compare() -> None:
    """Write what is chosen to the address, where it is read from."""
    st.query_params.from_dict({"of": _chosen()})
