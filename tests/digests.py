"""Digests asked for without the planner, and small libraries made for them."""

from __future__ import annotations

from collections.abc import Iterable

from invented import QuickEmbedder, put
from telling import Model, Told, task, told

from rag.answering.digest import author
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.types import Filters, Plan, Record


def digest(
    indexes: Indexes,
    *names: str,
    model: Model | None = None,
    filters: Filters | None = None,
    topic: str = "",
    strict: bool = False,
) -> Told:
    """The digest of these authors."""
    question = f"What has {' and '.join(names)} worked on?"
    plan = Plan(question, "author", filters or Filters(), topic=topic, people=names)
    return told(task(indexes, plan, model, strict=strict), author.write)


def ids(library: Library, *titles: str) -> list[str]:
    """The ids of the papers whose titles begin so."""
    rows = library.rows("SELECT id, title FROM papers")
    return sorted(identifier for identifier, title in rows if title.startswith(titles))


def filled(library: Library, records: Iterable[Record]) -> Indexes:
    """Indexes of a library with these records, of which nothing is embedded."""
    put(library, records)
    return Indexes(library, QuickEmbedder())


_SUBJECTS = ("kelp forests", "tidal salinity", "rock climbing robots", "pollen grains", "snow depth")


def many(count: int, *, author: str = "Orla Fenwick", complete: bool = True, years: bool = True) -> list[Record]:
    """Papers of one author on five subjects, no two alike."""
    return [
        Record(
            f"line {number}",
            f"Net{number}: {subject.title()} Measured in Way Number {number}",
            f"Work on {subject} is slow. We propose Net{number}, a method that measures {subject} in way {number}. "
            f"It needs {number + 2} sensors. Experiments show that the error falls by {number + 1}% on {subject}.",
            (author, f"Helper Number{'abcdefg'[number % 7]}"),
            complete,
            2000 + number % 20 if years else None,
            "Journal of Invented Measures",
        )
        for number in range(count)
        for subject in [_SUBJECTS[number % len(_SUBJECTS)]]
    ]
