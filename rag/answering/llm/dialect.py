"""How a server wants to be asked, as far as it is known."""

from __future__ import annotations

import re
from typing import Any, Literal

from rag.types import Prompt

TEMPERATURE = 0.0
SEED = 7

Turn = tuple[Literal["system", "user", "assistant"], str]

NO_SYSTEM = re.compile(
    r"system\b.{0,40}\b(?:not|n't|un)\s?(?:supported|allowed|permitted)|does not support .{0,10}system|"
    r"only user and assistant|roles? must alternate|must alternate|unknown role.{0,10}system",
    re.IGNORECASE,
)


class Dialect:
    """The parameters and roles that a server takes; it learns from what the server refuses."""

    def __init__(self) -> None:
        self._refused: set[str] = set()
        self._merged = False

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        """What to ask with: the same words for the same question, and not too many."""
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        wanted = {"temperature": TEMPERATURE, "seed": SEED, limit: max_tokens}
        return {name: value for name, value in wanted.items() if name not in self._refused}

    def turns(self, prompt: Prompt) -> list[Turn]:
        """The prompt in roles that the server knows."""
        turns: list[Turn] = [(message.role, message.content) for message in prompt.turns]
        if not self._merged:
            return [("system", prompt.system), *turns] if prompt.system else turns
        first = next((place for place, (role, _) in enumerate(turns) if role == "user"), 0)
        return [("user", f"{prompt.system}\n\n{turns[first][1]}"), *turns[first + 1 :]]

    def learn(self, status: int | None, words: str) -> bool:
        """Whether a refusal in these words tells how to ask instead."""
        if status not in (400, 422, 500):
            return False
        if not self._merged and NO_SYSTEM.search(words):
            self._merged = True
            return True
        # The refusal of `max_tokens` may name its successor.
        for name in self.parameters(1):
            if status != 500 and re.search(rf"\b{name}\b", words, re.IGNORECASE):
                self._refused.add(name)
                return True
        return False
