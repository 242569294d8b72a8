"""The sidebar's "Model": what writes the answers, whether it can be reached, what could be used instead."""

from __future__ import annotations

import shlex
from itertools import count
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import LocalServer
from rag.ui import markdown
from rag.ui.settings import choice
from rag.ui.settings.model_watch import FRESH_SECONDS, ModelWatch, Seen

if TYPE_CHECKING:
    from rag.assistant import Assistant

_FIRST_SECONDS = 1.0  # between looks while nothing is known yet


def show(assistant: Assistant, watch: ModelWatch) -> None:
    """The section, kept up to date by itself; it never waits."""
    known = watch.latest() is not None
    drawn = count()

    def section() -> None:
        seen = watch.latest()
        # The page is run again to look less often; not by the run that it would cut short, and a question with it.
        if seen and not known and next(drawn):
            st.rerun()
        _show(choice.model_name(assistant), seen)

    st.fragment(section, run_every=FRESH_SECONDS if known else _FIRST_SECONDS)()


def _show(model: str, seen: Seen | None) -> None:
    with st.container(key="model", gap="small"):
        st.markdown("**Model**")
        if model == "extractive":
            st.markdown("Answers quote the abstracts")
            for server in seen.offers if seen else ():
                offer(server)
        else:
            st.markdown(markdown.plain(model))
            _show_status(seen)


def _show_status(seen: Seen | None) -> None:
    if seen is None:
        st.caption(":shimmer[Looking whether it can be reached…]")
        return
    status = seen.status
    if status is None:
        return
    lines = [markdown.plain(status.address)] if status.address else []
    if status.reachable:
        latency = "" if status.latency_ms is None else f" · {status.latency_ms:,.0f} ms"
        lines += [f":material/check_circle: Reachable{latency}", f"Context of {status.context_window:,} tokens"]
    else:
        lines.append(":material/cloud_off: Not reachable")
    st.caption("  \n".join(lines))
    if status.problem:
        st.warning(markdown.message(status.problem))


def offer(server: LocalServer) -> None:
    """How to have the answers written by a server of this machine, folded away; nothing is asked of it unbidden."""
    with st.expander(f"{markdown.plain(server.name)} is running"):
        if not server.models:
            st.caption("It has no model yet. Give it one, and this page shows how to use it.")
            return
        model = " ".join(server.models[0].split())
        st.caption(
            f"It runs on this machine with {markdown.plain(model)} and is sent nothing. "
            "To let it write the answers, start this page with:"
        )
        settings = {"RAG_LLM_BASE_URL": server.base_url, "RAG_LLM_MODEL": model}
        st.code(
            "\n".join(f"{name}={shlex.quote(value)}" for name, value in settings.items()),
            language=None,
            wrap_lines=True,
        )
        if others := server.models[1:]:
            st.caption(f"It also has {markdown.plain(', '.join(others))}.")
