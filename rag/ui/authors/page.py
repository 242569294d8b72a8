"""The page "Authors": all of them to choose from, or the one that the address names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown
from rag.ui.authors import finding, portrait

if TYPE_CHECKING:
    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("authors.css")
_LONGEST = 200  # characters of a name


def show(assistant: Assistant) -> None:
    """The whole page."""
    st.html(_STYLE)
    name = " ".join(st.query_params.get("name", "").split())[:_LONGEST]
    # A link from a page to itself leaves the browser's address as it was.
    st.query_params.from_dict({"name": name} if name else {})
    if not name:
        finding.show(assistant)
        return
    meant = assistant.people(name)
    if len(meant) == 1:
        portrait.show(assistant, meant[0])
        return
    finding.show_way_back()
    st.title("Who is meant?" if meant else "Not in this library", anchor=False)
    if meant:
        st.markdown(f"{len(meant):,} authors of this library can be meant by “{markdown.plain(name)}”.")
        finding.show_people(meant)
    elif nearest := assistant.author_names(name, finding.FEW):
        st.markdown(f"No paper here is by “{markdown.plain(name)}”. The nearest names:")
        finding.show_people(nearest)
    else:
        st.markdown(f"No paper here is by “{markdown.plain(name)}”, and no name is near to it.")
