"""How likely a question is of each kind, by a classifier of its words and of the phrases it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rag.index.terms import analyse
from rag.retrieval.planning.phrases import AUTHOR, MARK, TITLE, VENUE, YEARS, any_phrase
from rag.types import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: tuple[Kind, ...] = ("fact", "author", "compare", "list", "count", "trend", "overview", "about")
WEIGHTS_FILE = Path(__file__).with_name("kinds.npz")
LEVELS = ("plainly", "likely", "hint")
"""How phrases speak for a kind: plainly, likely, or only by a hint."""

_TOKEN = re.compile(r"⟨\w+⟩|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[?!:;,#&+/]")
_NAME = "Name"
_RUNS = (3, 4, 5)  # letters
_OPENING = 3  # words
_OF_WORDS, _OF_LETTERS = 3.0, 3.0  # the length of the vector that features of each sort make together
_LONGEST = 6  # thirds of words
_TWICE = 2  # phrases for a kind


class Weights(NamedTuple):
    """A multinomial logistic regression: `rows` has the row of each feature in `values` [features, kinds]."""

    rows: Mapping[str, int]
    values: NDArray[np.float32]


def likelihoods(text: str) -> dict[Kind, float]:
    """The probability of each kind of question, whose names are marks; they sum to one."""
    import numpy as np

    rows, values = shipped()
    known = [(rows[name], value) for name, value in features(text).items() if name in rows]
    places, amounts = zip(*known, strict=True)
    logits = np.array(amounts, dtype=np.float32) @ values[list(places)]
    odds = np.exp(logits - logits.max())
    return dict(zip(KINDS, (odds / odds.sum()).tolist(), strict=True))


@cache
def shipped() -> Weights:
    """The weights that `benchmarks/kinds.py` fitted."""
    import numpy as np

    with np.load(WEIGHTS_FILE) as file:
        names = file["names"].tobytes().decode("utf-8").split("\n")
        return Weights({name: row for row, name in enumerate(names)}, file["values"].astype(np.float32))


def features(text: str) -> dict[str, float]:
    """The features of a question whose names are marks, with their values.

    They are its words, its runs of two and three words, with its ends, pairs of words with one between, the words it
    opens with, stems, runs of letters, the phrases of the phrasebook it has, and what it names. All names are one word,
    and all numbers.
    """
    words = _tokens(text)
    bounded = ["^", *words, "$"]
    of_words = {
        *words,
        *(" ".join(pair) for pair in pairwise(bounded)),
        *(" ".join(run) for run in zip(bounded, bounded[1:], bounded[2:], strict=False)),
        *(f"{first} _ {last}" for first, last in zip(words, words[2:], strict=False)),
        *(f"^{word}" for word in words[:_OPENING]),
        *(f"~{stem}" for stem in analyse(" ".join(words))),
    }
    letters = f" {' '.join(words)} "
    of_letters = {f"={letters[at : at + run]}" for run in _RUNS for at in range(len(letters) - run + 1)}
    found = dict.fromkeys(_said(text), 1.0) | dict.fromkeys(_named(text, words), 1.0)
    found |= dict.fromkeys(sorted(of_words), _OF_WORDS / max(1, len(of_words)) ** 0.5)
    return found | dict.fromkeys(sorted(of_letters), _OF_LETTERS / max(1, len(of_letters)) ** 0.5)


def says(kind: Kind, level: str, text: str) -> bool:
    """Whether a text has a phrase that speaks for a kind in this way."""
    return bool(any_phrase(kind, level).search(text))


def _said(text: str) -> list[str]:
    """The kinds that phrases speak for, each as plainly as they do."""
    found = []
    for kind in KINDS:
        if says(kind, "unless", text):
            continue
        level = next((level for level in LEVELS if says(kind, level, text)), None)
        if level:
            found.append(f"@{kind} {level}")
            times = sum(1 for level in LEVELS[:2] for _ in islice(any_phrase(kind, level).finditer(text), _TWICE))
            found += [f"@{kind} twice"] if times >= _TWICE else []
    return found


def _named(text: str, words: list[str]) -> list[str]:
    """What a question names, and how long it is."""
    marks = {(mark["sort"], mark["place"]) for mark in MARK.finditer(text)}
    sorts = [sort for sort, _ in marks]
    return [
        "@",
        f"@authors {min(2, sorts.count(AUTHOR))}",
        *(f"@{sort} {sort in sorts}" for sort in (VENUE, YEARS, TITLE)),
        f"@names {min(3, words.count(_NAME))}",
        f"@long {min(_LONGEST, len(words) // 3)}",
    ]


def _tokens(text: str) -> list[str]:
    """The words of a question: marks as their sort, names of methods as one word, numbers as one."""
    found: list[str] = []
    for place, word in enumerate(_TOKEN.findall(MARK.sub(lambda mark: f"⟨{mark['sort']}⟩", text))):
        form = _form(word, opens=place == 0)
        if not (form == _NAME and found and found[-1] == _NAME):
            found.append(form)
    return found


def _form(word: str, *, opens: bool) -> str:
    if word.startswith("⟨"):
        return word
    if word.isdigit():
        return "0"
    is_name = (word[0].isupper() and not opens) or any(sign.isupper() for sign in word[1:])
    return _NAME if is_name else word.lower()
