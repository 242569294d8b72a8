"""The papers that alone may answer in the open conversation; another one is about all papers again."""

from __future__ import annotations

import streamlit as st

from rag.ui import server, visitor
from rag.ui.chat.conversation import Conversation
from rag.ui.navigation import CHOSEN

_KEPT = "chosen-kept"  # in the session: what `keep` has kept last; another tab of the visitor may keep something else
_SEEN = "chosen-seen"  # in the session: chosen papers, and the conversation that they were first seen in


def kept() -> tuple[str, ...]:
    """Their ids; empty where all papers may answer."""
    papers: tuple[str, ...] = st.session_state.get(CHOSEN, ())
    return papers


def follow(conversation: Conversation) -> bool:
    """Have the papers that were chosen for this conversation; whether they are new here."""
    if CHOSEN not in st.session_state:  # the page was loaded again
        choice = server.choices().of(visitor.current())
        is_here = choice.conversation == _name(conversation)
        st.session_state[CHOSEN] = choice.papers if is_here else ()
        st.session_state[_KEPT] = (choice.papers, choice.conversation) if is_here else ((), "")
    papers = kept()
    seen, seen_in = st.session_state.get(_SEEN, ((), None))
    is_new = bool(papers) and papers is not seen
    if is_new:
        st.session_state[_SEEN] = papers, conversation
    elif papers and conversation is not seen_in:
        st.session_state[CHOSEN] = ()
    keep(conversation)
    return is_new


def keep(conversation: Conversation) -> None:
    """Have them again when the page is loaded again with this conversation."""
    papers = kept()
    now = papers, _name(conversation) if papers else ""
    if st.session_state.get(_KEPT, ((), "")) != now:
        st.session_state[_KEPT] = now
        server.choices().set_papers(visitor.current(), *now)


def forget() -> None:
    """Let all papers answer."""
    st.session_state[CHOSEN] = ()


def _name(conversation: Conversation) -> str:
    """What the address of the page calls it; that of one without questions is new with every load."""
    return conversation.id if conversation.turns else ""
