"""Which phrases papers have, how telling these are, and how they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, combinations
from math import inf

from rag.retrieval.phrase_words import ADJECTIVAL, WEAK
from rag.retrieval.phrases import Finder, Phrase, Reader, aliases, singular

Text = tuple[str, str]
"""The title and the abstract of a paper."""

_WEAK = frozenset(map(singular, WEAK))
_IN_TITLE, _TWICE, _ONCE = 1.0, 0.6, 0.35  # how much a paper has of a phrase, by where the phrase stands in it
_OF_LENGTH = {1: 0.25, 2: 1.0}  # words: longer ones count as in `_LONGER`
_LONGER = 1.1
_WEAK_END = 0.8
_COMPLETE, _COMPLETE_WORD = 0.3, 0.5  # of its places, where a phrase is not a part of a longer one
_MOSTLY = 0.5  # of its places, where a phrase is inside one longer phrase
_FORMS = 20  # places of a phrase that tell how it is written
_PLURAL, _PLURAL_WORD = 0.15, 0.3  # of the times of the singular form


class PhraseCounts:
    """The phrases of some papers: those that stand in a title of theirs, wherever they stand.

    `papers[i]` has how much paper i is about each of its phrases, in [0, 1].
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._reader = Reader(aliases(abstract for _, abstract in texts))
        titles = [set(self._reader.phrases(title)) for title, _ in texts]
        self._finder = Finder({phrase for phrases in titles for phrase in phrases if not _WEAK.issuperset(phrase)})
        self.papers = [
            _weights(title, self._finder.find(self._reader.words(". ".join(text))))
            for title, text in zip(titles, texts, strict=True)
        ]

        self._parts = _parts(self._finder.total)

    def telling(self, phrase: Phrase) -> float:
        """How much a phrase is worth as a label, by its form: 0 where it is mostly a part of a longer one."""
        if phrase[-1] in ADJECTIVAL or phrase in self._parts:
            return 0.0
        least = _COMPLETE if len(phrase) > 1 else _COMPLETE_WORD
        if self._finder.ended[phrase] < least * self._finder.total[phrase]:
            return 0.0
        weak_end = len(phrase) == 2 and phrase[-1] in _WEAK
        return _OF_LENGTH.get(len(phrase), _LONGER) * (_WEAK_END if weak_end else 1.0)

    def written(self, phrase: Phrase, places: Iterable[int]) -> str:
        """The usual form of a phrase in these papers: that of running text if there is one, as titles have capitals.

        Written out if it ever is, and of many things if that is nearly as usual.
        """
        running: Counter[str] = Counter()
        titled: Counter[str] = Counter()
        for title, abstract in (self._texts[place] for place in places if phrase in self.papers[place]):
            forms = list(self._reader.forms(abstract, phrase))
            running.update(self._plain(form) for form, opens in forms if not opens)
            opening = (form for form, opens in forms if opens)
            in_title = (form for form, _ in self._reader.forms(title, phrase))
            titled.update(self._plain(form, titled=True) for form in chain(opening, in_title))
            if running.total() >= _FORMS:
                break
        for usual in (_written_out(running, phrase), _written_out(titled, phrase), running):
            if usual:
                best = max(usual, key=lambda form: (usual[form], form))
                many = () if best.endswith("ing") else (f"{best}s", f"{best}es", f"{best[:-1]}ies")
                least = usual[best] * (_PLURAL if len(phrase) > 1 else _PLURAL_WORD)
                return next((form for form in many if usual.get(form, 0) >= least), best)
        return max(titled, default=" ".join(phrase))

    def _plain(self, form: str, *, titled: bool = False) -> str:
        """A form without the capitals of words that are written small elsewhere; of a title, without all of them."""
        words = form.split()
        small = [self._reader.writes_small(word) for word in words]
        all_small = titled and any(small)
        return " ".join(
            word.lower() if here or (all_small and word[1:].islower()) else word
            for word, here in zip(words, small, strict=True)
        )


def capital(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _parts(total: Mapping[Phrase, int]) -> set[Phrase]:
    """The phrases that mostly stand inside one longer phrase: "language model" in "large language model"."""
    parts = set()
    for phrase, times in total.items():
        for first, last in combinations(range(len(phrase) + 1), 2):
            part = phrase[first:last]
            if times > 1 and len(part) < len(phrase) and times > _MOSTLY * total.get(part, inf):
                parts.add(part)
    return parts


def _weights(title: Container[Phrase], found: Mapping[Phrase, int]) -> dict[Phrase, float]:
    return {phrase: _IN_TITLE if phrase in title else _TWICE if times > 1 else _ONCE for phrase, times in found.items()}


def _written_out(forms: Mapping[str, int], phrase: Phrase) -> dict[str, int]:
    whole = " ".join(phrase)
    return {form: times for form, times in forms.items() if " ".join(map(singular, form.split())) == whole}
