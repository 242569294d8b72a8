"""The state of a library and its indexes."""

from __future__ import annotations

from collections.abc import Callable

from rag.errors import IndexDamaged, ModelError
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.types import Status


def status_of(library: Library, indexes: Callable[[], Indexes]) -> Status:
    """Counts, and whether both indexes can be read; `indexes` loads the embedding model, which may fail."""
    embedder, problem = "", None
    try:
        embedder = indexes().embedder.name
        indexes().embedder.count_tokens("")  # which needs the model's files
        indexes().check()
    except (IndexDamaged, ModelError) as error:
        problem = str(error)
    return Status(
        library=str(library.folder),
        papers=library.count("papers"),
        authors=library.count("authors"),
        sources=library.count("sources"),
        pending=library.pending("vectors"),
        embedder=embedder,
        llm=None,
        healthy=problem is None,
        problem=problem,
    )
