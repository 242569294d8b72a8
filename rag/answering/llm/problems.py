"""What can be wrong with an answer that came."""

from __future__ import annotations

from rag.errors import LanguageModelError


class ContextExceeded(LanguageModelError):
    """The prompt is longer than the model can read; `window` is how many tokens it can, None if unknown."""

    def __init__(self, window: int | None) -> None:
        size = f" of {window:,} tokens" if window else ""
        super().__init__(
            f"The question and its papers are too long for the language model's context window{size}. "
            "Set RAG_LLM_CONTEXT_WINDOW to its size, or let the server keep a larger one."
        )
        self.window = window


class CutOff(LanguageModelError):
    """The model wrote all it may, and was not at the end."""


class OnlyThoughts(LanguageModelError):
    """The model thought and said nothing."""


def broke_off() -> LanguageModelError:
    """The stream ended and no finish reason had come."""
    return LanguageModelError("The connection to the language model was lost in the middle of its answer. Ask again.")


def cut_at(max_tokens: int) -> LanguageModelError:
    """The model wrote all it may."""
    return CutOff(
        f"The answer was cut off after the {max_tokens:,} tokens that the language model may write. "
        "Set RAG_LLM_MAX_OUTPUT to more, or ask a narrower question."
    )


def filtered() -> LanguageModelError:
    """The server's filter ended the answer."""
    return LanguageModelError(
        "The language model's server held back the answer because of its content rules. Ask in other words."
    )


def empty() -> LanguageModelError:
    """Nothing came."""
    return LanguageModelError(
        "The language model gave an empty answer. Ask again, or choose another model in RAG_LLM_MODEL."
    )


def only_thoughts() -> LanguageModelError:
    """The model thought and said nothing."""
    return OnlyThoughts(
        "The language model only thought and wrote no answer. "
        "Set RAG_LLM_MAX_OUTPUT to more, or choose a model that thinks less."
    )


def endless(max_tokens: int) -> LanguageModelError:
    """The model did not keep to its limit."""
    return LanguageModelError(
        f"The language model wrote on beyond the {max_tokens:,} tokens it may and was stopped. "
        "Ask again, or choose another model in RAG_LLM_MODEL."
    )


def repeating() -> LanguageModelError:
    """The model said the same again and again."""
    return LanguageModelError(
        "The language model repeated itself and was stopped. "
        "Ask in other words, or choose another model in RAG_LLM_MODEL."
    )


def no_model(address: str) -> LanguageModelError:
    """No model was chosen and the server, whose address may be "", has none."""
    at = f" at {address}" if address else ""
    return LanguageModelError(
        f"The server{at} has no model to answer with. Load one there, or name one in RAG_LLM_MODEL."
    )


def stopped() -> LanguageModelError:
    """The user ended it."""
    return LanguageModelError("The language model was stopped before its answer was whole. Ask again.")


def too_slow(seconds: float) -> LanguageModelError:
    """The answer took too long as a whole."""
    return LanguageModelError(
        f"The language model did not finish within {seconds:g} seconds and was stopped. "
        "Choose a smaller model or a faster server."
    )
