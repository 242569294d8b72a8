"""Filling new search indexes from what the library keeps, embedding nothing."""

from __future__ import annotations

from rag.index.sync import stored_embeddings
from rag.index.terms import Terms
from rag.index.vectors import BATCH, Vectors
from rag.library.store import Library
from rag.types import Progress


def fill_terms(library: Library, terms: Terms, progress: Progress) -> None:
    """Put the text of every paper into an empty word index."""
    total = library.count("papers")
    last = -1
    while rows := library.rows(
        "SELECT key, title, abstract FROM papers WHERE key > ? ORDER BY key LIMIT ?", (last, BATCH)
    ):
        terms.put((key, f"{title}\n{abstract}") for key, title, abstract in rows)
        last = rows[-1][0]
        progress("words", terms.count(), total)


def fill_vectors(library: Library, vectors: Vectors, embedder: str, progress: Progress) -> set[int]:
    """Put the vectors of all live chunks into an empty store; the keys of papers that lack one of this embedder."""
    import numpy as np

    (total,) = library.rows("SELECT count(*) FROM chunks WHERE live")[0]
    unembedded: set[int] = set()
    last, done = "", 0
    while rows := library.rows(
        "SELECT id, paper, digest FROM chunks WHERE live AND id > ? ORDER BY id LIMIT ?", (last, BATCH)
    ):
        known = stored_embeddings(library, embedder, [digest for _, _, digest in rows])
        unembedded.update(paper for _, paper, digest in rows if digest not in known)
        kept = [(name, known[digest]) for name, _, digest in rows if digest in known]
        if kept:
            vectors.add([name for name, _ in kept], np.stack([vector for _, vector in kept]))
        last, done = rows[-1][0], done + len(rows)
        progress("meaning", done, total)
    return unembedded
