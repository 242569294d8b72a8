"""Where the language model is, to be changed by visitors who may (RAG_ALLOW_SETTINGS=1)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import SettingsError
from rag.settings import Endpoint, endpoint_of, keep_model
from rag.types import LocalServer
from rag.ui import markdown, server
from rag.ui.settings import choice

if TYPE_CHECKING:
    from rag.assistant import Assistant

_SAID = "endpoint said"
_SAID_SECONDS = 10.0
_LARGEST = 10_000_000  # tokens


def offer(assistant: Assistant, found: LocalServer) -> None:
    """A server of this machine, used with one click."""
    with st.container(key=f"offer-{found.name}", border=True, gap="small"):
        st.markdown(f"**{markdown.plain(found.name)}** runs on this machine")
        if not found.models:
            st.caption("It has no model yet. Give it one, and it can be used here.")
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            model = st.selectbox("Its model", found.models, format_func=choice.shown, key=f"offered-{found.name}")
            if st.button("Use it", key=f"use-{found.name}", type="primary"):
                _use(assistant, Endpoint(model, found.base_url), None)
                st.rerun()


def show(assistant: Assistant) -> None:
    """The form, and a way to do without a model."""
    current, window = assistant.settings.llm, assistant.settings.llm_context_window
    said, until = st.session_state.get(_SAID, ("", 0.0))
    if time.monotonic() < until:  # not just once: the page runs again when more is known of the server
        st.success(said, icon=":material/check_circle:")
    with st.expander("Choose another server", expanded=False, key="endpoint"):
        with st.form("endpoint-form", border=False):
            address = st.text_input(
                "Address",
                current.address if current and current.base_url else "",
                placeholder="http://localhost:11434/v1",
                help="The base URL of a server that speaks OpenAI's protocol (RAG_LLM_BASE_URL); empty for OpenAI.",
            )
            model = st.text_input(
                "Model",
                current.model if current else "",
                placeholder="llama3.2",
                help="Its name there (RAG_LLM_MODEL); may be empty where the server has just one.",
            )
            key = st.text_input(
                "Key",
                type="password",
                placeholder="Kept as it is" if current and current.api_key else "If the server asks for one",
                help="RAG_LLM_API_KEY. It is never shown, and not sent to another address than it was given for.",
                autocomplete="off",
            )
            tokens = st.number_input(
                "Context window",
                min_value=1,
                max_value=_LARGEST,
                value=window,
                step=1,
                placeholder="As the server tells",
                help="Tokens that the model reads and writes at once (RAG_LLM_CONTEXT_WINDOW).",
            )
            with st.container(horizontal=True):
                use = st.form_submit_button("Use it", type="primary", help="Until this page's server is stopped")
                keep = st.form_submit_button("Keep it", help="From now on: written to the file .env")
        if use or keep:
            _take(assistant, (address, model, key), tokens, keep=keep)
        if current and st.button("Do without a language model", type="tertiary", icon=":material/power_settings_new:"):
            _use(assistant, None, None)
            _say("Answers are sentences quoted from the abstracts until this server is stopped.")


def _take(assistant: Assistant, written: tuple[str, str, str], tokens: int | None, *, keep: bool) -> None:
    """Use what was written into the form, and keep it if so wished; say what cannot be used."""
    try:
        chosen = endpoint_of(*written, instead_of=assistant.settings.llm)
        stronger = keep_model(chosen, tokens) if keep else ()
    except SettingsError as problem:
        st.error(markdown.message(str(problem)), icon=":material/error:")
        return
    _use(assistant, chosen, tokens)
    said = "Answers are written by it from now on"
    if keep:
        said += f", and it is kept in {markdown.plain(str(Path('.env').absolute()))}"
    if stronger:
        names = " and ".join(f"`{name}`" for name in stronger)
        verb = "is" if len(stronger) == 1 else "are"
        said += f". But {names} {verb} set in the environment, which comes first at the next start"
    _say(f"{said}.")


def _say(what: str) -> None:
    st.session_state[_SAID] = what, time.monotonic() + _SAID_SECONDS
    st.rerun()


def _use(assistant: Assistant, chosen: Endpoint | None, tokens: int | None) -> None:
    assistant.use_model(chosen, tokens)
    choice.choose(None)
    server.model_watch(assistant).look_again(at_another=True)
