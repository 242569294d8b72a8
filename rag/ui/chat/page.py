"""The page "Chat": its turns, and a question that is asked now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Filters
from rag.ui.chat import chosen, composer, filters, history, messages, opening, welcome
from rag.ui.chat.conversation import Conversation, Turn
from rag.ui.navigation import SUGGESTED
from rag.ui.settings import choice

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("chat.css")


def show(assistant: Assistant) -> None:
    """The whole page."""
    st.html(_STYLE)
    overview = assistant.overview()
    if not overview.papers:
        welcome.show_empty()
        return
    if problem := opening.missing():
        welcome.show_missing(problem)
        return
    conversation = opening.current()
    start = st.empty()
    with st.bottom:
        stop = st.empty()
        composer.show(assistant, conversation)
    typed = st.chat_input("Ask about these papers", key="question")
    question = (typed or st.session_state.pop(SUGGESTED, "")).strip()
    if not conversation.turns and not question:
        with start:
            welcome.show_welcome(overview, assistant.suggestions(), _suggest)
        return
    start.empty()
    model = choice.chosen_model(assistant)
    asked = conversation.ask(question, assistant, filters=_answering(), model=model) if question else None
    opening.name_in_address()
    chosen.keep(conversation)
    history.show_changes()
    _show_turns(assistant, conversation, asked, model, stop)


def _answering() -> Filters:
    """Which papers may answer: those that the filters leave of those that were chosen."""
    return replace(filters.kept(), papers=chosen.kept())


def _show_turns(
    assistant: Assistant, conversation: Conversation, asked: Turn | None, model: str | None, stop: DeltaGenerator
) -> None:
    """The turns, and the answers that are being written as they grow; `asked` is new, `model` was chosen to write."""
    turns = conversation.turns
    last = turns[-1]
    step = messages.NextStep(
        partial(conversation.ask_again, last, assistant, model=model),
        _suggest,
        lambda question: conversation.ask_instead(last, question, assistant, model=model),
    )
    places = [st.container(key=f"turn-{turn.id}") for turn in turns]

    def shown(turn: Turn) -> messages.ShownTurn:
        is_last = turn is turns[-1]
        return messages.ShownTurn(turn, model or assistant.model, step if is_last else None, places[turns.index(turn)])

    if asked or not all(turn.over for turn in turns):
        stop.button("Stop", key="stop", icon=":material/stop_circle:", shortcut="Esc", on_click=conversation.stop)
    comes = turns[-1] if opening.just_opened() else asked
    arriving = {turn.id: shown(turn) for turn in turns if turn is asked or not turn.over}
    if asked and len(arriving) == 1:
        # The turns before stay as the last run drew them, until the new one has its first words.
        arriving[asked.id].begin()
    said = ""  # what was said last of how an answer was made: once in a row is enough
    for turn in turns:
        place = arriving.get(turn.id) or shown(turn)
        if turn is comes or not turn.over:
            place.come(opening.times())
        if turn is asked or not turn.over:
            place.follow(conversation.stop)
        place.finish(assistant, conversation.rate, notice=turn.written.notice != said)
        said = said if turn.written.refused else turn.written.notice
    stop.empty()
    history.show_changes()


def _suggest(question: str) -> None:
    st.session_state[SUGGESTED] = question
