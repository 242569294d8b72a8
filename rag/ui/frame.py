"""What every page begins with: the style, the opened library, or what keeps it from being used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RagError, SettingsError
from rag.types import IngestReport
from rag.ui import server, sidebar, visitor
from rag.ui.chat import opening
from rag.ui.evidence import overlay, wishes
from rag.ui.settings.index_work import IndexWork
from rag.ui.telling import told

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("page.css")
_LOGO = Path(__file__).with_name("icon.svg")
_POLL_SECONDS = 0.1
_REBUILD_POLL_SECONDS = 0.5


def show(
    seeds: Path,
    page: Callable[[Assistant], None],
    ask: Callable[[str, Sequence[str]], object],
    *,
    side: Callable[[Assistant], None] | None = None,
    needs_search: bool = True,
    is_chat: bool = False,
) -> None:
    """A whole page. An empty library is first filled from the folder `seeds`, where that exists.

    `page` draws what is its own, `side` what it adds to the sidebar; where it `needs_search`, it is not called while
    an index is damaged. `ask` puts a question, or papers that alone may answer, to the chat. The address of the chat
    names the conversation that is open there.
    """
    st.html(_STYLE)
    st.logo(_LOGO)
    wish = overlay.listen()
    if not visitor.admitted():
        return
    start = st.empty()
    try:
        assistant, report = _ready(seeds, start)
        start.empty()
        visitor.recognise()
        if is_chat:
            opening.follow_address(assistant)
        else:
            opening.leave()
        if wish:
            wishes.grant(wish, assistant, ask)
        sidebar.show(assistant, report, side)
        if needs_search and assistant.damage:
            _show_damage(assistant, assistant.damage, start)
            return
        page(assistant)
    except RagError as failure:
        _show_failure(failure, start)


def _ready(seeds: Path, place: DeltaGenerator) -> tuple[Assistant, IngestReport]:
    """The opened assistant once its library has been filled, showing in `place` how far that is."""
    opened = server.opened()
    if opened.is_set():  # nothing to wait for, and nothing that would flash up in every run
        assistant = server.library()
        filled = server.seed_ingest(assistant, seeds)
        return assistant, filled.report if filled else IngestReport()
    with place.container(key="start"), st.status("Opening the library…") as status:
        assistant = server.library()
        ingest = server.seed_ingest(assistant, seeds)
        if ingest is None:
            opened.set()
            return assistant, IngestReport()
        status.update(label="Adding the first papers", expanded=True)
        bar = st.progress(0.0, ingest.label)
        while not ingest.finished.wait(_POLL_SECONDS):
            bar.progress(ingest.fraction, ingest.label)
    if ingest.failure:
        server.seed_ingest.clear()
        raise ingest.failure
    opened.set()
    return assistant, ingest.report


def _show_failure(failure: RagError, place: DeltaGenerator) -> None:
    """A state of its own: what happened and what to do, with a way to try again."""
    with place.container(key="failure", gap="small"):
        what = "A setting" if isinstance(failure, SettingsError) else "The library"
        st.title(f"{what} cannot be used", anchor=False)
        st.markdown(told(str(failure)))
        st.button("Try again", icon=":material/refresh:")


def _show_damage(assistant: Assistant, damage: RagError, place: DeltaGenerator) -> None:
    """A damaged index, with the way to mend it: this server owns the library, so it is done here, once for all."""
    work = server.index_work(assistant)
    with place.container(key="failure", gap="small"):
        st.title("A search index is damaged", anchor=False)
        if work.doing:
            st.fragment(_follow, run_every=_REBUILD_POLL_SECONDS)(work)
            return
        st.markdown(told(str(damage), assistant.settings))
        if work.failure:
            st.error(told(work.failure, assistant.settings), icon=":material/error:")
        if st.button("Make it again here", icon=":material/build:", type="primary"):
            work.rebuild()
            st.rerun()


def _follow(work: IndexWork) -> None:
    """How far the work on the indexes is; the page is drawn again once it is over."""
    if not work.doing:
        st.rerun()
    st.progress(work.fraction, work.label)
    st.caption("This goes on when the page is closed.")
