"""One turn on the page: the question, the answer as it arrives, what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from rag.conversations.kept import Rating
from rag.ui import markdown
from rag.ui.chat import actions, attention, chips, question, sources, support
from rag.ui.chat.arriving import ArrivingAnswer
from rag.ui.chat.conversation import Turn
from rag.ui.chat.generation import Written
from rag.ui.evidence import citations, papers
from rag.ui.telling import told

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from rag.assistant import Assistant

INTERRUPTED = ":material/stop_circle: Interrupted"
STOPPED = ":material/stop_circle: Stopped"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What can be done with the last turn.

    `again` makes another answer, without some parts of the plan; `ask` asks on, `instead` something else in its place.
    """

    again: Callable[..., None]
    ask: Callable[[str], None]
    instead: Callable[[str], None]


class ShownTurn:
    """The place of a turn on the page. Its question is there at once, its answer with `follow` and `finish`.

    `model` is the name of the language model that answers, or "extractive"; `step` is None for all turns but the last,
    `place` a container for it alone.
    """

    def __init__(self, turn: Turn, model: str, step: NextStep | None, place: DeltaGenerator) -> None:
        self._turn = turn
        self._step = step
        with place:
            self._come = st.empty()
            if step and question.edited(turn):
                question.show_field(turn, step.instead)
            else:
                question.show(turn)
            self._change = st.empty()
            with st.chat_message("assistant", avatar=":material/menu_book:"):
                self._understood = st.empty()
                self._answer = ArrivingAnswer(turn.id, model)
                if turn.generation and not turn.over:
                    self._answer.say_waiting(turn.generation)

    def come(self, times: int) -> None:
        """Bring the question to the top of the page, once for each number of `times`."""
        with self._come:
            attention.to_question(self._turn.id, times)

    def begin(self) -> None:
        """Draw the first words as soon as they are there; no longer than a moment is waited for them."""
        if self._turn.generation:
            self._answer.begin(self._turn.generation)

    def follow(self, stop: Callable[[], None]) -> None:
        """Draw the answer as it is written until it is over; `stop` ends it sooner.

        A rerun of the page ends this, not the answer.
        """
        if self._turn.generation:
            self._answer.follow(self._turn.generation, stop)

    def finish(self, assistant: Assistant, rate: Callable[[Turn, Rating], None], *, notice: bool) -> None:
        """Draw what there is, and what is to be said of it and can be done with it.

        Args:
            assistant: Who has the papers that are cited.
            rate: Keeps what the user thinks of the answer.
            notice: Whether to say how the answer was made.
        """
        turn, written, step = self._turn, self._turn.written, self._step
        answer = written.answer
        titles = markdown.in_italics(written.text) if written.refused else ()
        named = [paper for title in titles for paper in assistant.titled(title)[:1]]
        self._answer.draw(written, {paper.title: papers.link(paper) for paper in named})
        if step and not question.edited(turn):
            with self._change:
                question.show_edit(turn)
        if answer and answer.plan:
            with self._understood:
                chips.show(turn.id, answer.plan, step.again if step else None)
        with self._answer.below.container(key=f"below-{turn.id}", gap="small"):
            ended_early = self._say_what_went_wrong(written)
            if answer:
                support.show(turn.id, answer)
            if written.notice and notice:
                st.caption(markdown.message(written.notice))
            if written.text:
                actions.show(turn, assistant, rate, step.again if step and not ended_early else None)
            if written.citations:
                sources.show(turn.id, written)
            citations.hand_over(turn.id, written, str(turn.id), copy=actions.as_markdown(written))
            if named:
                papers.hand_over(named, str(turn.id))
            if answer and step:
                self._offer(answer.offers, step)

    def _offer(self, questions: Sequence[str], step: NextStep) -> None:
        for place, offered in enumerate(questions):
            key = f"offer-{self._turn.id}-{place}"
            st.button(markdown.plain(offered), key=key, on_click=step.ask, args=(offered,))

    def _say_what_went_wrong(self, written: Written) -> bool:
        """Whether there was anything to say."""
        problem = written.failure or (written.answer and written.answer.problem)
        if problem:
            st.warning(told(problem), icon=":material/warning:")
        elif written.answer and not written.stopped:
            return False
        with st.container(key=f"ended-{self._turn.id}", horizontal=True, vertical_alignment="center"):
            if not problem:
                st.caption(STOPPED if written.stopped else INTERRUPTED, width="content")
            if self._step:
                key = f"try-again-{self._turn.id}"
                st.button("Try again", key=key, icon=":material/refresh:", type="tertiary", on_click=self._step.again)
        return True
