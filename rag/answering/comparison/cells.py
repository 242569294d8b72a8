"""What the abstract of a paper says of its problem, approach, data, results, limits and code: a phrase for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rag.answering.comparison import cues
from rag.answering.comparison.clauses import clause, opening
from rag.answering.comparison.columns import SCORES, Column
from rag.answering.comparison.data import data_phrase
from rag.answering.comparison.reading import read
from rag.types import Evidence, Paper

# The surest first: what is taken is not taken again.
_ORDER: tuple[Column, ...] = ("Code", "Limits", "Approach", "Results", "Problem", "Data and benchmarks")
_MOST: Mapping[Column, int] = {
    "Problem": 190, "Approach": 210, "Data and benchmarks": 150, "Results": 260, "Limits": 190, "Code": 130,
}  # fmt: skip
"""Characters of a cell, where a clause can be cut."""
_ENOUGH: Mapping[Column, float] = {
    "Problem": 0.55, "Approach": 0.4, "Data and benchmarks": 0.5, "Results": 0.55, "Limits": 0.6, "Code": 0.6,
}  # fmt: skip
"""The score below which a sentence does not say it."""
_NEEDED: Mapping[Column, tuple[re.Pattern[str], ...]] = {
    "Problem": (cues.GAP,),
    "Approach": (cues.MAKES,),
    "Results": (cues.ACHIEVES,),
    "Limits": (cues.LIMITATION, cues.LIMIT),
    "Code": (cues.SOMEWHERE,),
}
"""What has to stand in a part of a sentence that is cut out of it."""


class Said(NamedTuple):
    """What a cell says: `phrase` is a part of `evidence.sentence`, word for word."""

    phrase: str
    evidence: Evidence


def cells(paper: Paper) -> dict[Column, Said]:
    """What the abstract says for each column; a column of which it says nothing is not there.

    A sentence fills one column, but for data that it names besides.
    """
    abstract = read(paper)
    said: dict[Column, Said] = {}
    taken: set[int] = set()
    for column in _ORDER:
        scores = [SCORES[column](abstract, at) for at in range(len(abstract.texts))]
        for at in sorted(range(len(scores)), key=lambda at: (-scores[at], at)):
            sentence = abstract.texts[at]
            if scores[at] < _ENOUGH[column]:
                break
            if phrase := _phrase(sentence, column, taken=at in taken):
                evidence = Evidence(sentence, "abstract", *abstract.spans[at], min(1.0, scores[at]))
                said[column] = Said(phrase, evidence)
                # Of a sentence of which little is told, another column can tell more.
                taken |= {at} if len(phrase) > len(sentence) / 2 else set()
                break
    return said


def _phrase(sentence: str, column: Column, *, taken: bool) -> str:
    """The part of a sentence that a column tells; empty if there is none that is not told already."""
    if column == "Data and benchmarks":
        # A sentence with a result is more than what it was tried on.
        is_result = cues.NUMBER.search(sentence) and cues.ACHIEVES.search(sentence)
        return data_phrase(sentence, whole=not (taken or is_result), most=_MOST[column])
    if taken:
        return ""
    start, end = clause(sentence, _needed(sentence, column), _MOST[column])
    if column == "Limits" and (loses := cues.LOSES.search(sentence)):
        start = loses.start()
    if column == "Code" and end - start > _MOST[column] and (found := cues.MATERIAL_AT.search(sentence)):
        start, end = found.span()
    return sentence[start:end].rstrip(" ,;:")


def _needed(sentence: str, column: Column) -> tuple[int, int]:
    """The span that may not be cut off: of a result all its numbers, else the words that say it."""
    if column == "Results" and (numbers := [found.span() for found in cues.NUMBER.finditer(sentence)]):
        return numbers[0][0], max(end for _, end in numbers)
    places = (pattern.search(sentence, opening(sentence)) for pattern in _NEEDED[column])
    return next((found.span() for found in places if found), (0, 0))
