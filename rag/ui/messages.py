"""One turn on the page: the question, the answer as it arrives, its sources."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RagError
from rag.types import Citation, Message, Paper
from rag.ui import citations, markdown
from rag.ui.conversation import Turn

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from rag.assistant import Assistant

INTERRUPTED = "This answer was interrupted. Ask again to see all of it."
SHOWN_SOURCES = 5
_REDRAW_SECONDS = 0.05

# Brings a new question to the top of the page, where its answer is read from the start. Streamlit
# follows a growing page to its end until it is scrolled by hand: the wheel event says so, and the
# repetition outlasts its animation, but ends as soon as the reader scrolls. The set is there because
# a change of theme calls this again.
_to_question = st.components.v2.component(
    "to_question",
    js="""
    const come = new Set();
    export default ({ key, parentElement }) => {
      if (come.has(key)) return;
      come.add(key);
      const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement;
      let moved = false;
      for (const sign of ["wheel", "touchmove", "keydown"])
        addEventListener(sign, (event) => { moved ||= event.isTrusted; }, { passive: true, capture: true });
      for (const wait of [0, 120, 300, 600, 1000, 1600]) setTimeout(() => {
        if (moved) return;
        const turn = host.closest('[class*="st-key-turn-"]');
        turn?.closest('[data-testid="stMain"], .stMain')?.dispatchEvent(new Event("wheel"));
        turn?.scrollIntoView({ block: "start" });
      }, wait);
    };
    """,
)


def show(turn: Turn, *, say_extractive: bool) -> None:
    """A turn as far as it is known. `say_extractive` adds the line that says how it was made."""
    with st.container(key=f"turn-{turn.id}"):
        _show_question(turn)
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            _draw_text(turn, st.empty())
            _show_below(turn, st.empty(), say_extractive)


def stream(turn: Turn, assistant: Assistant, history: Sequence[Message], *, say_extractive: bool) -> None:
    """Ask, and show the answer as it arrives. What has arrived stays in `turn` if the page is rerun."""
    with st.container(key=f"turn-{turn.id}"):
        _show_question(turn, come_to=True)
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            text, below = st.empty(), st.empty()
            text.markdown(":shimmer[Reading the abstracts…]")
            known = 0
            try:
                for _ in _arrivals(turn, assistant, history):
                    if len(turn.citations) > known:
                        known = len(turn.citations)
                        with below:
                            citations.hand_over(turn, f"{turn.id}-{known}")
                    _draw_text(turn, text)
            except RagError as failure:
                turn.failure = str(failure)
            except Exception:  # Streamlit shows that something is wrong; do not look busy beside it
                text.empty()
                raise
            _draw_text(turn, text)
            _show_below(turn, below, say_extractive)


def _arrivals(turn: Turn, assistant: Assistant, history: Sequence[Message]) -> Iterator[None]:
    """Fill `turn` from the stream, pausing whenever it is time to draw."""
    answer_stream = assistant.ask(turn.question, history)
    drawn = 0.0
    for delta in answer_stream:
        turn.text += delta
        _cite(turn, answer_stream.citations, assistant)
        if time.monotonic() - drawn >= _REDRAW_SECONDS:
            yield
            drawn = time.monotonic()
    turn.answer = answer_stream.answer
    turn.text = turn.answer.answer
    turn.notice = assistant.notice
    _cite(turn, turn.answer.citations, assistant)


def _cite(turn: Turn, cited: Sequence[Citation], assistant: Assistant) -> None:
    turn.citations = tuple(cited)
    for citation in cited:
        if citation.paper_id not in turn.papers:
            turn.papers[citation.paper_id] = assistant.paper(citation.paper_id)


def _show_question(turn: Turn, *, come_to: bool = False) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(markdown.paragraphs(turn.question))
        if come_to:
            _to_question(key=f"to-question-{turn.id}")


def _draw_text(turn: Turn, place: DeltaGenerator) -> None:
    text = turn.text if turn.answer else markdown.without_open_marker(turn.text)
    shown = markdown.answer(text, turn.id, {citation.marker for citation in turn.citations})
    if not turn.refused:
        place.markdown(shown)
        return
    with place.container(key=f"refusal-{turn.id}", gap=None):
        st.caption(":material/search_off: Not in this library")
        st.markdown(shown)


def _show_below(turn: Turn, place: DeltaGenerator, say_extractive: bool) -> None:
    with place.container(key=f"below-{turn.id}", gap="small"):
        if turn.failure:
            st.error(markdown.message(turn.failure), icon=":material/error:")
        elif turn.answer is None:
            st.caption(INTERRUPTED)
        elif turn.extractive and say_extractive:
            st.caption(turn.notice)
        if turn.citations:
            _show_sources(turn)
            citations.hand_over(turn, str(turn.id))


def _show_sources(turn: Turn) -> None:
    markers: dict[str, list[int]] = {}
    for citation in turn.citations:
        markers.setdefault(citation.paper_id, []).append(citation.marker)
    sources = [_source(turn.id, marks, turn.papers[paper_id]) for paper_id, marks in markers.items()]
    with st.container(key=f"sources-{turn.id}", gap="small"):
        st.markdown("**Sources**")
        for source in sources[:SHOWN_SOURCES]:
            st.markdown(source)
        if rest := sources[SHOWN_SOURCES:]:
            with st.expander(f"{len(rest)} more"):
                for source in rest:
                    st.markdown(source)


def _source(turn: int, markers: Sequence[int], paper: Paper) -> str:
    links = " ".join(markdown.citation_link(turn, marker) for marker in markers)
    known = (citations.authors(paper), citations.published(paper))
    details = [markdown.plain(part) for part in known if part]
    if paper.url:
        details.append(markdown.address(paper.url))
    return f"{links} **{markdown.plain(paper.title)}**  \n{' · '.join(details)}"
