"""The visitor's conversations in the sidebar: found, opened, named, handed on, removed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import groupby

import streamlit as st

from rag.conversations.kept import Entry
from rag.errors import ConversationsError
from rag.ui import markdown, server, visitor
from rag.ui.chat import attention, opening
from rag.ui.telling import told

PAGE = 30
_SEVERAL = 4
_CHOICES = "times something was chosen in the list"
_QUERY, _SHOWN, _ASKED = "search-conversations", "conversations shown", "conversation to delete"
_DRAWN, _PLACE, _TIMES = "conversations drawn", "place of the conversations", "times the conversations were drawn anew"


def show_new_chat() -> None:
    """The way to a new chat."""
    if st.button("New chat", key="new-chat", icon=":material/edit_square:", width="stretch"):
        opening.start_new()
        _go()


def show() -> None:
    """The way to each kept conversation."""
    if chosen := st.session_state.get(_CHOICES, 0):
        attention.off_side(chosen)
    if server.conversations().count(visitor.current()) >= _SEVERAL:
        st.text_input(
            "Search conversations",
            key=_QUERY,
            placeholder="Search conversations",
            icon=":material/search:",
            label_visibility="collapsed",
        )
    st.session_state[_PLACE] = st.empty()
    _draw(_listed())
    if problem := server.conversations().problem:
        st.warning(told(problem), icon=":material/warning:")


def _go(**address: str) -> None:
    from rag.ui import navigation

    st.session_state[_CHOICES] = st.session_state.get(_CHOICES, 0) + 1
    navigation.go("chat", **address)


def show_changes() -> None:
    """Draw the list anew in the same run of the page if a conversation has come or has another title."""
    entries = _listed()
    if _shape(entries) != st.session_state[_DRAWN]:
        st.session_state[_TIMES] = _times() + 1
        _draw(entries)


def _listed() -> list[Entry]:
    shown = st.session_state.get(_SHOWN, PAGE)
    return server.conversations().listed(visitor.current(), shown + 1, st.session_state.get(_QUERY, ""))


def _shape(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(entry.id, entry.title) for entry in entries]


def _times() -> int:
    """How often the list was drawn anew: part of the keys, since no key may be there twice in a run."""
    return int(st.session_state.get(_TIMES, 0))


def _draw(entries: list[Entry]) -> None:
    st.session_state[_DRAWN] = _shape(entries)
    shown = st.session_state.get(_SHOWN, PAGE)
    with st.session_state[_PLACE].container(key=f"conversations-{_times()}", gap=None):
        for day, of_day in groupby(entries[:shown], partial(_day_of, datetime.now(_zone()))):
            st.caption(day)
            for entry in of_day:
                _show_entry(entry)
        if not entries and st.session_state.get(_QUERY):
            st.caption("No conversation has these words.")
        if len(entries) > shown:
            st.button("Show more", key=f"more-conversations-{_times()}", type="tertiary", on_click=_show_more)


def _show_more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, PAGE) + PAGE


def _zone() -> timezone:
    """Where the visitor is, as far as their browser says."""
    return timezone(timedelta(minutes=-(st.context.timezone_offset or 0)))


def _day_of(now: datetime, entry: Entry) -> str:
    days = (now.date() - datetime.fromtimestamp(entry.changed, now.tzinfo).date()).days
    return "Today" if days <= 0 else "Yesterday" if days == 1 else "Earlier"


def _show_entry(entry: Entry) -> None:
    """One conversation: a click opens it, from whichever page; what else can be done with it is in a menu."""
    name, title = f"{_times()}-{entry.id}", markdown.plain(entry.title)
    is_open = entry.id == opening.current().id
    with st.container(key=f"{'open-' if is_open else ''}entry-{name}", horizontal=True, gap=None):
        label = f"**{title}**" if is_open else title
        if st.button(label, key=f"conversation-{name}", type="tertiary", width="stretch"):
            _go(**{opening.ADDRESS: entry.id})
        menu = st.popover(
            f"More about {title}",
            icon=":material/more_horiz:",
            type="tertiary",
            key=f"menu-{name}",
            on_change="rerun",
        )
        if menu.open:  # what is in it is made only now: there are many
            with menu:
                _show_menu(entry)


def _show_menu(entry: Entry) -> None:
    key = f"title-{entry.id}"
    # Of any length: Streamlit would not send what is longer than it allows. What is kept is cut.
    st.text_input("Title", entry.title, key=key, on_change=_rename, args=(entry.id, key))
    st.download_button(
        "Export as Markdown",
        partial(_markdown, visitor.current(), entry.id),
        file_name=f"{_file_name(entry.title)}.md",
        mime="text/markdown",
        key=f"hand-on-{entry.id}",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    st.caption("Its link, for nobody but you")
    st.code(_link(entry.id), language=None)
    if st.session_state.get(_ASKED) != entry.id:
        st.button(
            "Delete",
            key=f"delete-{entry.id}",
            icon=":material/delete:",
            width="stretch",
            on_click=st.session_state.__setitem__,
            args=(_ASKED, entry.id),
        )
        return
    st.markdown("Delete this conversation with all that was said?")
    with st.container(horizontal=True, gap="small"):
        st.button("Delete for good", key=f"delete-now-{entry.id}", type="primary", on_click=_delete, args=(entry.id,))
        st.button("Keep", key=f"delete-not-{entry.id}", on_click=st.session_state.pop, args=(_ASKED, None))


def _rename(identifier: str, key: str) -> None:
    with suppress(ConversationsError):
        server.conversations().rename(visitor.current(), identifier, st.session_state[key])


def _delete(identifier: str) -> None:
    st.session_state.pop(_ASKED, None)
    was_open = opening.current().id == identifier
    with suppress(ConversationsError):  # it is gone already, or the problem is told below the list
        server.conversations().delete(visitor.current(), identifier)
    if was_open:
        opening.start_new()
        st.query_params.clear()


def _markdown(who: str, identifier: str) -> str:
    return server.conversations().markdown(who, identifier, server.library().paper)


def _link(identifier: str) -> str:
    """The address of a conversation, whichever page is shown."""
    from rag.ui import navigation

    return f"{navigation.address()}?{opening.ADDRESS}={identifier}"


def _file_name(title: str) -> str:
    """A title as the name of a file, on every system."""
    return " ".join(re.sub(r"[^\w\s-]", " ", title).split())[:60] or "conversation"
