"""A question on the page: as it was asked, folded if it is long, or as it is changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rag.ui import markdown
from rag.ui.chat import attention
from rag.ui.chat.conversation import Turn

_LONG = 700  # characters
_LINES = 9
_EDITED, _UNFOLDED = "edited", "unfolded"  # in the session: the id of a turn, and ids of turns


def edited(turn: Turn) -> bool:
    """Whether the question of the turn is being changed."""
    return st.session_state.get(_EDITED) == turn.id


def show(turn: Turn) -> None:
    """The question as it was asked."""
    with st.chat_message("user", avatar=":material/person:"):
        if len(turn.question) <= _LONG and turn.question.count("\n") < _LINES:
            st.markdown(markdown.paragraphs(turn.question))
            return
        unfolded = turn.id in st.session_state.get(_UNFOLDED, ())
        with st.container(key=f"{'whole' if unfolded else 'folded'}-{turn.id}"):
            st.markdown(markdown.paragraphs(turn.question))
        st.button(
            "Show less" if unfolded else "Show all of it",
            key=f"fold-{turn.id}",
            icon=":material/unfold_less:" if unfolded else ":material/unfold_more:",
            type="tertiary",
            on_click=_fold,
            args=(turn.id,),
        )


def show_edit(turn: Turn) -> None:
    """The way to change the question."""
    with st.container(key=f"ask-instead-{turn.id}", horizontal=True, horizontal_alignment="right"):
        st.button(
            "Edit",
            key=f"edit-{turn.id}",
            icon=":material/edit:",
            help="Change the question and ask it again",
            type="tertiary",
            on_click=_edit,
            args=(turn.id,),
        )


def show_field(turn: Turn, ask: Callable[[str], None]) -> None:
    """The question in a field; `ask` is called with what becomes of it."""
    field = f"instead-{turn.id}"

    def save() -> None:
        _edit(None)
        if question := st.session_state[field].strip():
            ask(question)

    with st.form(key=f"editing-{turn.id}", border=False):
        st.text_area("Your question", turn.question, key=field, height="content", label_visibility="collapsed")
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            # Ctrl+Enter is a click on the first of them.
            st.form_submit_button("Ask again", key=f"save-{turn.id}", type="primary", on_click=save)
            st.form_submit_button("Cancel", key=f"cancel-{turn.id}", type="tertiary", on_click=_edit, args=(None,))
    attention.to_field(f".st-key-{field} textarea", f"edit-{turn.id}")


def _edit(turn: int | None) -> None:
    st.session_state[_EDITED] = turn


def _fold(turn: int) -> None:
    st.session_state[_UNFOLDED] = st.session_state.get(_UNFOLDED, frozenset()) ^ {turn}
