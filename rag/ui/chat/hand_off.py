"""Handing what an answer rests on to other tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from rag.answering.tables import FORMATS as TABLES
from rag.library.export import FORMATS
from rag.types import Answer
from rag.ui.chat.generation import Written

if TYPE_CHECKING:
    from rag.assistant import Assistant


def show(turn: int, written: Written, assistant: Assistant) -> None:
    """A menu that downloads the sources of an answer, and its table if it has one; made only once they are wanted."""
    answer = written.answer
    if answer is None or not written.citations:
        return
    with st.popover("Export", icon=":material/download:", type="tertiary", key=f"export-{turn}"):
        st.caption("The cited papers")
        with st.container(horizontal=True, gap="xsmall"):
            for name, form in FORMATS.items():
                make = partial(_sources, assistant, answer, name)
                _download(turn, form.NAME, f"sources{form.SUFFIX}", form.MEDIA_TYPE, make)
        if answer.table is None:
            return
        st.caption("The table")
        with st.container(horizontal=True, gap="xsmall"):
            for name, table in TABLES.items():
                make = partial(_table, answer, name)
                _download(turn, f"{table.NAME} table", f"table{table.SUFFIX}", table.MEDIA_TYPE, make)


def _download(turn: int, label: str, file: str, media_type: str, make: Callable[[], str]) -> None:
    st.download_button(
        label, make, file_name=file, mime=media_type, key=f"download-{turn}-{file}-{label}", on_click="ignore"
    )


def _sources(assistant: Assistant, answer: Answer, name: str) -> str:
    return "".join(assistant.sources(answer, name))


def _table(answer: Answer, name: str) -> str:
    assert answer.table is not None  # noqa: S101 - the button is not there without one
    return TABLES[name].write(answer.table, answer.citations)
