"""Bringing the search indexes up to date with the library, safely at any crash.

Each step can be repeated: what was done before a crash is done again with the same result,
and a paper stays pending until both its index and SQLite agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rag.index.chunks import chunks_of
from rag.index.embedder import Embedder
from rag.index.terms import Terms
from rag.index.vectors import Vectors
from rag.library.store import Library
from rag.types import Chunk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[str, int, int | None], None]
TERMS_BATCH = 5000
VECTORS_BATCH = 64


def sync_terms(library: Library, terms: Terms, progress: Progress) -> None:
    """Put every paper pending for the word index into it."""
    done, total = 0, library.pending("terms")
    while keys := _pending(library, "terms", TERMS_BATCH):
        texts: dict[int, str | None] = dict.fromkeys(keys)
        for key, title, abstract in library.rows_in("SELECT key, title, abstract FROM papers WHERE key IN ({})", keys):
            texts[key] = f"{title}\n{abstract}"
        terms.put(texts.items())
        with library.transaction() as db:
            db.executemany("DELETE FROM pending WHERE search_index = 'terms' AND paper = ?", [(key,) for key in keys])
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


def _sync_vectors_of(library: Library, vectors: Vectors, embedder: Embedder, keys: Sequence[int]) -> None:
    chunks = _chunks_by_id(library, embedder, keys)
    embedded = embeddings(library, embedder, {_digest(chunk.text): chunk.text for _, chunk in chunks.values()})
    live = {row[0] for row in library.rows_in("SELECT id FROM chunks WHERE live AND paper IN ({})", keys)}
    with library.transaction() as db:
        db.executemany("UPDATE chunks SET live = 0 WHERE id = ?", [(name,) for name in live - chunks.keys()])
    stale = [row[0] for row in library.rows_in("SELECT id FROM chunks WHERE NOT live AND paper IN ({})", keys)]
    vectors.delete(stale)
    new = [name for name in chunks if name not in live]
    if new:
        vectors.add(new, _stack([embedded[_digest(chunks[name][1].text)] for name in new]))
    with library.transaction() as db:
        db.executemany("DELETE FROM chunks WHERE id = ?", [(name,) for name in stale])
        db.executemany(
            "INSERT OR REPLACE INTO chunks (id, paper, start, stop, digest, live) VALUES (?, ?, ?, ?, ?, 1)",
            [(name, key, chunk.start, chunk.end, _digest(chunk.text)) for name, (key, chunk) in chunks.items()],
        )
        db.executemany("DELETE FROM pending WHERE search_index = 'vectors' AND paper = ?", [(key,) for key in keys])


def _chunks_by_id(library: Library, embedder: Embedder, keys: Sequence[int]) -> dict[str, tuple[int, Chunk]]:
    """Chunks of the papers that still exist. The id names the paper and the text, so a changed chunk is a new one."""
    keys = sorted(row[0] for row in library.rows_in("SELECT key FROM papers WHERE key IN ({})", keys))
    return {
        f"{key}:{chunk.start}:{_digest(chunk.text).hex()[:12]}": (key, chunk)
        for key, paper in zip(keys, library.papers(keys), strict=True)
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
