"""The columns of a comparison, and how surely a sentence says what belongs into each.

A score is a sum of the probabilities of the sentence's roles and of weights for the words it has; they were set by
reading what is chosen from abstracts of many fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from rag.answering.comparison import cues
from rag.answering.comparison.limits import limits
from rag.answering.comparison.reading import Read, acts

Column = Literal["Problem", "Approach", "Data and benchmarks", "Results", "Limits", "Code"]
COLUMNS: tuple[Column, ...] = ("Problem", "Approach", "Data and benchmarks", "Results", "Limits", "Code")

_BEHIND = 50  # characters after a verb, where its object is
_ONLY_AN_ADDRESS = 80  # characters of a sentence that hardly says more than where something is
_TURNS = re.compile(r"However|But|Yet|Unfortunately|Despite")
# A subject that is named in the sentence before.
_REFERS_BACK = re.compile(
    r"(?:[A-Z]\w*,? )?(?:[Tt]h(?:is|ese|ose|ey|eir)|[Ii]ts?|[Ss]uch|[Tt]he (?:method|approach|model|algorithm"
    r"|system))\b"
)


def problem(read: Read, at: int) -> float:
    """How surely a sentence says what was missing or is asked: as "we study the problem of", but not "we propose"."""
    text, score = read.texts[at], read.scores[at]
    task = cues.TASK.search(text)
    value = score.background + 0.5 * score.objective + 0.1 * bool(_TURNS.match(text))
    lacks, needs, studies = (pattern.search(text) for pattern in (cues.GAP, cues.NEED, cues.STUDIES))
    value += 0.4 if lacks else 0.15 * bool(needs)
    # What is only praised is no problem.
    value -= 0.35 * (not (lacks or needs or task or studies))
    value += 0.3 * bool(task and cues.OWN.search(text)) - 0.3 * bool(_REFERS_BACK.match(text))
    if cues.MAKES.search(text):
        value -= 0.4 if task else 0.9
    return value - 0.5 * (at > read.contribution) - 0.05 * abs(read.contribution - at)


def approach(read: Read, at: int) -> float:
    """How surely a sentence says what is made or done, the first that does so above all."""
    text, score = read.texts[at], read.scores[at]
    first, makes = at == read.contribution, cues.MAKES.search(text)
    value = 0.5 * score.method + 0.5 * score.objective - 0.6 * score.result
    value += 0.25 * read.is_named(at) + 0.25 * first - 0.03 * abs(at - read.contribution)
    if not makes:
        value -= 0.5 * score.background + 0.4 * bool(cues.REPORTS.search(text))
        value += 0.8 * (first and acts(text, read.name))
        value += 0.3 * bool(first and cues.TRIES.search(text))
        return value + (0.45 if first else 0.3) * bool(cues.STUDIES.search(text))
    made = text[makes.end() : makes.end() + _BEHIND]
    # Data that are made besides are not the approach, but where the paper is about them.
    besides = cues.DATA.search(made) and not cues.DATA.search(read.paper.title)
    return value + 0.6 - 0.3 * bool(besides)


def data(read: Read, at: int) -> float:
    """How surely a sentence names what was collected, or what was tried on."""
    text, score = read.texts[at], read.scores[at]
    named, noun, counted = cues.NAMED.search(text), cues.DATA.search(text), cues.COUNTED.search(text)
    before = at < read.contribution
    value = 0.5 * bool(noun) + 0.4 * bool(named) + 0.5 * bool(counted) + 0.1 * any(map(str.isdigit, text))
    value += 0.35 * bool(cues.EVALUATES.search(text)) + 0.2 * bool(cues.COLLECTS.search(text))
    makes = cues.MAKES.search(text)
    value += 0.2 * bool((noun or counted) and makes)
    # A simulator that is built is no data.
    value -= 0.5 * bool(noun and makes and cues.PLACE_TO_TRY.match(noun[0]) and not counted)
    value -= 0.4 * bool(cues.OUTLOOK.search(text) and not counted) + 0.5 * bool(cues.CODE.search(text))
    return value - (0.6 if before else 0.25) * score.background - 0.5 * before


def results(read: Read, at: int) -> float:
    """How surely a sentence says what came out, with numbers and set against others above all."""
    text, score = read.texts[at], read.scores[at]
    achieves = bool(cues.ACHIEVES.search(text))
    value = 0.8 * score.result + 0.15 * score.other + 0.25 * achieves - 0.6 * score.background
    if cues.NUMBER.search(text):
        value += 0.6 * (score.background < 0.6)
        value += 0.25 * bool(cues.RIVAL.search(text)) + 0.2 * bool(cues.METRIC.search(text))
    else:
        value -= 0.6 * bool(cues.OUTLOOK.search(text)) + 0.4 * (not achieves)
        value -= 0.3 * bool(cues.STUDIES.search(text) and not cues.REPORTS.search(text))
    value -= 0.5 * bool(cues.SOMEWHERE.search(text)) + bool(cues.LICENCE.search(text)) + 0.6 * text.endswith("?")
    value -= 0.4 * (at < read.contribution)
    return value + 0.1 * bool(read.is_named(at) or cues.OWN.search(text)) + 0.05 * read.place(at)


def code(read: Read, at: int) -> float:
    """How surely a sentence says where code is, or that it is to be had."""
    text, given = read.texts[at], bool(cues.CODE.search(read.texts[at]))
    offered = cues.OFFERS.search(text) or len(text) < _ONLY_AN_ADDRESS
    if cues.SOMEWHERE.search(text) and offered and not cues.COLLECTS.search(text):
        return 0.8 + 0.2 * given
    return 0.7 * (given and at >= read.contribution)


SCORES: Mapping[Column, Callable[[Read, int], float]] = {
    "Problem": problem,
    "Approach": approach,
    "Data and benchmarks": data,
    "Results": results,
    "Limits": limits,
    "Code": code,
}
"""How surely a sentence, by its place, belongs into a column; from about 0.5 on it does."""
