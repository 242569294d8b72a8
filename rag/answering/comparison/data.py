"""The phrase of a sentence that names what a paper was tried on."""

from __future__ import annotations

import re

from rag.answering.comparison import cues
from rag.answering.comparison.clauses import clause

_WORD = r"[\w’'/+.×-]*[\w+×]"
# Words at which a noun phrase begins, left out, read from its noun backwards.
_STOPS = frozenset(
    """
    on across over with using in from by to that which is are was were be been we it our its their has have had can
    show shows demonstrate demonstrates include includes including introduce introduces present presents propose build
    construct collect create release provide contribute namely via for against under both through between into as at
    of than while where when not also
    """.split()
)
_BEHIND = re.compile(
    r"\s+(?:of|from|with|in|for|on|about|containing|comprising|consisting of|covering|spanning|drawn from)\s+"
    r"(?:[^,;.():]|(?<=\d)[,.](?=\d)){3,90}"
    r"(?=[,;.:()]|$| (?:through|via|using|by|to|that|which|by|while|and|is|are|was|were|has|have|show\w*"
    r"|demonstrat\w*)\b)"
)
_TITLE = r"(?:the )?[A-Z][\w.-]*\w(?: (?:[A-Z0-9]|v\d)[\w.-]*)*"
# What is named behind: "two datasets, ImageNet and CIFAR-10".
_NAMELY = re.compile(
    rf"(?:,|:| \(|,? (?:namely|i\.e\.,?|including|such as))\s*{_TITLE}(?:(?:, and |, | and ){_TITLE})*\)?"
)
# "a new dataset MaRs-VQA", "a corpus called KnotTalk".
_CALLED = re.compile(r"(?:,? (?:called|named|dubbed|termed))? [A-Z][\w-]*[A-Z0-9][\w-]*")
_DETERMINER = re.compile(r"^(?:the|an?|this|these|our|several|various|multiple|benchmark)\s+", re.IGNORECASE)
_DETERMINERS = re.compile(r"the|an?|this|these|our", re.IGNORECASE)
_LEAST = 4  # characters


def data_phrase(sentence: str, *, whole: bool, most: int) -> str:
    """The phrase that names data, benchmarks or how many of what; empty if nothing is named.

    With `whole` the sentence itself is the phrase where it is short.
    """
    found = cues.NAMED.search(sentence)
    noun = cues.DATA.search(sentence)
    counted = cues.COUNTED.search(sentence)
    if not (found or noun or counted):
        return ""
    if whole and len(sentence) <= most:
        start, end = clause(sentence, (0, len(sentence)), most)
        return sentence[start:end].rstrip(" ,;:")
    phrases = []
    if found:
        phrases.append(found["names"])
    if noun:
        phrases.append(_noun_phrase(sentence, noun))
    if counted:
        behind = _BEHIND.match(sentence, counted.end())
        phrases.append(sentence[counted.start() : behind.end() if behind else counted.end()])
    telling = [phrase for phrase in phrases if len(phrase) >= _LEAST and _tells(phrase)]
    return max(telling, key=lambda phrase: (_names(phrase), min(len(phrase), most)), default="").strip()


def _noun_phrase(sentence: str, noun: re.Match[str]) -> str:
    """The noun with the words before it that belong to it, and what it is of."""
    start = noun.start()
    words = list(re.finditer(rf"(?:{_WORD}),?(?=\s|-)", sentence[: noun.start()]))
    for word in reversed(words):
        if _DETERMINERS.fullmatch(word[0]):
            start = word.start()
            break
        if sentence[word.end() : start].strip() or word[0].casefold().rstrip(",") in _STOPS:
            break
        if word[0].endswith(",") and not re.match(r"\s*(?:and\s+)?[A-Z]", sentence[word.end() :]):
            break
        start = word.start()
    several = noun[0].casefold().endswith(("sets", "corpora", "benchmarks", "suites", "beds", "simulators"))
    behind = (
        _CALLED.match(sentence, noun.end())
        or (_NAMELY.match(sentence, noun.end()) if several else None)
        or _BEHIND.match(sentence, noun.end())
    )
    phrase = re.sub(r"^(?:and|or)\s+", "", sentence[start : behind.end() if behind else noun.end()])
    return phrase if phrase.count("(") == phrase.count(")") else phrase.partition(" (")[0]


def _names(phrase: str) -> bool:
    """Whether a phrase has the name of something or a number."""
    return bool(re.search(r"\d|\b[A-Z][\w-]*[A-Z]|\b[A-Z][a-z]+[A-Z]", phrase))


def _tells(phrase: str) -> bool:
    """Whether a phrase is more than "a dataset"."""
    return len(re.findall(r"[^\W\d_]{3,}|\d+", _DETERMINER.sub("", phrase))) > 1
