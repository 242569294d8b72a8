"""Asking a language model and seeing what comes."""

import threading

from rag.answering.llm.client import LanguageModel
from rag.errors import LanguageModelError
from rag.types import Message, Prompt

PROMPT = Prompt("Be brief.", (Message("user", "What is new?"),))


def ask(model: LanguageModel, prompt: Prompt = PROMPT) -> tuple[str, str]:
    """The text that came, and what was wrong with it ("" if nothing)."""
    text = []
    try:
        for piece in model.stream(prompt, threading.Event()):
            assert piece
            text.append(piece)
    except LanguageModelError as problem:
        return "".join(text), str(problem)
    return "".join(text), ""
