"""The files that the library was made from, and taking one away again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Source
from rag.ui import markdown, server
from rag.ui.ingesting import Ingests
from rag.ui.library import adding
from rag.ui.library.request import Request
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant

_LISTED = 100
_ASKED = "file that may be removed"  # in the session, by its path


def show(assistant: Assistant) -> None:
    """Every file with what it holds; one is taken away after asking once."""
    ingests = server.ingests(assistant)
    adding.show_runs(ingests, lambda run: run.removes)
    sources = assistant.sources_read()
    st.markdown(f"{counted(len(sources), 'file')} made this library. Where several state a paper, it is one paper.")
    wanted = ""
    if len(sources) > _LISTED:
        wanted = st.text_input("Find a file", placeholder="Part of its name").strip().lower()
    fitting = [source for source in sources if wanted in Path(source.path).name.lower()]
    with st.container(key="library-sources", gap="small"):
        for source in fitting[:_LISTED]:
            _show_source(source, ingests, with_path=assistant.settings.allow_settings)
    if len(fitting) > _LISTED:
        st.caption(f"{len(fitting) - _LISTED:,} more files are not listed; search for a part of a name.")


def _show_source(source: Source, ingests: Ingests, *, with_path: bool) -> None:
    name = Path(source.path).name
    # By its path: a click that comes as the list changes must not mean another file.
    key = hashlib.sha256(source.path.encode()).hexdigest()[:12]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"library-source-{key}"):
        st.markdown(
            f"**{markdown.plain(name)}**  \n{counted(source.records, 'record')} of {counted(source.papers, 'paper')}",
            help=markdown.plain(source.path) if with_path else None,
            width="stretch",
        )
        st.button(
            "Papers",
            key=f"library-source-papers-{key}",
            help="Show the papers of this file",
            type="tertiary",
            on_click=st.query_params.from_dict,
            args=(Request(source=name).address(),),
        )
        st.button(
            "Remove",
            icon=":material/delete:",
            key=f"library-source-remove-{key}",
            help="Take this file out of the library",
            type="tertiary",
            disabled=bool(ingests.runs),
            on_click=_ask,
            args=(source.path,),
        )
    if st.session_state.get(_ASKED) == source.path:
        _ask_once(source, ingests)


def _ask(path: str) -> None:
    st.session_state[_ASKED] = path


def _ask_once(source: Source, ingests: Ingests) -> None:
    name = markdown.plain(Path(source.path).name)
    kept = " Its copy in the library's folder is deleted too." if ingests.uploads.holds(Path(source.path)) else ""
    with st.container(border=True, key="library-ask-once", gap="small"):
        st.markdown(
            f"Remove **{name}**? It states {counted(source.papers, 'paper')}. Those that no other file states leave "
            f"the library, and answers can no longer cite them.{kept}"
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Remove it",
                type="primary",
                key="library-remove",
                on_click=_remove,
                args=(source.path, ingests),
            )
            st.button("Keep it", key="library-keep", on_click=_settle)


def _remove(path: str, ingests: Ingests) -> None:
    _settle()
    ingests.remove(path)


def _settle() -> None:
    st.session_state.pop(_ASKED, None)
