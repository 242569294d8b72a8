"""The empty chat and the sidebar: what the library holds, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import IngestReport
from rag.ui import markdown, model_state
from rag.ui.model_state import ModelWatch

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.library.overview import Overview

_NAMED = 4
_PENDING_SECONDS = 2.0


def show_welcome(overview: Overview, suggestions: Sequence[str], ask: Callable[[str], None]) -> None:
    """The empty chat; a click on a suggestion calls `ask` with it before the page runs again."""
    with st.container(key="welcome", gap="small"):
        st.title("Ask the library", anchor=False)
        st.markdown(_holdings(overview))
        if suggestions:
            st.caption("Questions it can answer, to begin with")
        for number, question in enumerate(suggestions):
            st.button(
                markdown.plain(question),
                key=f"suggestion-{number}",
                on_click=ask,
                args=(question,),
                width="stretch",
            )


def show_sidebar(assistant: Assistant, overview: Overview, watch: ModelWatch, new_chat: Callable[[], None]) -> None:
    """The way to a new chat, the facts of the library, and the state of the model."""
    with st.sidebar:
        st.button("New chat", key="new-chat", icon=":material/edit_square:", on_click=new_chat, width="stretch")
        with st.container(key="facts", gap="small"):
            st.markdown("**Library**")
            st.markdown("  \n".join(markdown.plain(fact) for fact in _facts(overview)))
            if assistant.pending():
                st.fragment(_show_pending, run_every=_PENDING_SECONDS)(assistant)
        model_state.show(assistant, watch)


def show_failures(report: IngestReport) -> None:
    """The records of the first ingest that could not be read, folded away."""
    if not report.failed:
        return
    with st.sidebar, st.expander(f"{_counted(len(report.failed), 'record')} could not be read"):
        for failure in report.failed:
            st.markdown(markdown.plain(f"{failure.source}, {failure.record}: {failure.reason}"))


def show_empty() -> None:
    """A library without papers."""
    with st.container(key="welcome", gap="small"):
        st.title("The library is empty", anchor=False)
        st.markdown("Stop this page, add a file or a folder with `rag ingest PATH`, and start it again.")


def _show_pending(assistant: Assistant) -> None:
    if pending := assistant.pending():
        verb = "is" if pending == 1 else "are"
        st.caption(f"{_counted(pending, 'paper')} {verb} still being indexed for meaning.")


def _holdings(overview: Overview) -> str:
    """One sentence: how many papers, by whom, from when, published where."""
    sentence = f"{_counted(overview.papers, 'paper')}"
    if overview.author_names:
        sentence += f" by {_named(overview.author_names, overview.authors)}"
    if overview.years:
        sentence += f", {_span(overview.years)}"
    if overview.venues:
        sentence += f", from {_named(overview.venues, None)}"
    return f"{markdown.plain(sentence)}. Answers cite them; open a citation to see the sentence it rests on."


def _facts(overview: Overview) -> list[str]:
    facts = [_counted(overview.papers, "paper"), _counted(overview.authors, "known author")]
    if overview.years:
        facts.append(_span(overview.years))
    return facts


def _named(names: Sequence[str], total: int | None) -> str:
    """The first names, and how many more there are; "others" where `total` is not known."""
    shown = list(names[:_NAMED])
    if total is not None and total > len(shown):
        shown.append(f"{total - len(shown):,} more")
    elif total is None and len(names) > _NAMED:
        shown.append("others")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _span(years: tuple[int, int]) -> str:
    first, last = years
    return str(first) if first == last else f"{first}\u2013{last}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
