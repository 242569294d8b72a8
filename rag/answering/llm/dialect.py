"""How a server wants to be asked, as far as it is known."""

from __future__ import annotations

import re
from typing import Any, Literal

from rag.types import Prompt

TEMPERATURE = 0.0
AGAIN = 0.5  # the temperature of later attempts, which are to say it otherwise
SEED = 7

Turn = tuple[Literal["system", "user", "assistant"], str]

_SYSTEM = "system"  # the role
NO_SYSTEM = re.compile(
    r"system\b.{0,40}\b(?:not|n't|un)\s?(?:supported|allowed|permitted)|does not support .{0,10}system|"
    r"only user and assistant|roles? must alternate|must alternate|unknown role.{0,10}system",
    re.IGNORECASE,
)


class Dialect:
    """The parameters and roles that a server takes; it learns from what the server refuses.

    `attempt` is how often the same was asked before; then it is asked with another seed and some temperature.
    """

    def __init__(self, attempt: int = 0) -> None:
        self._attempt = attempt
        self._refused: set[str] = set()

    def again(self, attempt: int) -> Dialect:
        """The same dialect for another attempt; what either learns both know."""
        other = Dialect(attempt)
        other._refused = self._refused
        return other

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        """What to ask with: the same words for the same attempt at a question, and not too many."""
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        wanted = {
            "temperature": AGAIN if self._attempt else TEMPERATURE,
            "seed": SEED + self._attempt,
            limit: max_tokens,
        }
        return {name: value for name, value in wanted.items() if name not in self._refused}

    def turns(self, prompt: Prompt) -> list[Turn]:
        """The prompt in roles that the server knows."""
        turns: list[Turn] = [(message.role, message.content) for message in prompt.turns]
        if _SYSTEM not in self._refused:
            return [("system", prompt.system), *turns] if prompt.system else turns
        first = next((place for place, (role, _) in enumerate(turns) if role == "user"), 0)
        return [("user", f"{prompt.system}\n\n{turns[first][1]}"), *turns[first + 1 :]]

    def learn(self, status: int | None, words: str) -> bool:
        """Whether a refusal in these words tells how to ask instead."""
        if status not in (400, 422, 500):
            return False
        if _SYSTEM not in self._refused and NO_SYSTEM.search(words):
            self._refused.add(_SYSTEM)
            return True
        # The refusal of `max_tokens` may name its successor.
        for name in self.parameters(1):
            if status != 500 and re.search(rf"\b{name}\b", words, re.IGNORECASE):
                self._refused.add(name)
                return True
        return False
