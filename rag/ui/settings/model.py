"""The part "Language model" of the settings: what writes the answers, whether it does, which other could."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RagError
from rag.types import ModelStatus
from rag.ui import markdown, server
from rag.ui.settings import choice, endpoint, model_state

if TYPE_CHECKING:
    from rag.assistant import Assistant

_TESTED = "model tested"


def show(assistant: Assistant) -> None:
    """The whole part."""
    st.header("Language model", anchor=False)
    watch = server.model_watch(assistant)
    seen = watch.latest()
    if assistant.model == "extractive":
        st.markdown(
            "No language model is set: answers are sentences quoted from the abstracts, and lists, counts and tables "
            "are made from what the library knows of its papers."
        )
        for found in seen.offers if seen else ():
            endpoint.offer(assistant, found) if assistant.settings.allow_settings else model_state.offer(found)
    else:
        with st.container(key="model-state", gap="small"):
            _show_state(assistant, seen.status if seen else None)
        _show_choice(assistant)
        st.fragment(_show_test)(assistant)
    if assistant.settings.allow_settings:
        endpoint.show(assistant)
    elif assistant.model != "extractive":
        st.caption("Whoever runs this page chose its server; visitors neither see its address and key nor change them.")


def _show_state(assistant: Assistant, status: ModelStatus | None) -> None:
    st.markdown(f"**{markdown.plain(choice.shown(assistant.model) or 'The model that its server offers')}**")
    if status is None:
        st.markdown(":shimmer[Looking whether it can be reached…]")
        return
    latency = "" if status.latency_ms is None else f" in {status.latency_ms:,.0f} ms"
    lines = [f":material/check_circle: Its server answers{latency}" if status.reachable else _AWAY]
    if status.reachable:
        lines.append(
            f":material/unfold_more: Reads and writes {status.context_window:,} tokens at once, "
            f"of which {status.max_output:,} for an answer"
        )
    if status.address:
        lines.append(f":material/dns: {markdown.plain(status.address)}")
    st.markdown("  \n".join(lines))
    if status.problem:
        st.warning(markdown.message(status.problem), icon=":material/warning:")


_PICKED = "picked model"
_AWAY = ":material/cloud_off: Its server does not answer"


def _show_choice(assistant: Assistant) -> None:
    """The models of the server, where there are several."""
    others = [name for name in choice.offered(assistant) if choice.shown(name) != choice.shown(assistant.model)]
    if not others:
        return
    names: list[str | None] = [None, *others]
    st.session_state[_PICKED] = choice.chosen_model(assistant)
    st.selectbox(
        "Model for your questions",
        names,
        key=_PICKED,
        on_change=_choose,
        format_func=lambda name: choice.shown(name or assistant.model),
        help="Among those that its server has. In this browser tab only: other visitors keep theirs.",
    )


def _choose() -> None:
    choice.choose(st.session_state[_PICKED])
    st.session_state.pop(_TESTED, None)


def _show_test(assistant: Assistant) -> None:
    """A button that has the model say a word, and what came of it."""
    if st.button("Test", icon=":material/play_circle:", key="test-model", help="Ask it for a word, now"):
        name = choice.model_name(assistant)
        with st.spinner(f"Asking {markdown.plain(name) or 'the model'}…"):
            st.session_state[_TESTED] = _tested(assistant, name)
        server.model_watch(assistant).look_again()
    works, said = st.session_state.get(_TESTED, (True, ""))
    if said and works:
        st.success(said, icon=":material/check_circle:")
    elif said:
        st.error(said, icon=":material/error:")


def _tested(assistant: Assistant, name: str) -> tuple[bool, str]:
    """Whether it answers, and a sentence that says so."""
    try:
        seconds = assistant.try_model(choice.chosen_model(assistant))
    except RagError as problem:
        return False, markdown.message(str(problem))
    return True, f"{markdown.plain(name) or 'The model'} answered in {seconds:.1f} seconds."
