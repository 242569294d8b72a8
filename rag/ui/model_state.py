"""The sidebar's "Model": what writes the answers, whether it can be reached, what could be used instead."""

from __future__ import annotations

import logging
import shlex
import time
from dataclasses import dataclass
from itertools import count
from threading import Lock, Thread
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import LocalServer, ModelStatus
from rag.ui import markdown

if TYPE_CHECKING:
    from rag.assistant import Assistant

_FRESH_SECONDS = 30.0
_FIRST_SECONDS = 1.0  # between looks while nothing is known yet
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the model showed; `offers` only where no model was chosen."""

    status: ModelStatus | None = None
    offers: tuple[LocalServer, ...] = ()


class ModelWatch:
    """Looks at the model in a thread of its own, when asked and at most every 30 seconds."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._seen: Seen | None = None
        self._next = 0.0  # when to look again, on the clock of time.monotonic
        self._lock = Lock()

    def latest(self) -> Seen | None:
        """What was seen last, at once; None before the first look is over."""
        with self._lock:
            if time.monotonic() >= self._next:
                self._next = float("inf")
                Thread(target=self._look, name="model watch", daemon=True).start()
            return self._seen

    def _look(self) -> None:
        seen = self._seen or Seen()
        try:
            if self._assistant.model == "extractive":
                seen = Seen(offers=self._assistant.local_servers())
            else:
                seen = Seen(self._assistant.model_status())
        except Exception:  # whatever it is, the next look may be better
            _log.exception("the state of the language model could not be found out")
        with self._lock:
            self._seen = seen
            self._next = time.monotonic() + _FRESH_SECONDS


def show(assistant: Assistant, watch: ModelWatch) -> None:
    """The section, kept up to date by itself; it never waits."""
    known = watch.latest() is not None
    drawn = count()

    def section() -> None:
        seen = watch.latest()
        # The page is run again to look less often; not by the run that it would cut short, and a question with it.
        if seen and not known and next(drawn):
            st.rerun()
        _show(assistant.model, seen)

    st.fragment(section, run_every=_FRESH_SECONDS if known else _FIRST_SECONDS)()


def _show(model: str, seen: Seen | None) -> None:
    with st.container(key="model", gap="small"):
        st.markdown("**Model**")
        if model == "extractive":
            st.markdown("Answers quote the abstracts")
            for server in seen.offers if seen else ():
                _offer(server)
        else:
            st.markdown(markdown.plain(model))
            _show_status(seen)


def _show_status(seen: Seen | None) -> None:
    if seen is None:
        st.caption(":shimmer[Looking whether it can be reached…]")
        return
    status = seen.status
    if status is None:
        return
    lines = [markdown.plain(status.address)]
    if status.reachable:
        latency = "" if status.latency_ms is None else f" · {status.latency_ms:,.0f} ms"
        lines += [f":material/check_circle: Reachable{latency}", f"Context of {status.context_window:,} tokens"]
    else:
        lines.append(":material/cloud_off: Not reachable")
    st.caption("  \n".join(lines))
    if status.problem:
        st.warning(markdown.message(status.problem))


def _offer(server: LocalServer) -> None:
    """How to have the answers written by a server of this machine, folded away; nothing is asked of it unbidden."""
    with st.expander(f"{markdown.plain(server.name)} is running"):
        if not server.models:
            st.caption("It has no model yet. Give it one, and this page shows how to use it.")
            return
        model = " ".join(server.models[0].split())
        st.caption(
            f"It runs on this machine with {markdown.plain(model)} and is sent nothing. "
            "To let it write the answers, start this page with:"
        )
        settings = {"RAG_LLM_BASE_URL": server.base_url, "RAG_LLM_MODEL": model}
        st.code(
            "\n".join(f"{name}={shlex.quote(value)}" for name, value in settings.items()),
            language=None,
            wrap_lines=True,
        )
        if others := server.models[1:]:
            st.caption(f"It also has {markdown.plain(', '.join(others))}.")
