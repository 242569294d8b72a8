"""The part "Indexes" of the settings: what embeds, whether both indexes are well, making them again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from rag.index.embedder import MiniLMEmbedder
from rag.types import Status
from rag.ui import server
from rag.ui.settings.index_work import IndexWork
from rag.ui.telling import told
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant

_POLL_SECONDS = 0.5
_ASKED = "rebuild asked"


def show(assistant: Assistant) -> None:
    """The whole part."""
    st.header("Search", anchor=False)
    st.markdown(
        f"Papers are found by their words and by their meaning. **all-MiniLM-L6-v2** embeds them as "
        f"{MiniLMEmbedder.dimension} numbers each and reads {MiniLMEmbedder.window} tokens at once; it comes with the "
        "program and runs on this machine."
    )
    work = server.index_work(assistant)
    st.fragment(_show_state, run_every=_POLL_SECONDS if work.doing else None)(assistant, work, bool(work.doing))


def _show_state(assistant: Assistant, work: IndexWork, watched: bool) -> None:
    """What is known and what can be done; drawn again by itself while something is being done."""
    if watched and not work.doing:
        st.rerun()
    with st.container(key="indexes", gap="small"):
        if work.doing == "rebuild":
            st.progress(work.fraction, work.label)
            st.caption("Questions are answered meanwhile. This goes on when the page is closed.")
            return
        _say_state(assistant, work)
        if work.doing == "check":
            st.caption(":shimmer[Reading both indexes…]")
            return
        if st.session_state.get(_ASKED):
            _ask(assistant, work)
            return
        with st.container(horizontal=True):
            if st.button("Check now", icon=":material/health_and_safety:", key="check-indexes"):
                work.check()
                st.rerun()
            if st.button("Rebuild the indexes", icon=":material/build:", key="rebuild-indexes"):
                st.session_state[_ASKED] = True
                st.rerun(scope="fragment")


def _say_state(assistant: Assistant, work: IndexWork) -> None:
    if work.failure:
        st.error(told(work.failure, assistant.settings), icon=":material/error:")
    elif work.rebuilt is not None:
        st.success(f"Both indexes were made again in {_seconds(work.rebuilt)}.", icon=":material/check_circle:")
    papers, pending = assistant.paper_count(), assistant.pending()
    embedded = f"{papers - pending:,} of {counted(papers, 'paper')} embedded"
    if pending:
        embedded += f"; the other {pending:,} {'is' if pending == 1 else 'are'} found by words until then"
    st.markdown(f":material/scatter_plot: {embedded}")
    if work.status is None:
        st.markdown(":material/help: Not checked since this page's server started")
        return
    _say_health(assistant, work.status)
    st.caption(f"Checked {_ago(time.time() - work.checked)}")


def _say_health(assistant: Assistant, status: Status) -> None:
    if status.healthy:
        st.markdown(":material/check_circle: Both indexes can be read and are whole")
    else:
        st.error(told(status.problem or "", assistant.settings), icon=":material/error:")


def _ask(assistant: Assistant, work: IndexWork) -> None:
    st.markdown(
        f"Both indexes are made again from the {counted(assistant.paper_count(), 'paper')} of the library, beside the "
        "old ones. Nothing is embedded twice and no paper is touched."
    )
    with st.container(horizontal=True):
        if st.button("Rebuild", type="primary", key="rebuild-now"):
            st.session_state[_ASKED] = False
            work.rebuild()
            st.rerun()
        if st.button("Cancel", key="rebuild-cancel"):
            st.session_state[_ASKED] = False
            st.rerun(scope="fragment")


def _ago(seconds: float) -> str:
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{counted(int(seconds // 60), 'minute')} ago"
    return f"{counted(int(seconds // 3600), 'hour')} ago"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} seconds" if seconds < 60 else f"{seconds / 60:.0f} minutes"
