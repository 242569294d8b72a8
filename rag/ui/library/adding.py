"""Adding papers: files are dropped, read in the background, and it is said what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import LibraryError
from rag.readers import FORMATS
from rag.ui import markdown, server
from rag.ui.ingesting import Ingests, Run
from rag.ui.library import ledger
from rag.ui.telling import told

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from rag.assistant import Assistant

_DROPS = "library-drops"
"""How many drops there were in the session: each has an uploader of its own, so that a file is taken once."""
_TAKEN = "library-drops-taken"
_PROBLEM = "library-drop-problem"
_POLL_SECONDS = 0.5
_NAMED = 3


def show(assistant: Assistant) -> None:
    """Where files are dropped, how far their reading is, and what became of those read last."""
    ingests = server.ingests(assistant)
    if not assistant.paper_count():
        st.markdown(
            "**No papers yet.** Drop files here, or add a folder with `rag ingest PATH` while this page is not running."
        )
    _show_drop(ingests)
    show_runs(ingests, lambda run: not run.removes)


def show_runs(ingests: Ingests, told: Callable[[Run], bool]) -> None:
    """How far the work on the library is, kept up to date by itself, and what became of the last if it is `told`."""
    if ingests.runs:
        st.fragment(_follow, run_every=_POLL_SECONDS)(ingests, told)
    else:
        _show_last(ingests.last, told)


def _show_drop(ingests: Ingests) -> None:
    drops = st.session_state.setdefault(_DROPS, 0)
    key = f"{_DROPS}-{drops}"
    with st.container(key="library-drop", gap="small"):
        st.file_uploader(
            "Drop files with papers here",
            accept_multiple_files=True,
            key=key,
            on_change=_take,
            args=(key, ingests),
        )
        known = ", ".join(form.NAME for form in FORMATS)
        st.caption(
            markdown.plain(
                f"{known}; as they are or gzipped. Files stay on the machine of this page. "
                "One with a known name but other content is kept beside that file, under a number."
            )
        )
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(told(problem))


def _take(key: str, ingests: Ingests) -> None:
    """Keep what was dropped and begin to read it; the uploader is empty again."""
    taken: set[str] = st.session_state.setdefault(_TAKEN, set())
    # The browser may tell of the same drop twice.
    files: list[UploadedFile] = [file for file in st.session_state[key] or () if file.file_id not in taken]
    if not files:
        return
    taken.update(file.file_id for file in files)
    st.session_state[_DROPS] += 1
    try:
        ingests.upload((file.name, file.getvalue()) for file in files)
    except LibraryError as problem:
        st.session_state[_PROBLEM] = str(problem)


def _follow(ingests: Ingests, told: Callable[[Run], bool]) -> None:
    """How far the runs are; the page is run again once they are over."""
    runs = ingests.runs
    if not runs:
        st.rerun()
    present, *waiting = runs
    with st.container(key="library-run", gap="small"):
        st.markdown(f"**{markdown.plain(_named(present))}**")
        st.progress(present.fraction, present.label)
        for run in waiting:
            st.caption(f"Next: {markdown.plain(_named(run))}")
    _show_last(present if present.settled.is_set() else ingests.last, told)


def _show_last(run: Run | None, told: Callable[[Run], bool]) -> None:
    if run is not None and told(run):
        ledger.show(run, _named(run))


def _named(run: Run) -> str:
    """The files of a run: "a.bib, b.ris and 3 more"."""
    shown = ", ".join(run.names[:_NAMED])
    more = len(run.names) - _NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
