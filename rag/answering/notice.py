"""The line under an answer that says how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.answering.task import EXTRACTIVE

if TYPE_CHECKING:
    from rag.types import Answer

_QUOTED = "These are sentences quoted from the abstracts"
NO_MODEL = f"No language model is configured. {_QUOTED}."
_CHECKED = "Each sentence was checked against the abstracts; those that none supports are marked."


def notice_of(answer: Answer, *, with_model: bool) -> str:
    """How an answer was made, in a sentence; empty if it rests on no abstract. `with_model`: whether one is set."""
    if all(citation.quote == citation.title for citation in answer.citations) and not answer.unsupported:
        return ""
    if answer.model != EXTRACTIVE:
        return f"Written by {answer.model}. {_CHECKED}"
    return f"{_QUOTED}." if with_model else NO_MODEL
