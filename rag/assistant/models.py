"""The language model that writes the answers, which can be changed for another while it is asked."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.settings import Endpoint
from rag.types import Message, Prompt

if TYPE_CHECKING:
    from rag.answering.llm.client import LanguageModel

_TO_TRY = 30.0  # seconds
_TRIED = 64  # tokens


class Models:
    """The model of an endpoint, the other models of its server, and those that were used before.

    Safe to use from several threads: what was begun with a model is ended with it.
    """

    def __init__(self, endpoint: Endpoint | None, context_window: int | None, max_output: int | None) -> None:
        self._changing = threading.Lock()
        self._max_output = max_output
        self._made: list[LanguageModel] = []
        self.use(endpoint, context_window)

    def use(self, endpoint: Endpoint | None, context_window: int | None) -> None:
        """Have the answers from now on written by the model of this endpoint; None to quote the abstracts."""
        with self._changing:
            self._endpoint = endpoint
            self._others: dict[str, LanguageModel] = {}
            self._chosen = self._make(endpoint, context_window) if endpoint else None

    @property
    def chosen(self) -> LanguageModel | None:
        """The one that answers; None if abstracts are quoted."""
        return self._chosen

    def named(self, name: str | None) -> LanguageModel | None:
        """Another model of the same server; the chosen one for None."""
        with self._changing:
            if not name or self._endpoint is None or name == self._endpoint.model:
                return self._chosen
            if name not in self._others:
                # How much it reads is its own: the server is asked.
                self._others[name] = self._make(replace(self._endpoint, model=name), None)
            return self._others[name]

    def close(self) -> None:
        """Let go of all connections."""
        for model in self._made:
            model.close()

    def _make(self, endpoint: Endpoint, context_window: int | None) -> LanguageModel:
        from rag.answering.llm.client import LanguageModel

        self._made.append(LanguageModel(endpoint, context_window=context_window, max_output=self._max_output))
        return self._made[-1]


def seconds_to_answer(model: LanguageModel) -> float:
    """Ask a model for a word, and give the seconds until its answer was whole.

    Raises:
        LanguageModelError: What went wrong, and what to do.
    """
    from rag.answering.llm.problems import CutOff, OnlyThoughts

    prompt = Prompt("Answer with one word.", (Message("user", "Say: ready"),))
    began = time.monotonic()
    with suppress(CutOff, OnlyThoughts):  # a word was asked for to be quick: that it has more to say is no fault
        model.complete(prompt, _TRIED, _TO_TRY, threading.Event())
    return time.monotonic() - began
