"""One turn on the page: the question, the answer as it arrives, what is to be said of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import chips, citations, hand_off, markdown, sources, support
from rag.ui.conversation import Turn
from rag.ui.generation import Generation, Written

if TYPE_CHECKING:
    from rag.assistant import Assistant

NOT_HERE = ":material/search_off: Not in this library"
ASKED_BACK = ":material/help: Who is meant?"
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


@dataclass(frozen=True, slots=True)
class NextStep:
    """What can be done with the last answer: `again` makes another, without some parts of the plan; `ask` asks on."""

    again: Callable[..., None]
    ask: Callable[[str], None]


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
                self._understood, self._text, self._below = st.empty(), st.empty(), st.empty()
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

    def finish(self, assistant: Assistant, *, notice: bool, next_step: NextStep | None) -> None:
        """Draw what there is, and what is to be said of it.

        Args:
            assistant: Who has the papers that are cited.
            notice: Whether to say how the answer was made.
            next_step: What can be done with the last answer; None for those before.
        """
        written = self._turn.written
        answer = written.answer
        self._draw(written)
        if answer and answer.plan:
            with self._understood:
                chips.show(self._turn.id, answer.plan, next_step.again if next_step else None)
        with self._below.container(key=f"below-{self._turn.id}", gap="small"):
            self._say_what_went_wrong(written, next_step)
            if answer and next_step:
                self._offer(answer.offers, next_step)
            if written.answer and (badge := support.badge(written.answer)):
                st.caption(badge)
            if written.notice and notice:
                st.caption(markdown.message(written.notice))
            if written.citations:
                sources.show(self._turn.id, written)
                hand_off.show(self._turn.id, written, assistant)
                citations.hand_over(self._turn.id, written, str(self._turn.id))

    def _offer(self, questions: Sequence[str], next_step: NextStep) -> None:
        for place, question in enumerate(questions):
            key = f"offer-{self._turn.id}-{place}"
            st.button(markdown.plain(question), key=key, on_click=next_step.ask, args=(question,))

    def _say_what_went_wrong(self, written: Written, next_step: NextStep | None) -> None:
        problem = written.failure or (written.answer and written.answer.problem)
        if problem:
            st.warning(markdown.message(problem), icon=":material/warning:")
        elif written.answer and not written.stopped:
            return
        with st.container(key=f"ended-{self._turn.id}", horizontal=True, vertical_alignment="center"):
            if not problem:
                st.caption(STOPPED if written.stopped else INTERRUPTED, width="content")
            if next_step:
                key = f"again-{self._turn.id}"
                st.button("Try again", key=key, icon=":material/refresh:", type="tertiary", on_click=next_step.again)

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
            st.caption(ASKED_BACK if _asks_back(written) else NOT_HERE)
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


def _asks_back(written: Written) -> bool:
    """Whether there is no answer yet because a name is that of several authors."""
    plan = written.answer.plan if written.answer else None
    return plan is not None and bool(plan.doubts) and all(doubt.known for doubt in plan.doubts)
