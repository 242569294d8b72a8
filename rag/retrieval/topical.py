"""All papers of a library on a topic, by a cut where they stop being about it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from rag.index.indexes import Indexes
from rag.index.sync import stored_embeddings
from rag.retrieval.answerability import paper_terms
from rag.retrieval.aspects import Alternative, alternatives
from rag.retrieval.evidence import overlap
from rag.retrieval.filters import allowed_papers
from rag.retrieval.question import content_terms
from rag.retrieval.search import cosines
from rag.retrieval.spellings import spelt_out
from rag.retrieval.wording import Wording, titled, wording
from rag.types import Filters, Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What a paper's cosine is measured against: that of papers in general, of which so many are seen here.
_SAMPLE = 400
_USUAL_MEAN, _USUAL_SPREAD, _USUAL_WEIGHT = 0.08, 0.09, 150
# Least distance of a cosine from the usual, in spreads. Tuned on half of the judged topics.
_DENSELY, _MENTIONED, _NEAR, _APART, _BY_MEANING = 0.0, 1.5, 2.5, 3.0, 3.2
_DENSE, _DENSEST = 1.2, 2.2  # mentions, in a paper of average length
_LEAST_APART = 0.25  # cosine
_OF_BEST, _LEAST = 0.8, 0.33  # of the best cosine, and cosine at least, where no word of the topic is needed
_UNKNOWN_OF_BEST, _UNKNOWN_LEAST = 0.9, 0.45  # where no paper has its words: cosine and half of the terms held
_CHECKED = 600  # papers whose cosine is looked up
_FEW = 3000  # papers, among which alone the nearest are looked for; of more, they are picked from the nearest of all
_DENSITY, _TITLE, _MEANING = 0.4, 0.2, 0.4  # of the score


class Relevant(NamedTuple):
    """A paper on a topic, by its key; `score` in [0, 1] orders them, `cosine` is in [-1, 1], 0 where unknown."""

    key: int
    score: float
    cosine: float


def on_topic(indexes: Indexes, topic: str, filters: Filters) -> list[Hit]:
    """All papers about `topic` that `filters` leave, best first, without evidence; none if there is none.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    found = relevant(indexes, topic, filters)
    papers = indexes.library.papers_by_key([each.key for each in found])
    return [Hit(papers[each.key], each.score, each.cosine) for each in found if each.key in papers]


