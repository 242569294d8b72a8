"""Surveys of libraries, and small libraries made for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from invented import QuickEmbedder, no_progress, put
from telling import Told, task, told

from rag.answering.llm.client import LanguageModel
from rag.answering.survey import overview, trend
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.types import Plan, Record


def survey(indexes: Indexes, plan: Plan, question: str = "", model: LanguageModel | None = None) -> Told:
    """What the writer of the plan's kind says."""
    return told(task(indexes, plan, model, question), (trend if plan.kind == "trend" else overview).write)


@contextmanager
def library_of(folder: Path, records: Iterable[Record]) -> Iterator[Indexes]:
    """The indexes of a library of these papers."""
    library = Library(folder)
    put(library, records)
    indexes = Indexes(library, QuickEmbedder(window=200))
    indexes.sync(no_progress)
    yield indexes
    indexes.close()
    library.close()


def record(number: int, subject: str, year: int | None = None, **other: object) -> Record:
    """An invented paper on a subject."""
    return Record(
        position=f"line {number}",
        title=f"Report {number} on {subject} at site {chr(97 + number % 26)}{number}",
        abstract=f"Much was known. We propose method{number} for {subject}. It wins by {number} points.",
        year=year,
        **other,  # type: ignore[arg-type]
    )
