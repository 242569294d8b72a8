"""Tell title, venue and abstract of a listing page apart, even where its blank lines cannot be trusted.

Every block of text gets points for how much it looks like each part, and every pair of neighbours for
how usual it is; the best sequence is found by dynamic programming (Viterbi, 1967).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rag.readers.source import Line


class Part(Enum):
    """What a block of the page is."""

    TITLE = "title"
    VENUE = "venue"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of text, the line it starts at, and the number of blank lines before it."""

    line: int
    text: str
    gap: int


_PARTS = tuple(Part)
# Wrapped text has lines of about 80 characters: a longer one is a whole paragraph.
_WHOLE_PARAGRAPH = 140
_VENUE_SHAPE = re.compile(
    r"(?:arxiv\b|biorxiv\b|medrxiv\b|proceedings\b|journal\b|transactions\b|advances in\b|annals of\b"
    r"|(?:the )?\w+ journal\b|international (?:journal|conference|joint conference|workshop|symposium)\b"
    r"|conference on\b|(?:ieee|acm|aaai|usenix) |nature(?: \w+)?$|science(?: \w+)?$|plos \w+$|frontiers in\b"
    r"|(?:neurips|nips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|aistats|colt|jmlr|tmlr|icra)\b"
    r".{0,12}$)"
    r"|.*\b(?:transactions on|conference on|journal of|workshop on|symposium on|proceedings of) ",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。][)\]\"'\u201d\u2019]*$")
_SENTENCES = re.compile(r"\w{3}[.!?][)\"']* [A-Z].*[.!?]$", re.DOTALL)
# Points for a part after another; a paper without its abstract, or without its title, is the last resort.
_FOLLOWS = {
    (Part.TITLE, Part.TITLE): -6.0,
    (Part.TITLE, Part.VENUE): 1.0,
    (Part.TITLE, Part.ABSTRACT): 0.0,
    (Part.VENUE, Part.TITLE): -6.0,
    (Part.VENUE, Part.VENUE): -9.0,
    (Part.VENUE, Part.ABSTRACT): 1.0,
    (Part.ABSTRACT, Part.TITLE): 1.0,
    (Part.ABSTRACT, Part.VENUE): -5.0,
    (Part.ABSTRACT, Part.ABSTRACT): 0.0,
}
_ENDS_WHOLE = 2.0
_FIRST = {Part.TITLE: 0.0, Part.VENUE: -4.0, Part.ABSTRACT: -5.0}


def units_of(lines: Sequence[Line]) -> list[Unit]:
    """The blocks of a page; lines that follow each other directly are one block where text is wrapped."""
    lined: list[Unit] = []
    gap = 0
    for number, text in lines:
        if text:
            lined.append(Unit(number, text, gap))
        gap = 0 if text else gap + 1
    tight = sum(unit.gap == 0 for unit in lined[1:])
    unspaced = tight * 3 > len(lined) and max(map(len, (unit.text for unit in lined))) > _WHOLE_PARAGRAPH
    if unspaced:
        return lined
    units: list[Unit] = []
    for unit in lined:
        if unit.gap == 0 and units:
            units[-1] = Unit(units[-1].line, f"{units[-1].text}\n{unit.text}", units[-1].gap)
        else:
            units.append(unit)
    return units


def label_parts(units: Sequence[Unit]) -> tuple[list[Part], float]:
    """The most plausible part for each of one or more blocks, in order, and its points."""
    repeats = Counter(unit.text.casefold() for unit in units if len(unit.text) <= 120)
    threshold, weight = _spacing(units)
    scores = {part: _FIRST[part] + _looks(units[0], part, repeats) for part in _PARTS}
    steps: list[dict[Part, Part]] = []
    for unit in units[1:]:
        before = scores
        step: dict[Part, Part] = {}
        scores = {}
        for part in _PARTS:
            ways = {
                last: before[last] + _FOLLOWS[last, part] + _fits(unit.gap >= threshold, last, part, weight)
                for last in _PARTS
            }
            step[part] = max(_PARTS, key=ways.__getitem__)
            scores[part] = ways[step[part]] + _looks(unit, part, repeats)
        steps.append(step)
    scores[Part.ABSTRACT] += _ENDS_WHOLE
    part = max(_PARTS, key=scores.__getitem__)
    points = scores[part]
    parts = [part]
    for step in reversed(steps):
        part = step[part]
        parts.append(part)
    return parts[::-1], points


def _fits(apart: bool, last: Part, part: Part, weight: float) -> float:
    """Points for a block that is set apart if and only if it starts a paper."""
    starts = part is Part.TITLE or (last is Part.ABSTRACT and part is Part.VENUE)
    return weight if apart == starts else -weight


def _spacing(units: Sequence[Unit]) -> tuple[int, float]:
    """How many blank lines set papers apart, and how much that can be trusted (points)."""
    gaps = Counter(unit.gap for unit in units[1:])
    if len(gaps) == 2:
        high = max(gaps)
        if 0.1 <= gaps[high] / gaps.total() <= 0.6:
            return high, 2.0
    if len(gaps) < 2:
        return 2, 0.0
    return 2, 1.0


def _looks(unit: Unit, part: Part, repeats: Counter[str]) -> float:
    """How much a block looks like a part by itself (points)."""
    size = len(unit.text)
    sentence = _SENTENCE_END.search(unit.text) is not None
    venue = _VENUE_SHAPE.match(unit.text) is not None and size <= 160
    repeated = repeats[unit.text.casefold()] > 1 and not sentence
    if part is Part.ABSTRACT:
        points = -5.0 if size < 60 else -1.5 if size < 150 else 1.0 if size < 300 else 3.0
        return points + (2.0 if sentence else -1.0) - 2.0 * (venue and size <= 100)
    if part is Part.VENUE:
        return 3.0 * repeated + 2.0 * venue - (5.0 if size > 160 else 1.0 * (size > 80)) - 1.0 * sentence
    points = 1.0 if size <= 150 else -1.0 if size <= 300 else -5.0
    ends_flat = unit.text.endswith((".", "。"))
    lower = unit.text[0].islower()
    several = _SENTENCES.search(unit.text) is not None and size > 100
    points -= 3.0 * ends_flat + 4.0 * several + 1.0 * lower
    return points - 4.0 * (repeated and venue) - 2.0 * (repeated or venue)
