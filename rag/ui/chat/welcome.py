"""The empty chat: what the library holds, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown, navigation
from rag.ui.chat import opening
from rag.ui.telling import told
from rag.ui.wording import counted, span

if TYPE_CHECKING:
    from rag.library.overview import Overview

_NAMED = 4


def show_welcome(overview: Overview, suggestions: Sequence[str], ask: Callable[[str], None]) -> None:
    """The empty chat; a click on a suggestion calls `ask` with it before the page runs again."""
    with st.container(key="welcome", gap="small"):
        st.title("Ask the library", anchor=False)
        st.markdown(_holdings(overview))
        if suggestions:
            st.caption("Questions it can answer, to begin with")
        for number, question in enumerate(suggestions):
            st.button(
                markdown.plain(question),
                key=f"suggestion-{number}",
                on_click=ask,
                args=(question,),
                width="stretch",
            )


def show_empty() -> None:
    """A library without papers."""
    with st.container(key="welcome", gap="small"):
        st.title("The library is empty", anchor=False)
        st.markdown("Drop exports of your reference manager on the page, and ask about them a moment later.")
        if st.button("Add papers", icon=":material/upload_file:", type="primary"):
            navigation.go("library", view="add")
        st.caption("Or stop this page, add a file or a folder with `rag ingest PATH`, and start it again.")


def show_missing(problem: str) -> None:
    """The address names a conversation that cannot be shown; `problem` says why."""
    with st.container(key="welcome", gap="small"):
        st.title("This conversation is not here", anchor=False)
        st.markdown(told(problem))
        if st.button("Start a new chat", key="new-chat-instead", icon=":material/edit_square:"):
            opening.start_new()
            navigation.go("chat")


def _holdings(overview: Overview) -> str:
    """One sentence: how many papers, by whom, from when, published where."""
    sentence = f"{counted(overview.papers, 'paper')}"
    if overview.author_names:
        sentence += f" by {_named(overview.author_names, overview.authors)}"
    if overview.years:
        sentence += f", {span(overview.years)}"
    if overview.venues:
        sentence += f", from {_named(overview.venues, None)}"
    stop = "" if sentence.endswith(".") else "."  # a venue may end in one
    return f"{markdown.plain(sentence)}{stop} Answers cite them; open a citation to see the sentence it rests on."


def _named(names: Sequence[str], total: int | None) -> str:
    """The first names, and how many more there are; "others" where `total` is not known."""
    shown = list(names[:_NAMED])
    if total is not None and total > len(shown):
        shown.append(f"{total - len(shown):,} more")
    elif total is None and len(names) > _NAMED:
        shown.append("others")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
