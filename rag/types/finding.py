"""What a question is, and what is found for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rag.types.papers import Paper

Role = Literal["user", "assistant"]
Field = Literal["title", "abstract"]
Asks = Literal["contents", "authors", "year", "venue", "link"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which papers may answer. Empty means all; `years` is inclusive, either end open."""

    authors: tuple[str, ...] = ()
    venue: str | None = None
    years: tuple[int | None, int | None] | None = None


EVERYTHING = Filters()
"""The filter that leaves every paper."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question will be answered: what is asked for and of which papers.

    Where `asks` is not for the contents of papers, `question` is only what says which paper is meant.
    """

    question: str
    kind: str = "fact"
    filters: Filters = field(default_factory=Filters)
    asks: Asks = "contents"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim sentence of a paper and how well it answers a question.

    `paper.<field>[start:end] == sentence`; `score` is in [0, 1].
    """

    sentence: str
    field: Field
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found for a query. `score` orders the hits of one query, best first; `cosine` is in [-1, 1]."""

    paper: Paper
    score: float
    cosine: float
    evidence: tuple[Evidence, ...] = ()
