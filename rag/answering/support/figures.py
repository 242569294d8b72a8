"""The figures of a text, what each is compared with, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rag.answering.support.amounts import Amount, agree, amounts, items, with_times
from rag.index.terms import analyse
from rag.retrieval.vocabulary import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
# What stands between the figures of one list: "59.0 (+2.8), 69.5 (+3.0), and 74.4", "10 to 20", "38/40".
_IN_A_LIST = re.compile(r"[^\w.!?]*(?:(?:and|or|to|by|vs\.?|versus)[^\w.!?]*)?")
_OPENED = re.compile(r"\(\s?[^\w\s)]*$")
_JOINED = re.compile(r"[^\W\d_]-$")
_RANGE = re.compile(r"\b(?:to|by|vs|versus)\b|[-–×/±]")
_WINDOW = 8  # words to either side
_FADES, _SHIFT, _OTHER_SIDE, _GRAMMAR = 0.75, 0.85, 0.6, 0.3
_YEARS = range(1900, 2100)


ITEM = "item"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, a name with digits in it (`kind` is then the name without them), or the number of an item.

    It stands at `text[start:end]`; `aside` if in brackets of its own, as the second in "74.4 (+2.0)",
    and `joined` to the word before it, as in "top-1".
    """

    kind: str
    start: int
    end: int
    amount: Amount | None = None
    name: str = ""
    aside: bool = False
    joined: bool = False

    def agrees(self, stated: Figure) -> bool:
        """Whether a text that states the one figure says the same as this."""
        if self.amount and stated.amount:
            return agree(self.amount, stated.amount)
        return bool(self.name) and self.name == stated.name


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that stand together, and the stems around them, the nearest first. A range `is_range`."""

    figures: tuple[Figure, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_range: bool = False

    def agrees(self, place: int, stated: Series) -> bool:
        """Whether the figure at `place` is one of another series, or the one there if both are of a length."""
        figure = self.figures[place]
        if len(self.figures) == len(stated.figures) > 1:
            return figure.agrees(stated.figures[place])
        return any(figure.agrees(each) for each in stated.figures)

    def competes(self, place: int, stated: Series) -> bool:
        """Whether another series has a figure that could be meant by the one at `place`."""
        return any(self.figures[place].kind == each.kind for each in stated.figures)

    def likeness(self, stated: Series) -> float:
        """How much of what is said around this series is said around the other, in [0, 1]."""
        total = shared = 0.0
        for own, same, other in ((self.before, stated.before, stated.after), (self.after, stated.after, stated.before)):
            for distance, stem in enumerate(own):
                weight = _FADES**distance * (_GRAMMAR if stem in FUNCTION_WORDS else 1.0)
                total += weight
                if stem in same:
                    shared += weight * _SHIFT ** abs(distance - same.index(stem))
                elif stem in other and stem not in FUNCTION_WORDS:
                    shared += weight * _OTHER_SIDE * _SHIFT ** other.index(stem)
        return shared / total if total else 0.0


def series(text: str) -> list[Series]:
    """The figures of a text in their lists, in order."""
    text = with_times(text)
    lists: list[list[Figure]] = []
    for figure in _figures(text):
        if (
            lists
            and ITEM not in (lists[-1][-1].kind, figure.kind)
            and _IN_A_LIST.fullmatch(text, lists[-1][-1].end, figure.start)
        ):
            lists[-1].append(figure)
        else:
            lists.append([figure])
    taken = [range(figure.start, figure.end) for each in lists for figure in each]
    words = [
        (found.start(), stem)
        for found in _WORD.finditer(text)
        if not any(found.start() in span for span in taken) and (stem := _stem(found[0]))
    ]
    return [
        Series(
            tuple(each),
            tuple(stem for start, stem in reversed(words) if start < each[0].start)[:_WINDOW],
            tuple(stem for start, stem in words if start >= each[0].end)[:_WINDOW],
            any(_RANGE.search(text, one.end, other.start) for one, other in pairwise(each)),
        )
        for each in lists
    ]


def _figures(text: str) -> list[Figure]:
    found = [Figure(_kind(amount), amount.start, amount.end, amount=amount) for amount in amounts(text)]
    found += [Figure(ITEM, *span, name=text[slice(*span)].strip("()")) for span in items(text)]
    taken = [range(figure.start, figure.end) for figure in found]
    for token in _TOKEN.finditer(text):
        written = token[0].casefold()
        has_both = any(map(str.isdigit, written)) and any(map(str.isalpha, written))
        if has_both and not any(token.start() < span.stop and span.start < token.end() for span in taken):
            name = re.sub(r"[\W_]", "", written)
            found.append(Figure(re.sub(r"\d", "", name), *token.span(), name=name))
    placed = [
        replace(
            figure,
            aside=bool(_OPENED.search(text, max(0, figure.start - 4), figure.start)),
            joined=bool(_JOINED.search(text, max(0, figure.start - 2), figure.start)),
        )
        for figure in found
    ]
    return sorted(placed, key=lambda figure: figure.start)


def _kind(amount: Amount) -> str:
    return amount.unit or ("year" if amount.value in _YEARS else "number")


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return "".join(analyse(word))
