"""What a question is, and what is found for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Self

from rag.types.papers import Paper

Role = Literal["user", "assistant"]
Field = Literal["title", "abstract"]
Kind = Literal["fact", "author", "compare", "list", "count", "trend", "overview", "about", "small talk"]
Asks = Literal["contents", "authors", "year", "venue", "link", "count", "venues", "coauthors", "similar"]


Lacking = Literal["authors", "year", "venue", "link", "abstract"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which papers may answer. Empty means all; `years` is inclusive, either end open.

    Papers have all of `authors`, one at least of `any_authors` and none of `without_authors`, and appeared in none of
    `without_venues`. They lack all that `lacking` names, and `team` is how many authors they have, either end open:
    (1, 1) is of one author. They are among `papers`, which are ids, and one of `sources`, which are paths of files
    that were read, states them.
    """

    authors: tuple[str, ...] = ()
    venue: str | None = None
    years: tuple[int | None, int | None] | None = None
    without_authors: tuple[str, ...] = ()
    without_venues: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    team: tuple[int | None, int | None] | None = None
    papers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    any_authors: tuple[str, ...] = ()


EVERYTHING = Filters()
"""The filter that leaves every paper."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name as it is `written` that is not one author's.

    `choices` are the authors it can be, most papers first, or if `known` is False those whose names are nearest;
    `more` is how many there are besides these.
    """

    written: str
    choices: tuple[str, ...]
    known: bool
    more: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question will be answered: what is asked for and of which papers.

    Attributes:
        question: What is searched for: the question without the names and years that became filters. Where `asks`
            is not for the contents of papers, only what says which paper is meant.
        kind: What form the answer has.
        filters: Which papers may answer; authors here are of the same papers.
        asks: What is asked of the papers; "similar" is those like the one in `subjects`.
        topic: What papers of a list, a count, a trend or an overview are about; empty where metadata decide alone.
        subjects: The methods or papers it names, as it writes them, in order; those that are compared.
        people: Authors who are dealt with each alone: the one of a digest, or several.
        doubts: Names of authors that have to be settled before there can be an answer.
    """

    question: str
    kind: Kind = "fact"
    filters: Filters = field(default_factory=Filters)
    asks: Asks = "contents"
    topic: str = ""
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


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

    @classmethod
    def of_title(cls, paper: Paper) -> Self:
        """The whole title of a paper."""
        return cls(paper.title, "title", 0, len(paper.title), 1.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found for a query. `score` orders the hits of one query, best first; `cosine` is in [-1, 1]."""

    paper: Paper
    score: float
    cosine: float
    evidence: tuple[Evidence, ...] = ()
