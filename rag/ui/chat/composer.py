"""What stands over the field for a question: what the next answer will be made from, so that nobody forgets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import LibraryError
from rag.types import EVERYTHING
from rag.ui import markdown
from rag.ui.chat import attention, chosen, filters
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.ui.chat.conversation import Conversation

_LISTED = 10  # titles


def show(assistant: Assistant, conversation: Conversation) -> None:
    """A chip for the papers that were chosen and one for the filters, each to be taken away."""
    is_new = chosen.follow(conversation)
    papers, kept = chosen.kept(), filters.kept()
    if not papers and kept == EVERYTHING:
        return
    with st.container(key="answering-from", horizontal=True, gap="xsmall"):
        if papers:
            title = _title(assistant, papers[0]) if len(papers) == 1 else counted(len(papers), "chosen paper")
            explanation = f"Only {title} answers. Ask all papers again."
            if len(papers) > 1:
                explanation = f"{_listed(assistant, papers)}\n\nAsk all papers again."
            _chip("chosen", f"About: {title}", ":material/menu_book:", explanation)
        if kept != EVERYTHING:
            left = filters.leaves(assistant.count(kept), assistant.paper_count())
            label = f"{markdown.plain(filters.described(kept))} · {left}"
            _chip("filtered", label, ":material/filter_alt:", f"{label} Clear the filters.")
    if is_new:
        attention.to_field(attention.QUESTION, str(time.time_ns()))


def _chip(name: str, label: str, icon: str, explanation: str) -> None:
    take_away = {"chosen": chosen.forget, "filtered": filters.clear}[name]
    st.button(
        f"{icon} {label}",
        key=f"chip-{name}",
        icon=":material/close:",
        icon_position="right",
        help=explanation,
        on_click=take_away,
    )


def _listed(assistant: Assistant, papers: tuple[str, ...]) -> str:
    """Only these answer: their titles, or the first of them and how many more there are."""
    titles = [f"- {_title(assistant, paper)}" for paper in papers[:_LISTED]]
    more = [f"\nand {len(papers) - _LISTED:,} more"] if len(papers) > _LISTED else []
    return "\n".join(["Only these answer:", "", *titles, *more])


def _title(assistant: Assistant, paper: str) -> str:
    try:
        return markdown.plain(assistant.paper(paper).title)
    except LibraryError:
        return "a paper that is not in the library any more"
