"""The values that flow through the house. All are frozen: a stage returns new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["user", "assistant"]
Field = Literal["title", "abstract"]


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one source states it, LaTeX and all.

    `position` is what a user can find it by in the source, such as "line 12".
    `authors` are names as written; `authors_complete` is False where the source
    names only some of them (an author's page knows only its own author).
    """

    position: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    authors_complete: bool = True
    year: int | None = None
    venue: str | None = None
    url: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read: where it stands and why it was left out."""

    position: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the library, its text readable (no LaTeX markup).

    Sentence offsets everywhere count characters of `abstract` as it stands here.
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    authors_complete: bool = True
    year: int | None = None
    venue: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one abstract: `abstract[start:end]`, `text` has the title in front."""

    paper_id: str
    start: int
    end: int
    text: str


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


@dataclass(frozen=True, slots=True)
class Filters:
    """Which papers may answer. Empty means all; `years` is inclusive, either end open."""

    authors: tuple[str, ...] = ()
    venue: str | None = None
    years: tuple[int | None, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a marker `[n]` in an answer stands for.

    `quote` is a verbatim sentence of the paper's abstract or title;
    `supported` is None where nothing was checked.
    """

    marker: int
    paper_id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str | None
    url: str | None
    quote: str
    supported: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: Markdown with `[n]` markers, and one citation for every marker."""

    question: str
    standalone_question: str
    kind: str
    answer: str
    refused: bool
    citations: tuple[Citation, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A record of an ingest that was not kept: which source, where in it, and why."""

    source: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did. Every record read is counted exactly once in the first five."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    failed: tuple[Failure, ...] = ()
    papers: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a library. `llm` is the language model that answers, None without one."""

    library: str
    papers: int
    authors: int
    sources: int
    pending: int
    embedder: str
    llm: str | None
    healthy: bool
    problem: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question will be answered: what is asked for and of which papers."""

    question: str
    kind: str = "fact"
    filters: Filters = field(default_factory=Filters)


EVERYTHING = Filters()
"""The filter that leaves every paper."""