def relevant(indexes: Indexes, topic: str, filters: Filters) -> list[Relevant]:
    """The keys of all papers about `topic` that `filters` leave, best first, ties by key.

    A paper is about a topic if it has every aspect of one of its alternatives in words, as a phrase or else near
    enough in meaning too, or if its meaning is much nearer to it than papers usually are and nearly the nearest.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    allowed = allowed_papers(indexes.library, filters)
    if allowed is not None and not allowed:
        return []
    best: dict[int, Relevant] = {}
    asked, known = alternatives(topic), dict[str, Wording]()
    for alternative in asked:
        for found in _About(indexes, alternative, known, allowed, _CHECKED // len(asked)).papers():
            if found.key not in best or best[found.key].score < found.score:
                best[found.key] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.key))


class _About:
    """What is known of the papers on one alternative of a topic."""

    def __init__(
        self,
        indexes: Indexes,
        alternative: Alternative,
        known: dict[str, Wording],
        allowed: list[int] | None,
        most_checked: int,
    ) -> None:
        self._indexes = indexes
        self._parts, self._known = alternative.parts, known
        self._text = alternative.text
        for aspect in alternative.aspects:
            self._text = self._text.replace(aspect, spelt_out(indexes, aspect))
        self._wording = wording(indexes, alternative.aspects, known)
        if allowed is not None:
            density = self._wording.density
            density = {key: density[key] for key in allowed if key in density}
            self._wording = self._wording._replace(density=density)
        self._checked = set(checked := self._to_check(most_checked))
        self._titled = titled(indexes, checked, self._wording)
        vector = indexes.embedder.embed([self._text])[0]
        few = allowed if allowed is not None and len(allowed) <= _FEW else None
        self._cosine = cosines(indexes, vector, few, self._checked)
        if allowed is not None:
            self._cosine = {key: self._cosine[key] for key in allowed if key in self._cosine}
        self._mean, self._spread = _usual(indexes, vector)

    def _to_check(self, most: int) -> list[int]:
        """The papers whose cosines are looked up: the densest, for their order, and those that it decides on."""
        density, together = self._wording.density, self._wording.together
        densest = nsmallest(most // 4, density, key=lambda key: (-density[key], key))
        apart = [key for key, dense in density.items() if not dense]
        apart = nsmallest(most // 2, apart, key=lambda key: (key not in together, key))
        mentioned = [key for key, dense in density.items() if 0 < dense < _DENSE]
        mentioned = nsmallest(most, mentioned, key=lambda key: (-density[key], key))
        return list(dict.fromkeys([*densest, *apart, *mentioned]))[:most]

    def papers(self) -> Iterator[Relevant]:
        """The papers on this alternative, in no order."""
        density = self._wording.density
        best = max(self._cosine.values(), default=0.0)
        by_words = {key for key in density if self._has_it(key)}
        by_meaning = self._on_each_part(self._near_in_meaning(best) if by_words else self._likely(best))
        for key in by_words | by_meaning:
            cosine = self._cosine.get(key, 0.0)
            near = max(0.0, cosine / best) if best > 0 else 0.0
            dense = min(1.0, density.get(key, 0.0) / _DENSEST)
            yield Relevant(key, _DENSITY * dense + _TITLE * (key in self._titled) + _MEANING * near, cosine)

    def _has_it(self, key: int) -> bool:
        """Whether a paper with all words is about them; where its cosine is unknown, whether they stand together."""
        density = self._wording.density[key]
        if key not in self._cosine:
            return density > 0 or (key in self._checked and key in self._wording.together)
        if density >= _DENSE or key in self._titled:
            return self._unusual(key) >= _DENSELY
        if density > 0:
            return self._unusual(key) >= _MENTIONED
        if key in self._wording.together and self._unusual(key) >= _NEAR:
            return True
        return self._unusual(key) >= _APART and self._cosine[key] >= _LEAST_APART

    def _near_in_meaning(self, best: float) -> set[int]:
        least = max(_LEAST, _OF_BEST * best)
        return {key for key, cosine in self._cosine.items() if cosine >= least and self._unusual(key) >= _BY_MEANING}

    def _likely(self, best: float) -> set[int]:
        """The nearest papers where none has the words, if they have some of them or are very near."""
        near = [key for key, cosine in self._cosine.items() if cosine >= _UNKNOWN_OF_BEST * best > 0]
        papers = self._indexes.library.papers_by_key(near)
        weights = {term: self._indexes.terms.idf(term) for term in content_terms(self._text)}
        return {
            key
            for key, paper in papers.items()
            if self._cosine[key] + overlap(weights, paper_terms(paper)) / 2 >= _UNKNOWN_LEAST
        }

    def _on_each_part(self, keys: set[int]) -> set[int]:
        """Those papers that are on every part of a topic with "and": near it in meaning too, or with its words."""
        for aspects in self._parts if len(self._parts) > 1 else ():
            held = wording(self._indexes, aspects, self._known).density.keys()
            if others := sorted(keys - held):
                vector = self._indexes.embedder.embed([" ".join(aspects)])[0]
                near = cosines(self._indexes, vector, others, set())
                keys = keys & held | {key for key in others if near.get(key, 0.0) >= _LEAST}
        return keys

    def _unusual(self, key: int) -> float:
        return (self._cosine[key] - self._mean) / self._spread


def _usual(indexes: Indexes, vector: NDArray[np.float32]) -> tuple[float, float]:
    """The mean and the spread of the cosines of papers in general with `vector`.

    They are those of some papers of the library, evenly spread over it, and of what is usual elsewhere, which
    counts as much as `_USUAL_WEIGHT` papers: a library can be all about the topic.
    """
    import numpy as np

    library = indexes.library
    ((last,),) = library.rows("SELECT coalesce(max(key), 0) FROM papers")
    keys = range(1, last + 1, 1 + last // _SAMPLE)
    digests = [row[0] for row in library.rows_in("SELECT digest FROM chunks WHERE live AND paper IN ({})", keys)]
    stored = stored_embeddings(library, indexes.embedder.name, digests)
    found = np.array([float(each @ vector) for each in stored.values()])
    weight = len(found) + _USUAL_WEIGHT
    mean = (found.sum() + _USUAL_MEAN * _USUAL_WEIGHT) / weight
    variance = (found.var() * len(found) if len(found) else 0.0) + _USUAL_SPREAD**2 * _USUAL_WEIGHT
    return float(mean), math.sqrt(variance / weight)
