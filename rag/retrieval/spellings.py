"""The ways a library writes one thing: in the singular and the plural, spelt out and as its initials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

from rag.index.indexes import Indexes
from rag.index.terms import analyse

_READ = 40  # papers, for how they spell an abbreviation out
_LONGEST = 100  # characters of the words that an abbreviation stands for
_MOST = 8  # spellings
_ABBREVIATION = re.compile(r"(?=[^\s]*[A-Z][^\s]*[A-Z])[A-Za-z][A-Za-z0-9-]{1,9}")
# Forms of a word that the stems of the index keep apart: number without a vowel, Greek plurals, British endings.
_APART = (
    (re.compile(r"(?i)^([b-df-hj-np-tv-xz]{2,})s$"), r"\1"),
    (re.compile(r"(?i)^([b-df-hj-np-tv-xz]*[b-df-hj-np-rtv-xz])$"), r"\1s"),
    (re.compile(r"(?<=\w\w\w)es$"), "is"),
    (re.compile(r"(?<=\w\w\w[iy])s(?=(?:e|es|ed|er|ers|ing|ations?)$)"), "z"),
    (re.compile(r"(?<=\w\w\w[iy])z(?=(?:e|es|ed|er|ers|ing|ations?)$)"), "s"),
)

Spelling = tuple[str, ...]


def spellings(indexes: Indexes, aspect: str) -> tuple[Spelling, ...]:
    """The spellings of an aspect of a topic, each as its terms in order; the one written comes first.

    "GANs" is also "GAN" and, if a paper of the library says so, "generative adversarial networks", and the other way
    round.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    written = re.sub(r"[^\w\s.+#-]", " ", aspect).strip()
    found = _forms(written)
    for other in _abbreviated(indexes, written) or _spelt_out(indexes, written):
        found += _forms(other)
    return tuple(dict.fromkeys(found))[:_MOST]


def spelt_out(indexes: Indexes, aspect: str) -> str:
    """What an abbreviation stands for in this library; anything else as it is.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    return next(iter(_spelt_out(indexes, aspect.strip())), aspect)


def variants(word: str) -> tuple[str, ...]:
    """The terms of one word: as written, and the forms that the stems of the index keep apart."""
    written = [word, *(other for pattern, by in _APART if (other := pattern.sub(by, word)) != word)]
    return tuple(dict.fromkeys(term for each in written for term in analyse(each)[:1]))


def _forms(text: str) -> list[Spelling]:
    """A text as terms, each word in its variants."""
    return list(product(*(variants(word) for word in re.findall(r"\w+", text))))[:_MOST]


def _abbreviated(indexes: Indexes, written: str) -> list[str]:
    """What stands in brackets after these words most often: `GAN` for "generative adversarial networks"."""
    words = written.split()
    if len(words) < 2:
        return []
    texts = _texts(indexes, [key for spelling in _forms(written) for key in indexes.terms.phrase(spelling)])
    ending = r"[\s-]+".join(map(re.escape, words)).removesuffix("s")
    pattern = re.compile(rf"\b{ending}s?\s*\(([A-Z][\w-]{{1,9}}?)s?\)", re.IGNORECASE)
    initials = "".join(word[0] for word in re.findall(r"\w+", written)).casefold()
    found = (match[1] for text in texts for match in pattern.finditer(text))
    return _commonest(short for short in found if len(short) > 2 and short.casefold().endswith(initials))


def _spelt_out(indexes: Indexes, written: str) -> list[str]:
    """What an abbreviation most often stands after, in brackets, or else what its letters begin in the library."""
    if not _ABBREVIATION.fullmatch(written):
        return []
    letters = written.removesuffix("s")
    keys = [key for term in variants(written.casefold()) for key in indexes.terms.phrase([term])]
    bracket = re.compile(rf"\({re.escape(letters)}s?\)", re.IGNORECASE)
    before = [
        text[max(0, match.start() - _LONGEST) : match.start()]
        for text in _texts(indexes, keys)
        for match in bracket.finditer(text)
    ]
    return _commonest(long for text in before if (long := _long_form(text, letters)))


def _long_form(text: str, letters: str) -> str:
    """The last words of a text that begin with these letters, in order; empty if they do not."""
    words = re.findall(r"[^\W_]+", text)
    for first in range(len(words) - 1, -1, -1):
        part = words[first:]
        if _begin(part, letters.casefold()) and len(part) > 1:
            return " ".join(part)
    return ""


def _begin(words: Sequence[str], letters: str) -> bool:
    return len(words) == len(letters) and all(
        word[0].casefold() == letter for word, letter in zip(words, letters, strict=True)
    )


def _commonest(forms: Iterable[str]) -> list[str]:
    counts = Counter(form.casefold() for form in forms)
    return sorted(counts, key=lambda form: (-counts[form], form))[:1]


def _texts(indexes: Indexes, keys: Sequence[int]) -> list[str]:
    some = sorted(set(keys))[:_READ]
    rows = indexes.library.rows_in("SELECT title, abstract FROM papers WHERE key IN ({})", some)
    return [f"{title}\n{abstract}" for title, abstract in rows]
