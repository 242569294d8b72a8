"""One turn on the page: the question, the answer as it arrives, what is to be said of it."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from rag.ui import citations, markdown, sources, support
from rag.ui.conversation import Turn
from rag.ui.generation import Generation, Written

INTERRUPTED = ":material/stop_circle: Interrupted"
STOPPED = ":material/stop_circle: Stopped"
_REDRAW_SECONDS = 0.05
_SEARCH_SECONDS = 1.5  # after which it is the model that is waited for, if there is one

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


class ShownTurn:
    """The place of a turn on the page. Its question is there at once, its answer with `follow` and `finish`.

    `model` is the name of the language model that answers, or "extractive".
    """

    def __init__(self, turn: Turn, model: str) -> None:
        self._turn = turn
        self._model = model
        self._label = ""
        with st.container(key=f"turn-{turn.id}"):
            with st.chat_message("user", avatar=":material/person:"):
                st.markdown(markdown.paragraphs(turn.question))
                self._come = st.empty()
            with st.chat_message("assistant", avatar=":material/menu_book:"):
                self._text, self._below = st.empty(), st.empty()
                if turn.generation and not turn.over:
                    self._say_waiting(turn.generation)

    def come(self) -> None:
        """Bring the question to the top of the page, once."""
        with self._come:
            _to_question(key=f"to-question-{self._turn.id}")

    def follow(self) -> None:
        """Draw the answer as it is written until it is over. A rerun of the page ends this, not the answer."""
        generation = self._turn.generation
        if generation is None:
            return
        drawn = Written()
        while not generation.over:
            written = generation.written
            if written.citations != drawn.citations:
                self._hand_over(written)
            if written.text and written is not drawn:
                self._draw(written)
                time.sleep(_REDRAW_SECONDS)
            elif not written.text:
                self._say_waiting(generation)
            drawn = written
            generation.wait(drawn, _REDRAW_SECONDS)
            # Where nothing is drawn, this is where Streamlit can end the run for another.
            _ = "conversation" in st.session_state

    def finish(self, *, notice: bool, again: Callable[[], None] | None) -> None:
        """Draw what there is, and what is to be said of it.

        Args:
            notice: Whether to say how the answer was made.
            again: Called when the user wants another answer; None where that is not offered.
        """
        written = self._turn.written
        self._draw(written)
        with self._below.container(key=f"below-{self._turn.id}", gap="small"):
            self._say_what_went_wrong(written, again)
            if written.answer and (badge := support.badge(written.answer)):
                st.caption(badge)
            if written.notice and notice:
                st.caption(markdown.message(written.notice))
            if written.citations:
                sources.show(self._turn.id, written)
                citations.hand_over(self._turn.id, written, str(self._turn.id))

    def _say_what_went_wrong(self, written: Written, again: Callable[[], None] | None) -> None:
        problem = written.failure or (written.answer and written.answer.problem)
        if problem:
            st.warning(markdown.message(problem), icon=":material/warning:")
        elif written.answer and not written.stopped:
            return
        with st.container(key=f"ended-{self._turn.id}", horizontal=True, vertical_alignment="center"):
            if not problem:
                st.caption(STOPPED if written.stopped else INTERRUPTED, width="content")
            if again:
                key = f"again-{self._turn.id}"
                st.button("Try again", key=key, icon=":material/refresh:", type="tertiary", on_click=again)

    def _hand_over(self, written: Written) -> None:
        with self._below:
            citations.hand_over(self._turn.id, written, f"{self._turn.id}-{len(written.citations)}")

    def _draw(self, written: Written) -> None:
        turn = self._turn.id
        text = written.text if written.answer else markdown.without_open_marker(written.text)
        shown = markdown.answer(text, turn, written.citations)
        if not written.refused:
            self._text.markdown(shown)
            return
        with self._text.container(key=f"refusal-{turn}", gap=None):
            st.caption(":material/search_off: Not in this library")
            st.markdown(shown)

    def _say_waiting(self, generation: Generation) -> None:
        label = "Reading the abstracts…"
        if generation.queued:
            label = "Waiting for the answer before…"
        elif self._model != "extractive" and generation.began is not None:
            searched = time.monotonic() - generation.began >= _SEARCH_SECONDS
            label = f"Waiting for {markdown.plain(self._model)}…" if searched else label
        if label != self._label:
            self._label = label
            self._text.markdown(f":shimmer[{label}]")
