"""What all visitors of this server share."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RagError
from rag.types import Filters
from rag.ui.chat.choices import Choices
from rag.ui.chat.opened import OpenConversations
from rag.ui.ingesting import UPLOADS, Ingests, Run
from rag.ui.report import Reports
from rag.ui.settings.index_work import IndexWork
from rag.ui.settings.model_watch import ModelWatch
from rag.ui.uploads import Uploads

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.comparable import Comparable
    from rag.retrieval.profile import Profile


@st.cache_resource(show_spinner=False)
def library() -> Assistant:
    """The one assistant of this server; imported here, so the page is drawn before the libraries load."""
    from rag.assistant import open_assistant
    from rag.settings import load_settings

    assistant = open_assistant(load_settings().for_visitors())
    Thread(target=_make_ready, args=(assistant,), name="make ready", daemon=True).start()
    return assistant


def _make_ready(assistant: Assistant) -> None:
    """Do ahead what takes a second or two, so that nobody waits for it: imports, and what the library keeps in mind."""
    import altair  # noqa: F401
    import networkx  # noqa: F401

    from rag.ui.library.map import packed

    with suppress(RagError):  # whoever needs it is told
        assistant.overview()
        assistant.suggestions()
        assistant.author_names()
        assistant.count(Filters(years=(None, None)))
        if chart := assistant.kept_map():
            packed(chart)


@st.cache_resource(show_spinner=False)
def opened() -> Event:
    """Set once the library has been opened and the first papers are in it."""
    return Event()


@st.cache_resource(show_spinner=False)
def ingests(_assistant: Assistant) -> Ingests:
    """What is read into the library, and was read last."""
    return Ingests(_assistant, Uploads(_assistant.settings.library / UPLOADS))


@st.cache_resource(show_spinner=False)
def seed_ingest(_assistant: Assistant, seeds: Path) -> Run | None:
    """The first ingest of this server; None where the library has papers already."""
    return None if _assistant.paper_count() or not seeds.is_dir() else ingests(_assistant).read([seeds])


@st.cache_resource(show_spinner=False)
def model_watch(_assistant: Assistant) -> ModelWatch:
    """What this server's visitors see of the model."""
    return ModelWatch(_assistant)


@st.cache_resource(show_spinner=False)
def conversations() -> OpenConversations:
    """All visitors' conversations; kept beside the papers."""
    from rag.settings import load_settings

    return OpenConversations(load_settings().library)


@st.cache_resource(show_spinner=False)
def choices() -> Choices:
    """Which papers this server's visitors let answer."""
    return Choices()


@st.cache_resource(show_spinner=False)
def reports(_assistant: Assistant) -> Reports:
    """The digests and comparisons that this server has written."""
    return Reports(_assistant)


@st.cache_resource(show_spinner=False, max_entries=100)
def profile(_assistant: Assistant, name: str, revision: str, pending: int) -> Profile:
    """The profile of an author, made anew when the library or what is embedded of it has changed."""
    return _assistant.profile(name)


@st.cache_resource(show_spinner=False, max_entries=2)
def comparable(_assistant: Assistant, revision: str, pending: int) -> Comparable:
    """What of the library is worth comparing, found anew when it or what is embedded of it has changed."""
    return _assistant.comparable()


@st.cache_resource(show_spinner=False)
def index_work(_assistant: Assistant) -> IndexWork:
    """The work on the indexes that a visitor began."""
    return IndexWork(_assistant)
