"""Those whom an author has written with: a graph, and links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.ui import markdown, navigation
from rag.ui.authors import graph

if TYPE_CHECKING:
    from rag.retrieval.profile import Profile

_LINKS = 60
_IN_WORDS = 10
_WORTH_DRAWING = 3  # co-authors


def show(profile: Profile) -> None:
    """The whole section."""
    st.subheader("Co-authors", anchor=False)
    known = profile.coauthors
    if not known:
        alone = "The sources of these papers name this author alone, so the library knows no co-authors."
        st.markdown(alone if profile.partial else "No paper here has a co-author.")
        return
    if len(known) >= _WORTH_DRAWING:
        _draw(profile)
        with st.expander("The co-authors as a list"):
            _list(known)
    else:
        _list(known)
    if profile.partial:
        st.caption("Not all authors of these papers are known here, so there may be more.")


def _draw(profile: Profile) -> None:
    drawn = graph.Drawing.of(profile)
    key = f"company-of-{profile.person.name}"
    st.altair_chart(
        graph.chart(drawn),
        alt=_in_words(profile),
        key=key,
        on_select=lambda: _open(key),
        selection_mode=[graph.CLICKED],
    )
    left_out = len(profile.coauthors) - len(drawn.coauthors)
    only = f"The {len(drawn.coauthors)} with most joint papers. " if left_out else ""
    st.caption(f"{only}The bigger a dot, the more joint papers; lines join those who wrote together. Click on one.")


def _list(known: Sequence[tuple[str, int]]) -> None:
    with st.container(key="coauthors", gap=None):
        for coauthor, papers in known[:_LINKS]:
            navigation.link("authors", f"{markdown.plain(coauthor)} :gray[· {papers:,}]", name=coauthor)
    if rest := known[_LINKS:]:
        others = ", ".join(f"{coauthor} ({papers:,})" for coauthor, papers in rest)
        st.markdown(f"{len(rest):,} more: {markdown.plain(others)}")


def _open(key: str) -> None:
    """Open the author who was clicked on."""
    event: Any = st.session_state[key]
    clicked = event["selection"].get(graph.CLICKED, [])
    if clicked:
        st.query_params["name"] = clicked[0][graph.NAME]


def _in_words(profile: Profile) -> str:
    first = ", ".join(f"{name} ({papers:,})" for name, papers in profile.coauthors[:_IN_WORDS])
    return f"Graph of {profile.person.name}'s co-authors with their joint papers: {first}. The list below has links."
