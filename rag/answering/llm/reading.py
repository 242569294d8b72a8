"""The text of an answer out of what a server sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.answering.llm import problems
from rag.answering.llm.runaway import Runaway
from rag.answering.llm.thinking import Thoughts
from rag.errors import LanguageModelError

if TYPE_CHECKING:
    from rag.answering.llm.chat import Delta


class Reading:
    """One answer as it is read."""

    def __init__(self, max_tokens: int, *, opened: bool) -> None:
        self.thoughts = Thoughts(opened=opened)
        self._max_tokens = max_tokens
        self._runaway = Runaway(max_tokens)
        self._thought = False
        self._shown = False

    def feed(self, delta: Delta) -> str:
        """The text that a delta lets be shown."""
        if delta.thought:
            self._thought = True
            self.thoughts.are_apart()
        if self._runaway.endless(delta.text + delta.thought):
            raise problems.endless(self._max_tokens)
        text = self.thoughts.feed(delta.text)
        if self._runaway.repeats(text):
            raise problems.repeating()
        self._shown = self._shown or bool(text.strip())
        return text

    def rest(self, problem: LanguageModelError | None) -> Iterator[str]:
        """What is left to show once the server has ended, be it with a problem.

        Raises:
            LanguageModelError: There is one, or nothing was shown.
        """
        if text := self.thoughts.finish():
            self._shown = self._shown or bool(text.strip())
            yield text
        if not self._shown and (self._thought or self.thoughts.seen):
            raise problems.only_thoughts()
        if problem is not None:
            raise problem
        if not self._shown:
            raise problems.empty()
