"""Phrases of titles and abstracts that could name a field: found by where they stand, not by a grammar.

A phrase is a run of words with no verb of reporting, function word but "of", or sign inside. All its forms are the
same words, lower case and singular, without hyphens, acronyms written out where a text says what they are short for:
"LLM agents" and "large-language-model agent" are one phrase.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from rag.retrieval.phrase_words import BREAKS, DETERMINERS, JOINT, NO_ADVERBS

LONGEST = 5  # words, those of an acronym included
BREAK = ""
DETERMINER = "the"
_BREAKING, _DETERMINING = (BREAK,), (DETERMINER,)
_END = "."  # no word: below it the tree has the phrase that ends there
_TOKEN = re.compile(r"[^\W_]+(?:['’+#-]+[^\W_]+)*|[^\s\w]")
_DEFINED = re.compile(r"\(([A-Z][\w-]{0,7}[A-Z]s?)\)")
_READ_BACK = 120  # characters, in which what an acronym is short for begins
_SMALL = 0.2  # of the times that a word is written with capitals
_AGREED = 2 / 3  # of the texts that define an acronym

Aliases = dict[str, str]
Phrase = tuple[str, ...]  # words by their keys


def aliases(texts: Iterable[str]) -> Aliases:
    """Keys of what acronyms are short for, by the acronym's own key, where most texts that define it agree."""
    defined: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for found in _DEFINED.finditer(text):
            before = _TOKEN.findall(text[max(0, found.start() - _READ_BACK) : found.start()])
            short = found[1].removesuffix("s")
            if long := _written_out(short, before):
                defined[short.lower()][long] += 1
    agreed = {}
    for short, meanings in defined.items():
        long, times = meanings.most_common(1)[0]
        if times >= _AGREED * meanings.total():
            agreed[short] = long
    return agreed


def _written_out(short: str, before: Sequence[str]) -> str:
    """The key of the last words whose initials are the letters of `short`; empty if there are none."""
    letters = [sign.lower() for sign in short if sign.isalnum()]
    words: list[str] = []
    for word in reversed(before):
        if not word[0].isalnum():
            return ""
        parts = [part for part in word.lower().split("-") if part]
        words.insert(0, word)
        if word.lower() in BREAKS and letters[-1] != word[0].lower():
            continue
        for part in reversed(parts):
            if not letters or part[0] != letters.pop():
                return ""
        if not letters:
            return " ".join(map(singular, words))
    return ""


@cache
def singular(word: str) -> str:
    """A word in lower case without what looks like the ending of a plural, its hyphens as blanks."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("-", " ")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class Reader:
    """Turns texts into words by their keys; what hyphens join, and what an acronym stands for, is several words.

    A sign, a number and a word that is in no phrase are `BREAK`, or `DETERMINER` if that is what it is.
    """

    def __init__(self, short_for: Aliases) -> None:
        self._short_for = short_for
        self._known: dict[str, Phrase] = {}
        self._read: Counter[str] = Counter()

    def words(self, text: str) -> list[str]:
        """The words of a text in order."""
        known = self._known
        found: list[str] = []
        tokens = _TOKEN.findall(text)
        self._read.update(tokens)
        for token in tokens:
            words = known.get(token)
            found += self._words(token) if words is None else words
        return found

    def phrases(self, title: str) -> Iterator[Phrase]:
        """The phrases at the ends of the runs of words of a title, where nouns are; in no part of a hyphened word."""
        run: list[Phrase] = []
        opening = title.partition(" ")[0].endswith("ing")  # "Exploiting ..." is no noun
        for token in (*_TOKEN.findall(title), "."):
            words = self._words(token)
            if words not in (_BREAKING, _DETERMINING, (JOINT,)):
                run.append(words)
                continue
            for first in range(len(run)):
                phrase = tuple(chain.from_iterable(run[first:]))
                if len(phrase) <= LONGEST and phrase[0] != JOINT and not (opening and len(phrase) == 1):
                    yield phrase
            opening = False
            if words == (JOINT,) and run:
                run.append(words)
            else:
                run = []

    def writes_small(self, word: str) -> bool:
        """Whether a word, or each part of one with hyphens, is written in small letters often enough."""
        parts = word.split("-")
        return self._small(word) or (len(parts) > 1 and all(map(self._small, parts)))

    def _small(self, word: str) -> bool:
        return self._read[word.lower()] > _SMALL * self._read[word]

    def forms(self, text: str, phrase: Phrase) -> Iterator[tuple[str, bool]]:
        """The forms in which a phrase stands in a text, each with whether it opens a sentence."""
        tokens = _TOKEN.findall(text)
        words = [self._words(token) for token in tokens]
        for first, own in enumerate(words):
            if own != phrase[: len(own)]:
                continue
            last, found = first + 1, own
            while len(found) < len(phrase) and last < len(words):
                found += words[last]
                last += 1
            if found == phrase:
                yield " ".join(tokens[first:last]), first == 0 or tokens[first - 1] in ".!?:"

    def _words(self, token: str) -> Phrase:
        words = self._known.get(token)
        if words is None:
            words = self._known[token] = self._of(token)
        return words

    def _of(self, token: str) -> Phrase:
        lower = token.lower()
        if lower in DETERMINERS:
            return _DETERMINING
        adverb = lower.endswith("ly") and lower not in NO_ADVERBS
        if lower in BREAKS or adverb or not token[0].isalnum() or token.isdigit() or len(token) == 1:
            return _BREAKING
        if "-" not in token:
            return tuple(self._part(token).split())
        return tuple(word for part in token.split("-") if part for word in self._part(part).split())

    def _part(self, part: str) -> str:
        key = singular(part)
        return self._short_for.get(key, key) if not part[1:].islower() else key


class Finder:
    """Finds given phrases in the words of texts.

    `ended` counts where they stand as nouns do: no further word of a phrase follows, nor, as after a verb, an article.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._tree: dict[str, Any] = {}
        for phrase in phrases:
            branch = self._tree
            for word in phrase:
                branch = branch.setdefault(word, {})
            branch[_END] = phrase
        self.total: Counter[Phrase] = Counter()
        self.ended: Counter[Phrase] = Counter()

    def find(self, words: Sequence[str]) -> Counter[Phrase]:
        """How often each phrase stands in a text."""
        found: list[Phrase] = []
        ended: list[Phrase] = []
        size = len(words)
        for first, word in enumerate(words):
            branch = self._tree.get(word)
            last = first + 1
            while branch:
                if _END in branch:
                    found.append(branch[_END])
                    if last == size or words[last] in (BREAK, JOINT):
                        ended.append(branch[_END])
                if last == size:
                    break
                branch = branch.get(words[last])
                last += 1
        self.total.update(found)
        self.ended.update(ended)
        return Counter(found)
