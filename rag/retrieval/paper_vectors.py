"""One vector for each paper, from what was embedded of its abstract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rag.index.sync import stored_embeddings
from rag.library.store import Library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MANY = 4000  # papers: from here on it is quicker to read all vectors in their order than to look some up
_BATCH = 5000  # vectors held as SQLite gives them


def paper_vectors(library: Library, embedder_name: str, keys: Sequence[int]) -> NDArray[np.float32]:
    """The mean of the vectors of each paper's chunks, [len(keys), dimension], of unit length.

    Papers that are not embedded yet have zeros; [len(keys), 0] if none is.
    """
    import numpy as np

    places = {key: place for place, key in enumerate(keys)}
    holders: dict[bytes, list[int]] = {}
    for key, digest in _chunks(library, keys):
        if key in places:
            holders.setdefault(digest, []).append(places[key])
    sums: NDArray[np.float32] = np.zeros((len(keys), 0), dtype=np.float32)
    for digests, vectors in _stored(library, embedder_name, sorted(holders)):
        rows = [place for digest in digests for place in holders.get(digest, ())]
        if not sums.size:
            sums = np.zeros((len(keys), vectors.shape[1]), dtype=np.float32)
        if len(rows) != len(digests):
            vectors = vectors[[at for at, digest in enumerate(digests) for _ in holders.get(digest, ())]]
        if len(set(rows)) == len(rows):
            sums[rows] += vectors
        else:
            np.add.at(sums, rows, vectors)
    lengths = np.sqrt(np.einsum("nd,nd->n", sums, sums))[:, None]
    np.divide(sums, lengths, out=sums, where=lengths > 0)
    return sums


def _chunks(library: Library, keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    if len(keys) < _MANY:
        return library.rows_in("SELECT paper, digest FROM chunks WHERE live AND paper IN ({})", keys)
    return library.rows("SELECT paper, digest FROM chunks WHERE live")


def _stored(
    library: Library, embedder: str, digests: Sequence[bytes]
) -> Iterator[tuple[list[bytes], NDArray[np.float32]]]:
    """The stored vectors with their digests, those of `digests` and maybe others, in batches."""
    import numpy as np

    if len(digests) < _MANY:
        if known := stored_embeddings(library, embedder, digests):
            yield list(known), np.stack(list(known.values()))
        return
    last = b""
    sql = "SELECT digest, vector FROM embeddings WHERE embedder = ? AND digest > ? ORDER BY digest LIMIT ?"
    while rows := library.rows(sql, (embedder, last, _BATCH)):
        last = rows[-1][0]
        joined = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float32)
        yield [digest for digest, _ in rows], joined.reshape(len(rows), -1)
