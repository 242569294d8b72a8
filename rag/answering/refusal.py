"""Saying that the library does not answer, and what it has that is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from rag.answering.citations import italic, quoted
from rag.answering.wording import joined
from rag.types import Paper

_LONGEST = 300  # characters of a question that is repeated


def refusal(question: str, missing: Sequence[str], nearest: Sequence[Paper]) -> str:
    """A refusal as Markdown.

    Args:
        question: What was asked.
        missing: Words of the question that the nearest papers do not have, if that is why.
        nearest: The papers to offer instead, best first.
    """
    asked = " ".join(question.split()).rstrip("?.! ")
    if not asked:
        return "There is no question to answer: ask one about the papers of the library."
    lines = [f"The library has nothing on “{quoted(shorten(asked, _LONGEST, placeholder=' …'))}”."]
    if missing:
        words = ", ".join(f"“{quoted(word)}”" for word in missing)
        lines.append(f"No abstract that fits the question says anything about {words}.")
    text = " ".join(lines)
    return f"{text}\n\n{nearest_papers(nearest)}" if nearest else text


def of_paper(paper: Paper, missing: Sequence[str]) -> str:
    """A refusal as Markdown where a question is put to one paper that does not answer it."""
    title = italic(paper.title)
    if not paper.abstract:
        return f"The library has no abstract of {title}, so it cannot tell what the paper says."
    if missing:
        return f"The abstract of {title} says nothing about {joined([f'“{quoted(word)}”' for word in missing], 'or')}."
    return f"The abstract of {title} does not answer this question."


def nearest_papers(nearest: Sequence[Paper]) -> str:
    """The papers to offer where there is no answer, as Markdown; best first, at least one."""
    offered = "\n".join(f"- {italic(paper.title)}" for paper in nearest)
    return f"The nearest papers are:\n\n{offered}"
