"""A language model behind an endpoint, asked from any thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from rag.answering.llm import problems
from rag.answering.llm.dialect import Dialect
from rag.answering.llm.loop import begin
from rag.answering.llm.problems import ContextExceeded
from rag.answering.llm.reading import Reading
from rag.answering.llm.thinking import THINKER
from rag.errors import LanguageModelError
from rag.settings import Endpoint
from rag.types import ModelStatus, Prompt

if TYPE_CHECKING:
    from rag.answering.llm.chat import Delta
    from rag.answering.llm.server import Server

POLL = 0.05  # seconds until a stop is noticed
LONGEST = 900.0  # seconds for one answer
OPENAI_WINDOW = 16_384
OTHER_WINDOW = 4_096
MAX_OUTPUT = 1_024
ASK_AGAIN = 10.0  # seconds after a server did not answer when it was asked for its window
ASK_LATER = 600.0  # seconds after it answered and did not tell


class LanguageModel:
    """The model of an endpoint. Making one asks nothing; it may be used by several threads.

    Args:
        endpoint: Where it is.
        context_window: How many tokens it reads and writes at once, None to ask the server.
        max_output: How many tokens it may write for one answer, None for what suits the window.
    """

    def __init__(self, endpoint: Endpoint, *, context_window: int | None = None, max_output: int | None = None) -> None:
        self._endpoint = endpoint
        self._window = _Window(context_window)
        self._max_output = max_output
        self._dialect = Dialect()
        self._opens_thoughts = False
        self._making = threading.Lock()
        self._made: Server | None = None
        self._asking_window = threading.Lock()

    @property
    def name(self) -> str:
        """The model that answers, "" while that is up to a server that was not asked."""
        name = self._made.known_model if self._made else self._endpoint.model
        # llama.cpp calls a model by the path of its file.
        return name.replace("\\", "/").rpartition("/")[2] if name.endswith(".gguf") else name

    def again(self, attempt: int) -> LanguageModel:
        """The same model behind the same connections, which answers otherwise at each attempt after the first, 0."""
        with suppress(LanguageModelError):
            _ = self._server  # one for all attempts; why there is none is told when it is asked
        other = copy(self)
        other._dialect = self._dialect.again(attempt)
        return other

    @property
    def address(self) -> str:
        """Where its server is, without any secret; "" if nobody is to know."""
        return self._endpoint.address

    @property
    def host(self) -> str:
        """The machine its server is on."""
        return self._endpoint.host

    @property
    def temperature(self) -> float | None:
        """What it is asked with; None if its server refuses to be told."""
        return self._dialect.parameters(1).get("temperature")

    @property
    def seed(self) -> int | None:
        """What it is asked with; None if its server refuses to be told."""
        return self._dialect.parameters(1).get("seed")

    @property
    def context_window(self) -> int:
        """How many tokens it reads and writes at once."""
        # Two who ask at once are told the same: one waits for the other.
        with self._asking_window:
            if self._window.tokens is None and self._endpoint.base_url and time.monotonic() >= self._window.ask_at:
                answered = False
                # An endpoint that cannot be used is told of when it is asked.
                with suppress(LanguageModelError):
                    answered, self._window.tokens = begin(self._server.context_window()).result()
                self._window.ask_at = time.monotonic() + (ASK_LATER if answered else ASK_AGAIN)
        return self._window.tokens or (OTHER_WINDOW if self._endpoint.base_url else OPENAI_WINDOW)

    @property
    def max_output(self) -> int:
        """How many tokens it may write for one answer: half of the window at most, for the papers need the rest."""
        window = self.context_window
        return max(1, min(self._max_output, window // 2) if self._max_output else min(MAX_OUTPUT, window // 4))

    def stream(self, prompt: Prompt, stopping: threading.Event) -> Generator[str, None, None]:
        """Ask, and give the text of the answer as it comes, without thoughts.

        When `stopping` is set or the iterator is closed, the server is cut off and the text ends.

        Raises:
            ContextExceeded: The prompt is too long for the model.
            LanguageModelError: It cannot be asked, or the answer broke off; all its text has been given.
        """
        yield from self._answer(prompt, self.max_output, LONGEST, stopping)

    def complete(self, prompt: Prompt, max_tokens: int, seconds: float, stopping: threading.Event) -> str:
        """The whole answer, of at most `max_tokens` tokens, within `seconds`; the same at every attempt.

        Raises:
            LanguageModelError: It cannot be asked, or the answer is not whole, be it because `stopping` was set.
        """
        answer = "".join(self._answer(prompt, max_tokens, seconds, stopping, whole=True))
        if stopping.is_set():
            raise problems.stopped()
        return answer

    def status(self) -> ModelStatus:
        """Whether the model can be asked; takes seconds at most and never fails."""
        from rag.answering.llm.state import UNUSABLE, state

        try:
            found = begin(state(self._server)).result()
        except LanguageModelError as problem:
            found = replace(UNUSABLE, problem=str(problem))
        if not found.reachable:
            self._window.ask_at = time.monotonic() + ASK_AGAIN
        return ModelStatus(
            model=self.name,
            address=self.address,
            reachable=found.reachable,
            latency_ms=found.latency_ms,
            context_window=self.context_window,
            max_output=self.max_output,
            models=found.models,
            problem=found.problem,
        )

    def close(self) -> None:
        """Let go of the connections."""
        with self._making:
            if self._made is not None:
                begin(self._made.http.aclose()).result()
                self._made = None

    @property
    def _server(self) -> Server:
        from rag.answering.llm.server import Server

        with self._making:
            if self._made is None:
                self._made = Server(self._endpoint)
            return self._made

    def _answer(
        self, prompt: Prompt, max_tokens: int, seconds: float, stopping: threading.Event, *, whole: bool = False
    ) -> Iterator[str]:
        from rag.answering.llm.chat import converse

        # What is wanted whole is about the question, which every attempt understands in the same way.
        dialect = self._dialect.again(0) if whole else self._dialect
        deadline = time.monotonic() + seconds
        arrived: SimpleQueue[Delta | LanguageModelError | None] = SimpleQueue()
        asking = begin(converse(self._server, dialect, prompt, max_tokens, arrived.put))
        try:
            # Where nobody waits for the first words, they can be held back until it is sure that they are no thoughts.
            opened = whole or self._opens_thoughts or bool(THINKER.search(self.name))
            reading = Reading(max_tokens, opened=opened)
            while not stopping.is_set():
                try:
                    delta = arrived.get(timeout=POLL)
                except Empty:
                    if time.monotonic() > deadline:
                        raise problems.too_slow(seconds) from None
                    continue
                if delta is None or isinstance(delta, LanguageModelError):
                    self._opens_thoughts = self._opens_thoughts or reading.thoughts.unopened
                    self._learn_window(delta)
                    yield from reading.rest(delta)
                    return
                if text := reading.feed(delta):
                    yield text
                if time.monotonic() > deadline:
                    raise problems.too_slow(seconds)
        finally:
            asking.cancel()

    def _learn_window(self, problem: LanguageModelError | None) -> None:
        if isinstance(problem, ContextExceeded) and problem.window:
            self._window.tokens = min(problem.window, self._window.tokens or problem.window)


@dataclass(slots=True)
class _Window:
    """How many tokens a model reads and writes, None if that is not known, and when to ask its server for it."""

    tokens: int | None
    ask_at: float = 0.0


def import_llama_index() -> threading.Thread:
    """Begin to import the client libraries in a thread: it takes seconds.

    The thread has to be joined before the process ends.
    """

    def libraries() -> None:
        # The first is imported by httpx only when a client is made.
        for name in ("httpcore", "rag.answering.llm.chat"):
            import_module(name)

    thread = threading.Thread(target=libraries, name="import llama-index")
    thread.start()
    return thread
