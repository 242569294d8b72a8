"""What is told of a library and of the work done on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.types.papers import Paper

Progress = Callable[[str, int, int | None], None]
"""Is told the stage of some work, how much of it is done, and how much there is to do, if that is known."""


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
class Source:
    """A file that was read: how many of its records are kept, and of how many papers it says something."""

    path: str
    records: int
    papers: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a source took away: its records, and the papers that no other source states."""

    records: int
    papers: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the papers of a library in an order, and how many there are in all."""

    papers: tuple[Paper, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """The state of the language model that was chosen.

    `address` is its server's, without any secret, and empty where visitors are not to know it; `models` is what the
    server offers. `latency_ms` is how long it took to say so, None if it did not. `problem` says why the model cannot
    be asked, and what to do.
    """

    model: str
    address: str
    reachable: bool
    latency_ms: float | None
    context_window: int
    max_output: int
    models: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A model server that runs on this machine and was not chosen."""

    name: str
    base_url: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a library. `llm` is the language model that answers, None without one; then `offers` could."""

    library: str
    papers: int
    authors: int
    sources: int
    pending: int
    embedder: str
    llm: ModelStatus | None
    healthy: bool
    problem: str | None
    offers: tuple[LocalServer, ...] = ()
