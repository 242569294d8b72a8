"""The papers that are most like some papers, by their meaning and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.index.indexes import Indexes
from rag.index.sync import stored_embeddings
from rag.index.terms import analyse
from rag.library.identity import title_key
from rag.retrieval.contributions import Reading
from rag.retrieval.evidence import with_evidence
from rag.retrieval.filters import allowed_papers
from rag.retrieval.fusion import fuse
from rag.retrieval.meant import papers_meant
from rag.retrieval.question import searchable
from rag.retrieval.search import CANDIDATES, cosines
from rag.retrieval.vocabulary import FUNCTION_WORDS
from rag.types import EVERYTHING, Filters, Hit, Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TERMS = 25  # of a paper that say most of what it is about
_LEAST, _OF_BEST = 0.3, 0.5  # cosine, and share of the best one, for a paper to be like another
_NEAREST = 3


def paper_named(indexes: Indexes, written: str) -> tuple[Paper | None, tuple[Paper, ...]]:
    """The paper with this title, or where this name comes from; None where there is none, and then the nearest ones.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    library = indexes.library
    keys = library.rows("SELECT key FROM papers WHERE title_key = ? ORDER BY key LIMIT 1", (title_key(written),))
    if keys and title_key(written):
        return library.papers([key for (key,) in keys])[0], ()
    found = papers_meant(indexes, searchable(written), EVERYTHING)
    if found.fits:
        return found.fits[0].hit.paper, ()
    near = {hit.paper.id: hit.paper for hit in (*found.mentioning, *found.nearest)}
    return None, tuple(near.values())[:_NEAREST]


def similar(indexes: Indexes, papers: Sequence[Paper], filters: Filters, k: int) -> list[Hit]:
    """Up to `k` papers that `filters` leave and that are like `papers` together, best first, without these.

    Each has its sentences as evidence, the one first that is nearest to what `papers` contribute. A paper that is not
    embedded yet is found by its words alone.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    library = indexes.library
    allowed = allowed_papers(library, filters)
    own = {key for (key,) in library.rows_in("SELECT key FROM papers WHERE id IN ({})", [each.id for each in papers])}
    bm25 = dict(indexes.terms.search(_terms(indexes, papers), CANDIDATES, allowed))
    cosine = cosines(indexes, _mean(indexes, papers, own), allowed, set(bm25))
    for key in own:
        bm25.pop(key, None)
        cosine.pop(key, None)
    ranked = [(key, score) for key, score in fuse(bm25, cosine) if _is_like(key, bm25, cosine)]
    found = library.papers_by_key([key for key, _ in ranked[:k]])
    hits = [Hit(found[key], score, cosine.get(key, 0.0)) for key, score in ranked[:k] if key in found]
    return with_evidence(indexes, " ".join(_told(paper) for paper in papers), hits)


def _is_like(key: int, bm25: dict[int, float], cosine: dict[int, float]) -> bool:
    if key not in cosine:
        return bm25[key] >= _OF_BEST * max(bm25.values())
    return cosine[key] >= max(_LEAST, _OF_BEST * max(cosine.values()))


def _terms(indexes: Indexes, papers: Sequence[Paper]) -> list[str]:
    """The terms that say most of what papers are about: often there, and rare elsewhere; a title counts thrice."""
    said = [term for paper in papers for term in (*3 * analyse(paper.title), *analyse(paper.abstract))]
    times = Counter(term for term in said if term not in FUNCTION_WORDS)
    return sorted(times, key=lambda term: (-times[term] * indexes.terms.idf(term), term))[:_TERMS]


def _mean(indexes: Indexes, papers: Sequence[Paper], keys: set[int]) -> NDArray[np.float32]:
    """The mean of the vectors of all chunks of papers, of unit length; they are embedded here if they are not yet."""
    import numpy as np

    digests = [row[0] for row in indexes.library.rows_in("SELECT digest FROM chunks WHERE paper IN ({})", sorted(keys))]
    vectors = list(stored_embeddings(indexes.library, indexes.embedder.name, digests).values())
    if not vectors:
        vectors = list(indexes.embedder.embed([f"{paper.title}\n{paper.abstract}" for paper in papers]))
    mean: NDArray[np.float32] = np.mean(vectors, axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _told(paper: Paper) -> str:
    return f"{paper.title}. {Reading(paper).contribution.sentence}"
