"""Papers as answers name them: the title, what is known besides and a sentence of each, cited."""

from __future__ import annotations

from rag.answering.citations import Numbering, bold, italic, quoted
from rag.answering.wording import dated
from rag.retrieval.contributions import Reading
from rag.types import Evidence, Paper


def entry(paper: Paper, evidence: Evidence, numbering: Numbering, known: str | None = None) -> str:
    """A paper with the sentence that is its evidence, if that is not the title; `known` or the year before it."""
    named = f"{bold(paper.title)}{dated(paper) if known is None else known}"
    sentence = f": {quoted(evidence.sentence)}" if evidence.field == "abstract" else ""
    return f"{named}{sentence} {numbering.marker(paper, evidence, supported=True)}"


def example(paper: Paper, numbering: Numbering, about: str = "") -> str:
    """A paper with the sentence that says what it contributes, of those that have `about` if any does."""
    return entry(paper, _telling(paper, about), numbering)


def title(paper: Paper, numbering: Numbering, known: str = "") -> str:
    """A paper by its title alone, cited."""
    return f"{italic(paper.title)}{known} {numbering.marker(paper, Evidence.of_title(paper), supported=True)}"


def _telling(paper: Paper, about: str) -> Evidence:
    read = Reading(paper)
    if about:
        mentioning = [item for item in read.sentences if about.casefold() in item.sentence.casefold()]
        return max(mentioning, key=lambda item: item.score, default=read.contribution)
    return read.contribution
