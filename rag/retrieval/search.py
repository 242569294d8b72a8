"""The ranking: papers for a query, by their words and by their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.index.indexes import Indexes
from rag.index.sync import paper_key, stored_embeddings
from rag.index.terms import analyse
from rag.retrieval.filters import allowed_papers
from rag.retrieval.fusion import fuse
from rag.retrieval.question import content_terms
from rag.types import Filters, Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 200
"""How many papers each side puts forward."""


def search(indexes: Indexes, query: str, k: int, filters: Filters) -> list[Hit]:
    """The `k` best papers for `query` among those `filters` leaves, best first, without evidence.

    A paper that is not embedded yet is found by its words alone.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    library = indexes.library
    allowed = allowed_papers(library, filters)
    if not query.strip() or (allowed is not None and not allowed):
        return []
    bm25 = dict(indexes.terms.search(content_terms(query) or analyse(query), CANDIDATES, allowed))
    vector = indexes.embedder.embed([query])[0]
    cosine = cosines(indexes, vector, allowed, set(bm25))
    ranked = fuse(bm25, cosine)
    # An index may still hold a paper that the library has removed meanwhile.
    papers = library.papers_by_key([key for key, _ in ranked[: 2 * k]])
    hits = [Hit(papers[key], score, cosine.get(key, 0.0)) for key, score in ranked if key in papers]
    return hits[:k]


def cosines(
    indexes: Indexes, vector: NDArray[np.float32], allowed: list[int] | None, also: set[int]
) -> dict[int, float]:
    """The best cosine with `vector` of any chunk of a paper, by its key: of the nearest papers, and of those in `also`.

    Raises:
        IndexDamaged: The vector index cannot be read.
    """
    library = indexes.library
    among = None
    if allowed is not None:
        among = [row[0] for row in library.rows_in("SELECT id FROM chunks WHERE live AND paper IN ({})", allowed)]
    best: dict[int, float] = {}
    for chunk, cosine in indexes.vectors.nearest(vector, CANDIDATES, among):
        best[paper_key(chunk)] = max(cosine, best.get(paper_key(chunk), -1.0))
    missing = sorted(also - best.keys())
    chunks = list(library.rows_in("SELECT paper, digest FROM chunks WHERE live AND paper IN ({})", missing))
    stored = stored_embeddings(library, indexes.embedder.name, [digest for _, digest in chunks])
    for key, digest in chunks:
        if digest not in stored:  # its paper was removed a moment ago
            continue
        best[key] = max(float(stored[digest] @ vector), best.get(key, -1.0))
    return best
