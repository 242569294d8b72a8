"""The papers a visitor ticked, on whatever page of the list, and what can be done with them or with all that fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from rag.library.export import FORMATS
from rag.types import Filters
from rag.ui import navigation
from rag.ui.library.request import Request
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant

_CHOSEN = "library-chosen"
"""Titles by id of the papers that are ticked, in the session, in the order of ticking."""
_VERSION = "library-chosen-version"
_MOST_COMPARED = 8


def ids() -> tuple[str, ...]:
    """The papers that are ticked."""
    return tuple(_titles())


def version() -> int:
    """A number that changes whenever other papers are ticked than the visitor ticked by hand."""
    number: int = st.session_state.setdefault(_VERSION, 0)
    return number


def take(key: str, titles: Mapping[str, str]) -> None:
    """Keep what is ticked on a page of the list, whose papers have these `titles` by id."""
    ticked = st.session_state[key].get("chosen") or []
    others = {identifier: title for identifier, title in _titles().items() if identifier not in titles}
    st.session_state[_CHOSEN] = others | {each: titles[each] for each in ticked if each in titles}


def clear() -> None:
    """Let nothing be ticked."""
    st.session_state[_CHOSEN] = {}
    st.session_state[_VERSION] = version() + 1


def show(assistant: Assistant, request: Request, filters: Filters, total: int) -> None:
    """What can be done: ask, compare and hand on the papers that are ticked, or hand on all that fit."""
    titles = _titles()
    if titles:
        if st.button(
            "Ask about these",
            icon=":material/chat:",
            type="primary",
            key="library-ask",
            disabled=(too_many := len(titles) > navigation.MOST_ASKED),
            help=navigation.TOO_MANY if too_many else f"Answers come from {_these(len(titles))} alone",
        ):
            navigation.ask_in_chat(papers=tuple(titles))
        if st.button(
            "Compare",
            icon=":material/compare_arrows:",
            key="library-compare",
            disabled=not 2 <= len(titles) <= _MOST_COMPARED,
            help=f"Two to {_MOST_COMPARED} papers side by side",
        ):
            navigation.go("compare", of=tuple(titles.values()))
    if total or titles:
        _show_export(assistant, request, filters, total)
    if titles:
        st.button(
            f"{len(titles):,} chosen",
            icon=":material/close:",
            type="tertiary",
            key="library-clear",
            help="Choose none",
            on_click=clear,
        )


def _show_export(assistant: Assistant, request: Request, filters: Filters, total: int) -> None:
    chosen = ids()
    with st.popover("Export", icon=":material/download:", type="tertiary", key="library-export"):
        st.caption(_these(len(chosen)).capitalize() if chosen else f"All {counted(total, 'paper')} that fit")
        with st.container(horizontal=True, gap="xsmall"):
            for name, form in FORMATS.items():
                st.download_button(
                    form.NAME,
                    partial(_written, assistant, name, request, filters, total, chosen),
                    file_name=f"papers{form.SUFFIX}",
                    mime=form.MEDIA_TYPE,
                    key=f"library-export-{name}",
                    on_click="ignore",
                )


def _written(
    assistant: Assistant, name: str, request: Request, filters: Filters, total: int, chosen: tuple[str, ...]
) -> str:
    """The file; it is made once it is wanted."""
    if chosen:
        filters = replace(Filters(), papers=chosen)
    elif request.q:
        return "".join(FORMATS[name].write(assistant.browse(filters, request.q, k=total).papers))
    return "".join(assistant.export(name, filters))


def _these(number: int) -> str:
    return f"the {counted(number, 'chosen paper')}"


def _titles() -> dict[str, str]:
    titles: dict[str, str] = st.session_state.setdefault(_CHOSEN, {})
    return titles
