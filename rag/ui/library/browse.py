"""The papers of the library: searched, narrowed, in an order, page by page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import LibraryError
from rag.types import Paper, Shelf
from rag.ui import markdown, navigation
from rag.ui.library import chosen, narrowing, shelf
from rag.ui.library.request import SIZES, Request
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant

PAPER = "paper"
"""The paper that is opened, in the address."""
_JUMP = "library-page"


def show(assistant: Assistant) -> None:
    """The list with everything that narrows it, and what can be done with the papers that are chosen."""
    sources = assistant.sources_read()
    request = narrowing.show(assistant, sources)
    filters = request.filters(sources)
    found = assistant.browse(filters, request.q, request.order, request.start, request.k)
    if not found.papers and found.total:
        narrowing.ask_for(replace(request, page=_pages(found, request)))
        st.rerun()
    with st.container(key="library-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_amount(found, assistant.paper_count(), request), width="stretch")
        if not chosen.ids():
            narrowing.show_order(request)
        chosen.show(assistant, request, filters, found.total)
    if found.papers:
        _show_list(found.papers, request)
        _show_pages(found, request)
    else:
        with st.container(key="library-none", gap="small"):
            st.markdown("**No paper fits.** Take a filter away, or search for other words.")
            st.button("Show all papers", on_click=narrowing.ask_for, args=(Request(),))
    if identifier := st.query_params.get(PAPER):
        _show_paper(assistant, identifier)


def _amount(found: Shelf, papers: int, request: Request) -> str:
    """How many there are: "1,204 of 100,000 papers"."""
    if not request.narrowed:
        return counted(papers, "paper")
    return f"{found.total:,} of {counted(papers, 'paper')}" + (", best first" if request.q else "")


def _show_list(papers: Sequence[Paper], request: Request) -> None:
    address = repr(sorted(request.address().items()))
    key = f"shelf-{hashlib.sha256(address.encode()).hexdigest()[:12]}"
    titles = {paper.id: paper.title for paper in papers}
    clicked = shelf.show(papers, chosen.ids(), chosen.version(), key, partial(chosen.take, key, titles))
    if clicked.author:
        navigation.go("authors", name=clicked.author)
    if clicked.paper:
        navigation.ask_in_chat(papers=(clicked.paper,))


def _pages(found: Shelf, request: Request) -> int:
    return max(1, -(-found.total // request.k))


def _show_pages(found: Shelf, request: Request) -> None:
    """The ways to other pages, where there are some."""
    pages = _pages(found, request)
    with st.container(key="library-pages", horizontal=True, vertical_alignment="center", gap="small"):
        if pages > 1:
            _turn("Previous", ":material/chevron_left:", request, -1, disabled=request.page == 1)
            narrowing.put("page", request.page)
            st.number_input(
                "Page", 1, pages, key=_JUMP, width=120, label_visibility="collapsed", on_change=_jump, args=(request,)
            )
            st.markdown(f"of {pages:,}", width="content")
            _turn("Next", ":material/chevron_right:", request, 1, disabled=request.page == pages)
        if found.total > min(SIZES):
            narrowing.show_size(request)


def _turn(label: str, icon: str, request: Request, step: int, *, disabled: bool) -> None:
    to = replace(request, page=request.page + step)
    st.button(
        label, icon=icon, key=f"library-{label.lower()}", disabled=disabled, on_click=narrowing.ask_for, args=(to,)
    )


def _jump(request: Request) -> None:
    narrowing.ask_for(replace(request, page=st.session_state[_JUMP]))


def _show_paper(assistant: Assistant, identifier: str) -> None:
    """The paper that the address names, over the page."""
    try:
        paper = assistant.paper(identifier)
    except LibraryError:
        st.warning("The library has no such paper any more.")
        return
    st.dialog(markdown.plain(paper.title), width="large", on_dismiss=_close_paper)(_show_open)(assistant, paper)


def _show_open(assistant: Assistant, paper: Paper) -> None:
    if published := shelf.published(paper):
        st.caption(markdown.plain(published))
    if paper.authors:
        names = ", ".join(paper.authors)
        st.markdown(markdown.plain(names if paper.authors_complete else f"Known authors: {names}"))
    st.markdown(
        markdown.paragraphs(paper.abstract) if paper.abstract else "*The library has no abstract of this paper.*"
    )
    if paper.url:
        st.markdown(markdown.address(paper.url))
    with st.container(horizontal=True, gap="small"):
        if st.button("Ask about this paper", icon=":material/chat:", type="primary"):
            navigation.ask_in_chat(papers=(paper.id,))
        st.download_button(
            "BibTeX",
            partial(assistant.bibtex, paper.id),
            file_name="paper.bib",
            mime="application/x-bibtex",
            icon=":material/download:",
            on_click="ignore",
        )


def _close_paper() -> None:
    st.query_params.pop(PAPER, None)
