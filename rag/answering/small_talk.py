"""Courtesies, which are answered in kind and need no paper."""

from __future__ import annotations

from rag.answering.about import abilities
from rag.retrieval.planning.courtesies import courtesy
from rag.types import Kind

KIND: Kind = "small talk"


def reply(text: str, papers: int) -> str:
    """The reply to a courtesy, in a library of so many papers; nothing to a text that is or has a question."""
    said = courtesy(text)
    if said is None:
        return ""
    if said == "introduction":
        return abilities(papers)
    return {
        "goodbye": "Goodbye! The library is here when you need it.",
        "thanks": "You are welcome. Ask on whenever you like.",
        "greeting": "Hello! Ask me anything about the papers of this library.",
        "agreement": "Good. What else would you like to know about the papers?",
    }[said]


def is_courtesy(text: str) -> bool:
    """Whether a text is a courtesy and nothing else."""
    return courtesy(text) is not None
