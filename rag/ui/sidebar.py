"""The side of every page: a new chat, the conversations, what the library holds, what writes the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import IngestReport
from rag.ui import markdown, server, visitor
from rag.ui.chat import history
from rag.ui.settings import model_state
from rag.ui.wording import counted, lasting, span

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.library.overview import Overview

_PENDING_SECONDS = 2.0


def show(assistant: Assistant, report: IngestReport, page: Callable[[Assistant], None] | None = None) -> None:
    """The whole side; `report` is of the library's first ingest, `page` draws what the page adds to it."""
    with st.sidebar:
        history.show_new_chat()
        if page:
            page(assistant)
        history.show()
        with st.container(key="facts", gap="small"):
            st.markdown("**Library**")
            st.markdown("  \n".join(markdown.plain(fact) for fact in _facts(assistant.overview())))
            if assistant.pending() or server.ingests(assistant).runs:
                st.fragment(_show_pending, run_every=_PENDING_SECONDS)(assistant)
        model_state.show(assistant, server.model_watch(assistant))
        _show_failures(report)
        visitor.show_account()


def _facts(overview: Overview) -> Sequence[str]:
    facts = [counted(overview.papers, "paper"), counted(overview.authors, "known author")]
    if overview.years:
        facts.append(span(overview.years))
    return facts


def _show_pending(assistant: Assistant) -> None:
    pending, seconds = server.ingests(assistant).meaning.left()
    if pending:
        verb = "is" if pending == 1 else "are"
        left = "" if seconds is None else f", {lasting(seconds)} left"
        st.caption(f"{counted(pending, 'paper')} {verb} still being indexed for meaning{left}.")


def _show_failures(report: IngestReport) -> None:
    """The records of the first ingest that could not be read, folded away."""
    if not report.failed:
        return
    with st.expander(f"{counted(len(report.failed), 'record')} could not be read"):
        for failure in report.failed:
            st.markdown(markdown.plain(f"{Path(failure.source).name}, {failure.record}: {failure.reason}"))
