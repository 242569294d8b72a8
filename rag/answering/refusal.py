"""Saying that the library does not answer, and what it has that is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.citations import quoted
from rag.types import Paper


def refusal(question: str, missing: Sequence[str], nearest: Sequence[Paper]) -> str:
    """A refusal as Markdown.

    Args:
        question: What was asked.
        missing: Words of the question that the nearest papers do not have, if that is why.
        nearest: The papers to offer instead, best first.
    """
    lines = [f"The library has nothing on “{quoted(question.strip().rstrip('?.! '))}”."]
    if missing:
        words = ", ".join(f"“{quoted(word)}”" for word in missing)
        lines.append(f"No abstract that fits the question says anything about {words}.")
    text = " ".join(lines)
    if nearest:
        offered = "\n".join(f"- *{quoted(paper.title)}*" for paper in nearest)
        text += f"\n\nThe nearest papers are:\n\n{offered}"
    return text
