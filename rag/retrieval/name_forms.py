"""The other ways in which a name may be written: in one word, in several, with hyphens."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from rag.index.indexes import Indexes
from rag.index.terms import analyse
from rag.retrieval.origin import compact

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\dA-Za-z_]+")
_LONGEST_JOINED, _LONGEST_SPLIT = 4, 24  # words, letters
_MOST_CUTS = 2


def spellings(indexes: Indexes, name: str) -> list[list[str]]:
    """Lists of terms to look a name up by: as it is written, as one word, parted where its capitals are.

    One word that no paper has is parted wherever all parts are words of the library: `lichenslam` is looked up as
    `lichen slam` too, and as much else that the papers found do not bear out.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    terms = analyse(name)
    ways = [terms, analyse(" ".join(_PARTS.findall(name)))]
    if 1 < len(terms) <= _LONGEST_JOINED:
        ways.append(analyse(compact(name)))
    elif len(terms) == 1 and not _known(indexes, terms[0]):
        ways += _parted(indexes, compact(name))
    distinct = {tuple(way): way for way in ways if way and all(_known(indexes, term) for term in way)}
    return list(distinct.values())


def _known(indexes: Indexes, term: str) -> bool:
    """Whether a paper has the term."""
    return indexes.terms.idf(term) < indexes.terms.idf("")


def _parted(indexes: Indexes, letters: str) -> list[list[str]]:
    """The ways to part a word into words of the library, of fewest parts only."""
    if len(letters) > _LONGEST_SPLIT:
        return []
    known: dict[str, bool] = {}

    def is_known(part: str) -> bool:
        if part not in known:
            known[part] = all(_known(indexes, term) for term in analyse(part))
        return known[part]

    for cuts in range(1, _MOST_CUTS + 1):
        ways = []
        for places in combinations(range(1, len(letters)), cuts):
            parts = [letters[begin:end] for begin, end in pairwise((0, *places, len(letters)))]
            if all(map(is_known, parts)):
                ways.append(analyse(" ".join(parts)))
        if ways and cuts == 1:
            return ways
        if cuts == _MOST_CUTS:
            # Three words that stand in a name are longer than what any letters can be parted into.
            return [way for way in ways if min(map(len, way)) > 2]
    return []
