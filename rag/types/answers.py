"""What is written for a question, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types.finding import Evidence, Message, Plan
from rag.types.papers import Paper


@dataclass(frozen=True, slots=True)
class Grounds:
    """The sentence of a paper that is nearest to a claim, and whether the claim holds by it."""

    paper: Paper
    evidence: Evidence
    supported: bool


@dataclass(frozen=True, slots=True)
class Support:
    """Whether the papers support a claim, and what should be cited for it, in the order of citing."""

    supported: bool
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is asked: instructions, then turns that alternate and end with the user's."""

    system: str
    turns: tuple[Message, ...]


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
class Provenance:
    """What made an answer, so that it can be made again.

    `library_revision` is the same for two libraries exactly when their records are. The rest is about the
    language model, and None or empty for answers without one; `address` is its server's, without any secret, and
    empty where visitors are not to know it.
    """

    library_revision: str
    program: str
    address: str = ""
    temperature: float | None = None
    seed: int | None = None
    context_window: int | None = None
    max_output: int | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says in one place, as plain text, and the markers of what it rests on."""

    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an answer: the names of its columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: Markdown with `[n]` markers, and one citation for every marker.

    `unsupported` are the sentences of the answer that no abstract supports, which `[?]` follows there;
    `problem` says what went wrong with the language model and what to do, None if nothing did.
    `plan` is how the question was understood, `offers` are questions that can be asked next instead of it or after it,
    `table` is the table of the answer if it has one, `written` are the passages of it that a language model wrote:
    what else it says is counted, looked up or quoted, and right without a check.
    """

    question: str
    standalone_question: str
    kind: str
    answer: str
    refused: bool
    citations: tuple[Citation, ...]
    model: str
    unsupported: tuple[str, ...] = ()
    problem: str | None = None
    provenance: Provenance | None = None
    plan: Plan | None = None
    offers: tuple[str, ...] = ()
    table: Table | None = None
    written: tuple[str, ...] = ()
