"""Which conversation a visitor has open: the address of the chat names it, `?c=ID`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import ConversationsError
from rag.ui import server, visitor
from rag.ui.chat.conversation import Conversation

if TYPE_CHECKING:
    from rag.assistant import Assistant

ADDRESS = "c"
_TIMES, _JUST_OPENED = "times a conversation was opened", "conversation just opened"
_OPEN, _NAMED, _MISSING = "conversation", "conversation named by the address", "conversation is missing"
_ON_ITS_WAY = 1.0  # seconds in which a run of the page may still have the address from before


def current() -> Conversation:
    """The conversation that is open; a new one where the last was deleted or is another visitor's."""
    found: Conversation | None = st.session_state.get(_OPEN)
    if found and not found.deleted and (not found.keeping or found.keeping.visitor == visitor.current()):
        return found
    return start_new()


def start_new() -> Conversation:
    """A new conversation is open now; answers in the old one go on being written."""
    made = st.session_state[_OPEN] = server.conversations().new(visitor.current())
    st.session_state.pop(_NAMED, None)
    st.session_state.pop(_MISSING, None)
    return made


def missing() -> str:
    """Why the conversation that the address names is not shown, "" where it is."""
    return str(st.session_state.get(_MISSING, ""))


def follow_address(assistant: Assistant) -> None:
    """Open what the address of the chat names, before anything of the page is drawn."""
    state = st.session_state
    wanted = st.query_params.get(ADDRESS, "")
    named, since = state.get(_NAMED, ("", 0.0))
    is_open = current()
    state.pop(_MISSING, None)
    if wanted and wanted != is_open.id:
        _open(wanted, assistant)
    elif not wanted and named and time.monotonic() - since > _ON_ITS_WAY:
        start_new()  # the visitor went back to where nothing had been asked
    if wanted and not missing():
        state[_NAMED] = (wanted, 0.0)


def _open(wanted: str, assistant: Assistant) -> None:
    try:
        found = server.conversations().reopened(visitor.current(), wanted, assistant.paper)
    except ConversationsError as error:
        start_new()
        st.session_state[_MISSING] = str(error)
    else:
        st.session_state[_OPEN] = found
        st.session_state[_TIMES] = times() + 1
        st.session_state[_JUST_OPENED] = True


def times() -> int:
    """How often a kept conversation was opened in this browser tab."""
    return int(st.session_state.get(_TIMES, 0))


def just_opened() -> bool:
    """Whether one was opened for this run of the page; True but once."""
    return bool(st.session_state.pop(_JUST_OPENED, False))


def name_in_address() -> None:
    """Let the address of the chat name the open conversation, once something was asked in it."""
    is_open = current()
    if not is_open.id or not is_open.turns or st.query_params.get(ADDRESS, "") == is_open.id:
        return
    st.query_params[ADDRESS] = is_open.id
    st.session_state[_NAMED] = (is_open.id, time.monotonic())


def leave() -> None:
    """Another page is shown, which the address does not name a conversation of: the chat will show the same again."""
    st.session_state.pop(_NAMED, None)
    st.session_state.pop(_MISSING, None)
