"""What papers write of: the phrases that most have, and those that more have of one set than of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from rag.retrieval.phrase_counts import PhraseCounts, Text, capital
from rag.retrieval.phrases import Phrase

READ = 600
"""Of each set, how many papers are read; of more, an even sample."""
_LEAST = 3  # papers that have a phrase
_TIMES = 1.5  # as large a share as in the other set
_SURE = 6.6  # G², beyond which a difference is chance in one of a hundred cases
_SAME = 0.6  # of the papers with a phrase: when a longer or shorter one is in as many, it says the same


@dataclass(frozen=True, slots=True)
class Spread:
    """A phrase that papers have in their titles or abstracts, in any form.

    `papers` are the places of those that do in the set it is counted in, those with it in their titles first;
    `elsewhere` is how many papers of the other set have it.
    """

    label: str
    papers: tuple[int, ...]
    elsewhere: int = 0


def frequent(texts: Sequence[Text], most: int) -> list[Spread]:
    """The phrases that most papers have, at most so many; of each at least two papers."""
    counts = PhraseCounts(texts)
    holding = Counter(phrase for paper in counts.papers for phrase in paper)
    scores = {
        phrase: papers * telling
        for phrase, papers in holding.items()
        if papers > 1 and (telling := counts.telling(phrase)) > 0
    }
    places = range(len(texts))
    return [_spread(counts, phrase, places, 0) for phrase in _distinct(scores, holding, most)]


def shifts(before: Sequence[Text], after: Sequence[Text], most: int) -> tuple[list[Spread], list[Spread]]:
    """The phrases that a larger share of `after` has than of `before`, clearest first, and the other way round."""
    counts = PhraseCounts([*before, *after])
    sides = range(len(before)), range(len(before), len(before) + len(after))
    holding = [Counter(phrase for place in side for phrase in counts.papers[place]) for side in sides]
    found = []
    for here, there in ((1, 0), (0, 1)):
        scores = {}
        for phrase, papers in holding[here].items():
            table = papers, len(sides[here]), holding[there][phrase], len(sides[there])
            if papers >= _LEAST and _clearly_more(*table) and (telling := counts.telling(phrase)) > 0:
                scores[phrase] = _log_likelihood(*table) * telling
        chosen = _distinct(scores, holding[here], most)
        found.append([_spread(counts, phrase, sides[here], holding[there][phrase]) for phrase in chosen])
    rising, falling = found
    return rising, falling


def _spread(counts: PhraseCounts, phrase: Phrase, side: range, elsewhere: int) -> Spread:
    holders = sorted(
        (place for place in side if phrase in counts.papers[place]),
        key=lambda place: (-counts.papers[place][phrase], place),
    )
    return Spread(capital(counts.written(phrase, holders)), tuple(place - side.start for place in holders), elsewhere)


def _distinct(scores: dict[Phrase, float], holding: Counter[Phrase], most: int) -> list[Phrase]:
    """The best phrases of which none is a part of another that nearly as many papers have."""
    chosen: list[Phrase] = []
    for phrase in sorted(scores, key=lambda phrase: (-scores[phrase], phrase)):
        alike = (
            other
            for other in chosen
            if (_within(phrase, other) or _within(other, phrase))
            and min(holding[phrase], holding[other]) >= _SAME * max(holding[phrase], holding[other])
        )
        if next(alike, None) is None:
            chosen.append(phrase)
        if len(chosen) == most:
            break
    return chosen


def _within(part: Phrase, whole: Phrase) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def _clearly_more(here: int, of_here: int, there: int, of_there: int) -> bool:
    more = here * of_there >= _TIMES * there * of_here
    return more and _log_likelihood(here, of_here, there, of_there) >= _SURE


def _log_likelihood(here: int, of_here: int, there: int, of_there: int) -> float:
    """G² of two shares (Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993)."""
    total = of_here + of_there
    cells = (
        (here, of_here, here + there),
        (there, of_there, here + there),
        (of_here - here, of_here, total - here - there),
        (of_there - there, of_there, total - here - there),
    )
    return 2 * sum(seen * log(seen * total / (row * column)) for seen, row, column in cells if seen)
