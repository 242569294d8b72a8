"""What a library is made of: records, papers, and the pieces of text that are searched."""

from __future__ import annotations

from dataclasses import dataclass


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
