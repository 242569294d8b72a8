"""How surely a paper is where a name comes from, and not one that only mentions it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from rag.index.sentences import sentence_spans
from rag.retrieval.question import content_terms

OWN = 0.6
"""From here on a name is the paper's own: of a method it makes, or of what it is about."""
MENTIONED = 0.3

_WHOLE_TITLE, _HEAD, _IN_BRACKETS, _NAMED, _MADE, _STUDIED, _OPENS, _USED = 1.0, 0.98, 0.95, 0.92, 0.9, 0.75, 0.66, 0.5
_FRAGMENT, _FULLER = 0.85, 0.1  # a part of several words of a title, and more the more of it they are
_WORD_OF_TITLE = 0.62
_INTRODUCED_IN_TITLE = 0.05
_KNOWN_FRAGMENT, _KNOWN_FULLER = 0.4, 0.5  # the same of a name that many papers have
_COMMON, _RARE = 12, 3  # papers that have a name
_OTHER_CASE = 0.1  # taken off where a name with capitals stands in the text without them
_AGAIN = 0.002  # for each mention, up to five

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile("[^\\S\n]*[-\u2010\u2011–_/.+*'’]?[^\\S\n]*")
_MAKES = (
    r"(?:propos|introduc|present|develop|design|buil[dt]|creat|releas|construct|describ|offer|contribut|devis|deriv"
    r"|formulat|establish|publish|collect|curat)\w*"
)
_STUDIES = r"(?:stud[iy]|investigat|explor|examin|analy[sz]|consider|revisit|address|tackl|focus|learn)\w*(?:\s+on)?"
# Between a verb and what it makes there is none of these: "introduce a variant of X", "present a rival to X".
_BUT = (
    r"(?!(?:such|like|over|than|that|which|for|of|in|on|with|using|based|to|by|from|as|whose|where|and|extends?|unlike"
    r"|beyond|outperform\w*)\b)"
)
_UP_TO = rf"\s+(?:{_BUT}[\w'’-]+,?\s+){{0,8}}[\"'“‘(]*$"
_RIVALS = re.compile(
    r"\b(?:such as|like|e\.g|over|than|compar\w+|outperform\w*|surpass\w*|baselines?|unlike|existing|prior|previous)\b",
    re.IGNORECASE,
)
_IS_NAMED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|namely|denoted|nicknamed|abbreviated)\b(?:\s+(?:as|by|the))*\s*[\"'“‘(]*$",
    re.IGNORECASE,
)
_IS_MADE = re.compile(rf"\b{_MAKES}{_UP_TO}|\bour\s+(?:[\w-]+,?\s+){{0,4}}[\"'“‘(]*$", re.IGNORECASE)
_IS_STUDIED = re.compile(rf"\b{_STUDIES}{_UP_TO}", re.IGNORECASE)
_MAKING = re.compile(rf"\b(?:{_MAKES}|(?:call|term|nam|dub)\w* (?:it|this|them|our|the)\b)", re.IGNORECASE)
_MADE_AFTERWARDS = re.compile(
    rf"[-–.\d]*\W{{0,2}}(?:(?:\s+[\w-]+){{0,4}}\s+(?:is|are|was|were)|,\s+we)\s+{_MAKES}", re.IGNORECASE
)
_ADVERB = re.compile(r"\W*(?:(?:[A-Z]\w+ly|Moreover|Further(?:more)?|Here|In addition|Thus|Hence),\s+)?(?:The\s+)?")
# Where the code of a paper is tells its name: github.com/someone/KelpNet.
_IN_ADDRESS = re.compile(r"(?:https?://|www\.|git(?:hub|lab)\.)\S*$", re.IGNORECASE)
_LOOKED_BACK = 300  # characters: of a sentence without end not all is read again for each name in it
_HEAD_ENDS = re.compile(r"\W{0,3}?(?:[:–—?]|\s-\s)")
_STANDS_ALONE = re.compile(r"\W*$|\s*[,.;:)”\"]|\s+(?:which|that|an?|the|to|is)\b")


def compact(text: str) -> str:
    """The letters and digits of a text without case, accents, hyphens or blanks: `LichenSLAM` is `Lichen-SLAM`."""
    return "".join(_folded(word) for word in _WORD.findall(text))


def occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where whole words of `text` have the letters of `name`, given `compact`; a plural counts as well."""
    words = list(_WORD.finditer(text))
    folded = [_folded(word[0]) for word in words]
    joined = "".join(folded)
    ends = list(accumulate(map(len, folded)))
    place_of_end = {end: place for place, end in enumerate(ends)}
    for place, end in enumerate(ends):
        begin = end - len(folded[place])
        if not joined.startswith(name, begin):
            continue
        last = place_of_end.get(begin + len(name))
        if last is None and name[-1].isalpha() and joined[begin + len(name) : begin + len(name) + 1] == "s":
            last = place_of_end.get(begin + len(name) + 1)
            last = None if last is not None and words[last][0].endswith("S") else last
        if last is not None and all(
            _GAP.fullmatch(text, words[at].end(), words[at + 1].start()) for at in range(place, last)
        ):
            yield words[place].start(), words[last].end()


def origin(title: str, abstract: str, name: str, holders: int = 1) -> float:
    """How surely the paper is where `name` comes from, in [0, 1]: 0 if it does not have it, `OWN` or more if it is.

    The best is a paper of that title, or named so in front of a colon; then one that says that it introduces the
    name. A paper that compares itself with the name or makes use of it only mentions it. Where many
    papers have a name, little speaks for any of them but that it introduces it outright.

    Args:
        title: The paper's.
        abstract: The paper's.
        name: As it is asked for.
        holders: How many papers of the library have the name.
    """
    letters = compact(name)
    if not letters:
        return 0.0
    in_title, in_abstract = list(occurrences(title, letters)), list(occurrences(abstract, letters))
    if not in_title and not in_abstract:
        return 0.0
    said = max((_said(abstract, span, name, holders) for span in in_abstract), default=0.0)
    titled = max((_titled(title, span, letters, name, holders) for span in in_title), default=0.0)
    best = max(said, titled)
    if titled and titled < _HEAD and said >= _MADE - _OTHER_CASE:
        best = min(_HEAD, best + _INTRODUCED_IN_TITLE)
    return min(1.0, best + _AGAIN * min(5, len(in_title) + len(in_abstract) - 1))


def _titled(title: str, span: tuple[int, int], letters: str, name: str, holders: int) -> float:
    """What a title that has the name at `span` says."""
    start, end = span
    whole = compact(title)
    if whole == letters:
        return _WHOLE_TITLE
    opens = not title[:start].strip("\"'“‘ ")
    if opens and _HEAD_ENDS.match(title, end):
        return _cased(_HEAD, title[start:end], name)
    if title[start - 1 : start] == "(" and title[end : end + 1] == ")":
        return _cased(_IN_BRACKETS, title[start:end], name)
    share = len(letters) / len(whole)
    if len(content_terms(name)) > 1:
        known = holders > _COMMON and not opens and is_capitalised(name)
        return _KNOWN_FRAGMENT + _KNOWN_FULLER * share if known else _FRAGMENT + _FULLER * share
    if is_coined(name) or is_coined(title[start:end]):
        alone = opens and holders <= _COMMON and not _joined(title, span)
        return _cased(_STUDIED if alone else _USED, title[start:end], name)
    return _WORD_OF_TITLE + _FULLER * share


def _said(abstract: str, span: tuple[int, int], name: str, holders: int) -> float:
    """What the sentence says in which the abstract has the name at `span`."""
    start, end = next((begin, stop) for begin, stop in sentence_spans(abstract) if begin <= span[0] < stop)
    before, after, written = (
        abstract[max(start, span[0] - _LOOKED_BACK) : span[0]],
        abstract[span[1] : end],
        abstract[span[0] : span[1]],
    )
    if _IN_ADDRESS.search(before):
        return _MADE - _OTHER_CASE
    common = holders > _COMMON
    if _joined(abstract, span) or _in_longer_name(before, after, name) or (common and not _STANDS_ALONE.match(after)):
        return MENTIONED
    if _IS_NAMED.search(before):
        return _cased(_NAMED, written, name)
    making = _MAKING.search(before)
    bracketed = before.endswith("(") and making and not _RIVALS.search(before, making.end())
    if bracketed or _IS_MADE.search(before) or _MADE_AFTERWARDS.match(after):
        return _cased(_MADE, written, name)
    if _IS_STUDIED.search(before) and not common:
        return _cased(_STUDIED, written, name)
    return _cased(_OPENS, written, name) if _ADVERB.fullmatch(before) and holders <= _RARE else MENTIONED


def _joined(text: str, span: tuple[int, int]) -> bool:
    """Whether what stands at `span` is a part of a longer name or a word made from it: `walk-MATE`, `BERT-based`."""
    return bool(re.search(r"\w[-–]$", text[: span[0]]) or re.match(r"[-–][^\W\d]", text[span[1] :]))


def _in_longer_name(before: str, after: str, name: str) -> bool:
    """Whether a name with capitals stands among more words with capitals: `Scale-Aware Relay Layer` is no `Relay`."""
    if not any(map(str.isupper, name)):
        return False
    return bool(re.search(r"\w\W+(?:[A-Z][\w-]*[a-z]) $", before) or re.match(r" [A-Z][\w-]*[a-z]\b", after))


def is_capitalised(text: str) -> bool:
    """Whether all words of a text that say something begin with a capital or a digit."""
    return all(word[0].isupper() or word[0].isdigit() for word in _WORD.findall(text) if content_terms(word))


def is_coined(name: str) -> bool:
    """Whether a text is written as no word of the language is: KelpNet, GPT-4, BERT, T-REX."""
    return any(
        any(sign.isupper() or sign.isdigit() for sign in word[1:]) and not word.isdigit()
        for word in _WORD.findall(name)
    )


def _cased(score: float, written: str, name: str) -> float:
    """Less where a name that was asked for with capitals has none in the text, or a coined one has others."""
    if any(map(str.isupper, name)) and not any(map(str.isupper, written)):
        return score - _OTHER_CASE
    same = not is_coined(name) or not {*_WORD.findall(name)}.isdisjoint(_WORD.findall(written.removesuffix("s")))
    return score if same else max(min(score, OWN), score - _OTHER_CASE)


def _folded(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
