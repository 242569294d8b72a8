"""Which of the server's models a visitor wants answers from. Kept in the session: others keep theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import server

if TYPE_CHECKING:
    from rag.assistant import Assistant

_CHOICE = "chosen model"


def offered(assistant: Assistant) -> tuple[str, ...]:
    """The models of the server by their names there, as far as it was looked at; those that only embed left out."""
    watch = server.model_watch(assistant)
    watch.latest()
    return tuple(name for name in watch.models if "embed" not in name.lower())


def choose(name: str | None) -> None:
    """Have this visitor's questions answered by another model of the server; None for the one that is set."""
    st.session_state[_CHOICE] = name


def chosen_model(assistant: Assistant) -> str | None:
    """The other model that this visitor chose; None for the one that is set, or if the server does not have it now."""
    chosen: str | None = st.session_state.get(_CHOICE)
    return chosen if chosen and chosen in offered(assistant) else None


def model_name(assistant: Assistant) -> str:
    """What writes this visitor's answers, as it is shown; "extractive" without a language model."""
    return shown(chosen_model(assistant) or assistant.model)


def shown(name: str) -> str:
    """A model's name to be read: llama.cpp calls a model by the path of its file."""
    return name.replace("\\", "/").rpartition("/")[2] if name.endswith(".gguf") else name
