"""Figures that an abstract lists side by side: 3.08 or 2.52 with one or two labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rag.answering.support.figures import Figure, Series


def crossed(claimed: Sequence[Series], stated: Sequence[Series]) -> list[Figure]:
    """The figures of a claim that a passage lists in other places than those they are claimed with.

    With lists of one length in the passage, the second of one goes with the second of another. Only figures that
    stand in exactly one place of the passage are judged. Returns nothing where all is in order.
    """
    by_length: defaultdict[int, list[list[Figure]]] = defaultdict(list)
    for each in stated:
        for among in (False, True):
            listed = [figure for figure in each.figures if figure.aside is among]
            if len(listed) > 1 and not each.is_range:
                by_length[len(listed)].append(listed)
    everywhere = [figure for each in stated for figure in each.figures]
    figures = [figure for each in claimed for figure in each.figures]
    for lists in by_length.values():
        placed: defaultdict[int, list[tuple[int, Figure]]] = defaultdict(list)
        for figure in figures:
            found = [
                (which, place)
                for which, listed in enumerate(lists)
                for place, other in enumerate(listed)
                if _same(figure, other)
            ]
            if len(found) == 1 and sum(_same(figure, other) for other in everywhere) == 1:
                ((which, place),) = found
                placed[which].append((place, figure))
        first, *others = placed.values() or [[]]
        order = [place for place, _ in first]
        wrong = [each for each in others if len(each) == len(order) and [place for place, _ in each] != order]
        if wrong:
            return [figure for _, figure in wrong[0]]
    return []


def _same(figure: Figure, other: Figure) -> bool:
    return figure.agrees(other) and figure.joined is other.joined
