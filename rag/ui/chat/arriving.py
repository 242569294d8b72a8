"""The place of an answer on the page, where it is drawn as it is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown
from rag.ui.chat.generation import Generation, Written
from rag.ui.evidence import citations
from rag.ui.wording import counted

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

NOT_HERE = ":material/search_off: Not in this library"
ASKED_BACK = ":material/help: Who is meant?"
STALLED_SECONDS = 8.0
_REDRAW_SECONDS = 0.05
_MOMENT_SECONDS = 0.7
_LETTERS_PER_SECOND = 40_000
_SETTLE_SECONDS = 1.0  # in which a page that comes to a running answer gets its buttons: it loads them when first drawn
_SEARCH_SECONDS = 1.5  # after which it is the model that is waited for, if there is one


class ArrivingAnswer:
    """An answer on the page; `below` is the place under it.

    `turn` is a number that no other answer on the page has, `model` the name of the language model that answers, or
    "extractive".
    """

    def __init__(self, turn: int, model: str) -> None:
        self._turn = turn
        self._model = model
        self._label = ""
        self._refusals = 0
        self._begun = False
        with st.container(key=f"answer-{turn}"):  # chat.css has a caret in it until `below` is drawn
            self._text = st.empty()
        self._hint = st.empty()
        self.below: DeltaGenerator = st.empty()

    def begin(self, generation: Generation) -> None:
        """Draw the first words; after a moment without any, return all the same."""
        until = time.monotonic() + _MOMENT_SECONDS
        while not generation.written.text and not generation.over and (left := until - time.monotonic()) > 0:
            generation.wait(generation.written, left)
        written = generation.written
        if written.text and not written.refused:  # the frame of a refusal can be drawn once in a run
            self.draw(written)
        self._begun = True

    def follow(self, generation: Generation, stop: Callable[[], None] | None = None) -> None:
        """Draw the answer as it is written until it is over; where nothing comes for long, offer to `stop` it.

        A rerun of the page ends this, not the answer.
        """
        drawn, since = Written(), time.monotonic()
        picked_up = bool(generation.written.text) and not self._begun
        while not generation.over:
            written = generation.written
            if written is not drawn or generation.queued:
                since = time.monotonic()
                self._hint.empty()
            elif stop and time.monotonic() - since > STALLED_SECONDS:
                since = float("inf")
                self._say_stalled(stop)
            if written.answer:
                pass  # all that is left is to keep it
            elif written.text and written is not drawn:
                self.draw(written)
            elif not written.text:
                self.say_waiting(generation)
            if written.citations != drawn.citations:
                self._hand_over(written)
            if written is not drawn:
                # A long answer takes the browser longer, which should have time for the rest of the page.
                time.sleep(_REDRAW_SECONDS + len(written.text) / _LETTERS_PER_SECOND)
            if picked_up:
                picked_up = False
                _settle()
            drawn = written
            generation.wait(drawn, _REDRAW_SECONDS)
            # Where nothing is drawn, this is where Streamlit can end the run for another.
            _ = "conversation" in st.session_state
        self._hint.empty()

    def draw(self, written: Written, titles: Mapping[str, str] = markdown.NOTHING) -> None:
        """Draw what there is; `titles` are links to put for what is in italics."""
        text = written.text if written.answer else markdown.without_open_marker(written.text)
        shown = markdown.answer(text, self._turn, written.citations, titles)
        if not written.refused:
            self._text.markdown(shown)
            return
        self._refusals += 1  # no key may be there twice in a run
        with self._text.container(key=f"refusal-{self._turn}-{self._refusals}", gap=None):
            st.caption(ASKED_BACK if _asks_back(written) else NOT_HERE)
            st.markdown(shown)

    def say_waiting(self, generation: Generation) -> None:
        """Say what is waited for."""
        label = "Reading the abstracts…"
        if generation.queued:
            label = "Waiting for the answer before…"
        elif self._model != "extractive" and generation.began is not None:
            searched = time.monotonic() - generation.began >= _SEARCH_SECONDS
            label = f"Waiting for {markdown.plain(self._model)}…" if searched else label
        if label != self._label:
            self._label = label
            self._text.markdown(f":shimmer[{label}]")

    def _say_stalled(self, stop: Callable[[], None]) -> None:
        with self._hint.container(key=f"stalled-{self._turn}", horizontal=True, vertical_alignment="center"):
            silence = counted(round(STALLED_SECONDS), "second")
            said = f":material/hourglass_empty: Nothing new for {silence}: wait, or stop here."
            st.caption(said, width="content")
            st.button("Stop here", key=f"stop-{self._turn}", type="tertiary", on_click=stop)

    def _hand_over(self, written: Written) -> None:
        with self.below:
            citations.hand_over(self._turn, written, f"{self._turn}-{len(written.citations)}")


def _settle() -> None:
    until = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < until:
        _ = "conversation" in st.session_state  # Streamlit may end the run here
        time.sleep(_REDRAW_SECONDS)


def _asks_back(written: Written) -> bool:
    """Whether there is no answer yet because a name is that of several authors."""
    plan = written.answer.plan if written.answer else None
    return plan is not None and bool(plan.doubts) and all(doubt.known for doubt in plan.doubts)
