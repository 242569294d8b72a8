"""The quiet row under an answer: copy it, say what it is worth, have it written again, hand it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from rag.conversations.kept import Rating
from rag.library.export import FORMATS
from rag.ui.chat import hand_off
from rag.ui.chat.conversation import Turn
from rag.ui.chat.generation import Written

if TYPE_CHECKING:
    from rag.assistant import Assistant

_RATINGS: tuple[Rating, Rating] = ("down", "up")


def show(
    turn: Turn, assistant: Assistant, rate: Callable[[Turn, Rating], None], again: Callable[[], None] | None
) -> None:
    """The row; `again` has the answer written anew, None where it is too late.

    The copy button is the overlay's (rag/ui/evidence), which copies `as_markdown` without a run of the page.
    """
    key = f"rating-{turn.id}"

    def rated() -> None:
        chosen = st.session_state[key]
        rate(turn, "" if chosen is None else _RATINGS[chosen])

    with st.container(key=f"actions-{turn.id}", horizontal=True, gap=None, vertical_alignment="center"):
        st.button(
            "Copy", key=f"copy-{turn.id}", icon=":material/content_copy:", help="Copy the answer", type="tertiary"
        )
        default = _RATINGS.index(turn.rating) if turn.rating else None
        st.feedback("thumbs", key=key, default=default, on_change=rated)
        if again:
            st.button(
                "Answer again",
                key=f"again-{turn.id}",
                icon=":material/refresh:",
                help="Write the answer again",
                type="tertiary",
                on_click=again,
            )
        hand_off.show(turn.id, turn.written, assistant)


def as_markdown(written: Written) -> str:
    """An answer to paste elsewhere: its text with `[n]`, and what these stand for."""
    marks: dict[str, list[str]] = {}
    for citation in written.citations:
        marks.setdefault(citation.paper_id, []).append(f"[{citation.marker}]")
    references = [
        f"{' '.join(numbers)} {_reference(written, paper_id)}"
        for paper_id, numbers in marks.items()
        if paper_id in written.papers
    ]
    if not references:
        return written.text
    return "\n\n".join([written.text, "**References**", "  \n".join(references)])


def _reference(written: Written, paper_id: str) -> str:
    return "".join(FORMATS["markdown"].write([written.papers[paper_id]])).removeprefix("1. ").strip()
