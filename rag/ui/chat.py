"""One run of the chat page: open the library, show the turns, answer a question."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RagError, SettingsError
from rag.types import IngestReport
from rag.ui import citations, markdown, messages, welcome
from rag.ui.conversation import Conversation, Turn
from rag.ui.first_start import SeedIngest
from rag.ui.model_state import ModelWatch

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from rag.assistant import Assistant

_STYLE = Path(__file__).with_name("page.css")
_POLL_SECONDS = 0.1


def show(seeds: Path) -> None:
    """The whole page. An empty library is first filled from the folder `seeds`, where that exists."""
    st.html(_STYLE)
    citations.listen()
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    start = st.empty()
    try:
        assistant, report = _ready(seeds, start)
        overview = assistant.overview()
        welcome.show_sidebar(assistant, overview, _model_watch(assistant), conversation.clear)
        welcome.show_failures(report)
        if not overview.papers:
            welcome.show_empty()
            return
        if assistant.damage:
            _show_damage(assistant, assistant.damage, start)
            return
        _show_chat(assistant, conversation, start)
    except RagError as failure:
        _show_failure(failure, start)


def _show_chat(assistant: Assistant, conversation: Conversation, start: DeltaGenerator) -> None:
    with st.bottom:
        stop = st.empty()
    typed = st.chat_input("Ask about these papers", key="question")
    question = (typed or st.session_state.pop("suggested", "")).strip()
    if not conversation.turns and not question:
        with start:
            welcome.show_welcome(assistant.overview(), assistant.suggestions(), _suggest)
        return
    start.empty()
    asked = conversation.ask(question, assistant) if question else None
    _show_turns(assistant, conversation, asked, stop)


def _show_turns(assistant: Assistant, conversation: Conversation, asked: Turn | None, stop: DeltaGenerator) -> None:
    """The turns, and the answers that are being written as they grow; `asked` is new on the page."""
    shown = [(turn, messages.ShownTurn(turn, assistant.model)) for turn in conversation.turns]
    if asked or not all(turn.over for turn in conversation.turns):
        stop.button("Stop", key="stop", icon=":material/stop_circle:", shortcut="Esc", on_click=conversation.stop)
    said = ""  # what was said last of how an answer was made: once in a row is enough
    for turn, place in shown:
        if turn is asked or not turn.over:
            place.come()
            place.follow()
        last = turn is conversation.turns[-1]
        step = messages.NextStep(partial(conversation.ask_again, assistant), _suggest) if last else None
        place.finish(assistant, notice=turn.written.notice != said, next_step=step)
        said = said if turn.written.refused else turn.written.notice
    stop.empty()


def _suggest(question: str) -> None:
    st.session_state["suggested"] = question


@st.cache_resource(show_spinner=False)
def _library() -> Assistant:
    """The one assistant of this server; imported here, so the page is drawn before the libraries load."""
    from rag.assistant import open_assistant
    from rag.settings import load_settings

    return open_assistant(load_settings())


@st.cache_resource(show_spinner=False)
def _seed_ingest(_assistant: Assistant, seeds: Path) -> SeedIngest | None:
    """The first ingest of this server; None where the library has papers already."""
    return None if _assistant.paper_count() or not seeds.is_dir() else SeedIngest(_assistant, seeds)


@st.cache_resource(show_spinner=False)
def _model_watch(_assistant: Assistant) -> ModelWatch:
    """What this server's visitors see of the model."""
    return ModelWatch(_assistant)


def _ready(seeds: Path, place: DeltaGenerator) -> tuple[Assistant, IngestReport]:
    """The opened assistant once its library has been filled, showing in `place` how far that is."""
    with place.container(key="start"), st.status("Opening the library…") as status:
        assistant = _library()
        ingest = _seed_ingest(assistant, seeds)
        if ingest is None:
            return assistant, IngestReport()
        status.update(label="Adding the first papers", expanded=True)
        bar = st.progress(0.0, ingest.label)
        while not ingest.finished.wait(_POLL_SECONDS):
            bar.progress(ingest.fraction, ingest.label)
    if ingest.failure:
        _seed_ingest.clear()
        raise ingest.failure
    return assistant, ingest.report


def _show_failure(failure: RagError, place: DeltaGenerator) -> None:
    """A state of its own: what happened and what to do, with a way to try again."""
    with place.container(key="failure", gap="small"):
        what = "A setting" if isinstance(failure, SettingsError) else "The library"
        st.title(f"{what} cannot be used", anchor=False)
        st.markdown(markdown.message(str(failure)))
        st.button("Try again", icon=":material/refresh:")


def _show_damage(assistant: Assistant, damage: RagError, place: DeltaGenerator) -> None:
    """A damaged index, with the way to mend it: this server owns the library, so it is done here."""
    with place.container(key="failure", gap="small"):
        st.title("A search index is damaged", anchor=False)
        st.markdown(markdown.message(str(damage)))
        if not st.button("Make it again here", icon=":material/build:", type="primary"):
            return
        with st.spinner("Making both indexes again from the papers…"):
            assistant.rebuild()
    st.rerun()
