"""The papers that have the words of a topic: as phrases, near each other, anywhere, in the title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.index.terms import analyse
from rag.retrieval.spellings import Spelling, spellings

_WITHIN = 6  # words that may stand between those of an aspect


class Wording(NamedTuple):
    """The papers, by key, that have the words of every aspect of a topic, in some spelling of each.

    `density` has them all, with how densely they have the phrase of the aspect they have least of, in [0, 2.2]: 1 for
    one mention in a paper of average length, 0 where the words stand apart. In those of `together` they stand near
    each other.
    """

    spellings: tuple[tuple[Spelling, ...], ...]
    density: dict[int, float]
    together: set[int]


def wording(indexes: Indexes, aspects: Sequence[str], known: dict[str, Wording]) -> Wording:
    """The papers that have the words of all of `aspects`, at least one of them; `known` keeps those of each aspect.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    for aspect in aspects:
        if aspect not in known:
            known[aspect] = _of_one(indexes, spellings(indexes, aspect))
    first, *others = (known[aspect] for aspect in aspects)
    for other in others:
        keys = first.density.keys() & other.density.keys()
        density = {key: min(first.density[key], other.density[key]) for key in keys}
        first = Wording((*first.spellings, *other.spellings), density, first.together & other.together)
    return first


def _of_one(indexes: Indexes, ways: tuple[Spelling, ...]) -> Wording:
    density: dict[int, float] = {}
    together: set[int] = set()
    for spelling in ways:
        dense = indexes.terms.phrase(spelling)
        if len(spelling) > 1:
            together.update(indexes.terms.phrase(spelling, _WITHIN))
            for key in indexes.terms.holding(spelling):
                density.setdefault(key, 0.0)
        for key, score in dense.items():
            density[key] = max(score, density.get(key, 0.0))
        together.update(dense)
    return Wording((ways,), density, together)


def titled(indexes: Indexes, keys: Sequence[int], found: Wording) -> set[int]:
    """Those papers whose titles have all words of every aspect."""
    rows = indexes.library.rows_in("SELECT key, title FROM papers WHERE key IN ({})", keys)
    ways = [[set(spelling) for spelling in of_aspect] for of_aspect in found.spellings]
    with_all = set()
    for key, title in rows:
        terms = set(analyse(title))
        if all(any(spelling <= terms for spelling in of_aspect) for of_aspect in ways):
            with_all.add(key)
    return with_all
