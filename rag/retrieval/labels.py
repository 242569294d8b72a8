"""Labels for groups of papers, in the words of their titles and abstracts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import log

from rag.retrieval.phrase_counts import PhraseCounts, Text, capital
from rag.retrieval.phrases import Phrase

_SMOOTH = 0.02  # added to shares
_ENOUGH = 0.4  # of a group: a phrase that fewer papers have counts less, and has another beside it
_ENOUGH_WORD = 0.7  # likewise of a single word
_SEVERAL = 3  # papers, or half of a smaller group: likewise
_BESIDE = 0.3  # of the score of the first phrase, for the one beside it
_MOST_WORDS = 6  # of two phrases together
_READ, _MOST_READ = 350, 1400  # papers that are read for labels: in all, and where there are very many


class _Group:
    """The papers of a group that are read, by how much each is about the phrases it has."""

    def __init__(self, papers: Sequence[Mapping[Phrase, float]]) -> None:
        self.papers = papers
        self.holding: Counter[Phrase] = Counter()
        self.weight: defaultdict[Phrase, float] = defaultdict(float)
        for paper in papers:
            self.holding.update(paper.keys())
            for phrase, weight in paper.items():
                self.weight[phrase] += weight

    def share(self, phrase: Phrase) -> float:
        """Of the papers, how many have the phrase."""
        return self.holding[phrase] / len(self.papers)


def labels(texts: Sequence[Text], groups: Sequence[Sequence[int]]) -> list[str]:
    """A label for each group, given as places in `texts`; no two are the same, empty where no phrase is shared.

    The phrase is the one that most papers of the group have and few others: its share of the group times the
    logarithm of how much that is above its share of the others. A second one is added where many papers lack it.
    """
    of_group = _read(groups)
    chosen = [[members[place] for place in even(len(members), of_group)] for members in groups]
    counts = PhraseCounts([texts[place] for members in chosen for place in members])
    ends = list(accumulate(map(len, chosen)))
    spans = [range(end - len(members), end) for end, members in zip(ends, chosen, strict=True)]
    counted = [_Group([counts.papers[place] for place in span]) for span in spans]
    taken: set[Phrase] = set()
    found: list[str] = []
    for span, group, scored in zip(spans, counted, _scores(counts, counted), strict=True):
        phrases = _best(group, {phrase: score for phrase, score in scored.items() if phrase not in taken})
        taken.update(phrases)
        found.append(capital(" and ".join(counts.written(phrase, span) for phrase in phrases)))
    return found


def _read(groups: Sequence[Sequence[int]]) -> int:
    """How many papers of a group are read: more of many papers, as these take their time anyway."""
    papers = sum(map(len, groups))
    in_all = max(_READ, min(_MOST_READ, papers // 4))
    return in_all // max(1, len(groups))


def even(size: int, most: int) -> list[int]:
    """At most so many places, spread evenly over `size`."""
    return [*range(size)] if size <= most else [place * size // most for place in range(most)]


def _scores(counts: PhraseCounts, groups: Sequence[_Group]) -> list[dict[Phrase, float]]:
    """How well each phrase that can be a label describes each group; above zero."""
    everywhere: defaultdict[Phrase, float] = defaultdict(float)
    for group in groups:
        for phrase, weight in group.weight.items():
            everywhere[phrase] += weight
    papers = sum(len(group.papers) for group in groups)
    found = []
    for group in groups:
        size = len(group.papers)
        scores = {}
        for phrase, holding in group.holding.items():
            if holding < min(2, size):
                continue
            inside = group.weight[phrase] / size
            outside = (everywhere[phrase] - group.weight[phrase]) / max(1, papers - size)
            score = inside * log((inside + _SMOOTH) / (outside + _SMOOTH)) * counts.telling(phrase)
            if score > 0:
                common = min(1.0, group.share(phrase) / _ENOUGH) ** 0.5
                scores[phrase] = score * common * min(1.0, holding / min(_SEVERAL, size / 2))
        found.append(scores)
    return found


def _best(group: _Group, scores: Mapping[Phrase, float]) -> list[Phrase]:
    """The phrase that describes a group best, and another for the papers that lack it, if they are many."""
    if not scores:
        return []
    first = _first(scores)
    if group.share(first) >= (_ENOUGH if len(first) > 1 else _ENOUGH_WORD):
        return [first]
    lacking = [paper for paper in group.papers if first not in paper]
    others = {
        phrase: score * sum(phrase in paper for paper in lacking) / group.holding[phrase]
        for phrase, score in scores.items()
        if not set(phrase) & set(first) and len(phrase) + len(first) <= _MOST_WORDS
    }
    second = _first(others) if others else first
    return [first, second] if others.get(second, 0.0) >= _BESIDE * scores[first] else [first]


def _first(scores: Mapping[Phrase, float]) -> Phrase:
    return min(scores, key=lambda phrase: (-scores[phrase], phrase))
