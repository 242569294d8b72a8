"""Authors to choose from: those of most papers, or those that what is typed can mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown, navigation
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.people import Person

FEW = 8
_SHOWN = 30  # authors at first, and as many more each time they are asked for
_LONGEST = 200  # characters of a name


def show(assistant: Assistant) -> None:
    """The search and the list."""
    st.title("Authors", anchor=False)
    overview = assistant.overview()
    if not overview.authors:
        st.markdown("The library knows no authors yet. Papers that name theirs can be added under Library.")
        return
    st.markdown(f"{counted(overview.authors, 'known author')} of {counted(overview.papers, 'paper')}.")
    st.fragment(_search)(assistant, overview.authors)


def show_way_back() -> None:
    """The link to the list."""
    with st.container(key="all-authors"):
        navigation.link("authors", "← All authors")


def show_people(people: Sequence[Person]) -> None:
    """A link for each of these people, with the number of papers."""
    with st.container(key="people", gap=None):
        for person in people:
            label = f"{markdown.plain(person.name)} :gray[· {counted(person.papers, 'paper')}]"
            navigation.link("authors", label, name=person.name)


def _search(assistant: Assistant, authors: int) -> None:
    written = st.text_input(
        "Find an author",
        key="find-author",
        type="search",
        placeholder="A name, or a part of one",
        live=True,
    )
    shown = st.session_state.setdefault("authors shown", _SHOWN)
    written = (written or "").strip()[:_LONGEST]
    found = assistant.author_names(written, _SHOWN if written else shown)
    if not found:
        st.markdown(f"No name in this library is near to “{markdown.plain(written)}”.")
        return
    if not written and authors > len(found):
        st.caption("Those with most papers")
    show_people(found)
    if not written and len(found) == shown:
        st.button("Show more", key="more-authors", type="tertiary", icon=":material/expand_more:", on_click=_show_more)


def _show_more() -> None:
    st.session_state["authors shown"] += _SHOWN
