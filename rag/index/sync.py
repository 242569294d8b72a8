"""Bringing the search indexes up to date with the library, safely at any crash.

Each step can be repeated: what was done before a crash is done again with the same result,
and a paper stays pending until both its index and SQLite agree. A paper that is changed while
its old text goes into an index stays pending too.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rag.index.chunks import chunks_of
from rag.index.embedder import Embedder
from rag.index.terms import Terms
from rag.index.vectors import Vectors
from rag.library.store import Library
from rag.types import Chunk, Paper, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TERMS_BATCH = 5000
VECTORS_BATCH = 64


def sync_terms(library: Library, terms: Terms, progress: Progress) -> None:
    """Put every paper pending for the word index into it."""
    done, total = 0, library.pending("terms")
    while keys := _pending(library, "terms", TERMS_BATCH):
        papers = _papers(library, keys)
        terms.put((key, f"{paper.title}\n{paper.abstract}" if (paper := papers.get(key)) else None) for key in keys)
        with library.transaction() as db:
            _settle(db, "terms", keys, papers)
        done += len(keys)
        progress("words", done, max(total, done))


def sync_vectors(
    library: Library,
    vectors: Vectors,
    embedder: Embedder,
    progress: Progress,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Embed every paper pending for the vector index and put it there, until done or `stopped()`."""
    done, total = 0, library.pending("vectors")
    while not stopped() and (keys := _pending(library, "vectors", VECTORS_BATCH)):
        _sync_vectors_of(library, vectors, embedder, keys)
        done += len(keys)
        progress("meaning", done, max(total, done))


def _pending(library: Library, search_index: str, limit: int) -> list[int]:
    rows = library.rows(
        "SELECT paper FROM pending WHERE search_index = ? ORDER BY paper LIMIT ?", (search_index, limit)
    )
    return [row[0] for row in rows]


def _papers(library: Library, keys: Sequence[int]) -> dict[int, Paper]:
    """The texts of the papers that still exist, by key."""
    rows = library.rows_in("SELECT key, id, title, abstract FROM papers WHERE key IN ({})", keys)
    return {key: Paper(*text) for key, *text in rows}


def _settle(db: sqlite3.Connection, search_index: str, keys: Sequence[int], indexed: Mapping[int, Paper]) -> None:
    """Papers are no longer pending if they still read as they did when they were indexed."""
    for key in keys:
        now = db.execute("SELECT title, abstract FROM papers WHERE key = ?", (key,)).fetchone()
        paper = indexed.get(key)
        if now == (paper and (paper.title, paper.abstract)):
            db.execute("DELETE FROM pending WHERE search_index = ? AND paper = ?", (search_index, key))


def _sync_vectors_of(library: Library, vectors: Vectors, embedder: Embedder, keys: Sequence[int]) -> None:
    papers = _papers(library, keys)
    chunks = _chunks_by_id(papers, embedder)
    embedded = embeddings(library, embedder, {_digest(chunk.text): chunk.text for _, chunk in chunks.values()})
    known = dict(library.rows_in("SELECT id, live FROM chunks WHERE paper IN ({})", keys))
    # Those that are not live may or may not be in Chroma: a crash can come between any two steps.
    stale = [name for name, live in known.items() if not live or name not in chunks]
    new = [name for name in chunks if not known.get(name)]
    with library.transaction() as db:
        db.executemany("UPDATE chunks SET live = 0 WHERE id = ?", [(name,) for name in stale])
        _write_chunks(db, chunks, new, live=False)
    vectors.delete(stale)
    if new:
        vectors.add(new, _stack([embedded[_digest(chunks[name][1].text)] for name in new]))
    with library.transaction() as db:
        db.executemany("DELETE FROM chunks WHERE id = ?", [(name,) for name in stale])
        _write_chunks(db, chunks, new, live=True)
        _settle(db, "vectors", keys, papers)


def _write_chunks(
    db: sqlite3.Connection, chunks: Mapping[str, tuple[int, Chunk]], names: Sequence[str], live: bool
) -> None:
    rows = [(name, *chunks[name]) for name in names]
    db.executemany(
        "INSERT OR REPLACE INTO chunks (id, paper, start, stop, digest, live) VALUES (?, ?, ?, ?, ?, ?)",
        [(name, key, chunk.start, chunk.end, _digest(chunk.text), live) for name, key, chunk in rows],
    )


def _chunks_by_id(papers: Mapping[int, Paper], embedder: Embedder) -> dict[str, tuple[int, Chunk]]:
    """The chunks of papers. The id names the paper and the text, so a changed chunk is a new one."""
    return {
        f"{key}:{chunk.start}:{_digest(chunk.text).hex()[:12]}": (key, chunk)
        for key, paper in papers.items()
        for chunk in chunks_of(paper, embedder.count_tokens, embedder.window)
    }


def paper_key(chunk_id: str) -> int:
    """The key of the paper a chunk id belongs to."""
    return int(chunk_id.partition(":")[0])


def embeddings(library: Library, embedder: Embedder, texts: dict[bytes, str]) -> dict[bytes, NDArray[np.float32]]:
    """The vector of each text by its digest, from the library if it has it, else embedded and kept there."""
    known = stored_embeddings(library, embedder.name, list(texts))
    missing = [digest for digest in texts if digest not in known]
    if missing:
        made = embedder.embed([texts[digest] for digest in missing])
        with library.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO embeddings (digest, embedder, vector) VALUES (?, ?, ?)",
                [(digest, embedder.name, vector.tobytes()) for digest, vector in zip(missing, made, strict=True)],
            )
        known.update(zip(missing, made, strict=True))
    return known


def stored_embeddings(library: Library, embedder: str, digests: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
    """The vectors the library holds for these texts under this embedder, by digest."""
    import numpy as np

    rows = library.rows_in(
        "SELECT digest, vector FROM embeddings WHERE embedder = ? AND digest IN ({})", digests, (embedder,)
    )
    return {digest: np.frombuffer(vector, dtype=np.float32) for digest, vector in rows}


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _stack(vectors: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
    import numpy as np

    return np.stack(vectors).astype(np.float32, copy=False)
