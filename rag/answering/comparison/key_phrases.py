"""The key phrases of papers: what several have in common, and what only one has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rag.answering.comparison.naming import name_of
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.answerability import mentions
from rag.retrieval.origin import compact, is_coined
from rag.retrieval.phrase_words import BREAKS
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import FUNCTION_WORDS, OF_ANY_PAPER
from rag.types import Evidence, Paper

_WORD = re.compile(r"[^\W_][\w'’]*(?:[-./][\w'’]+)*")
_LONGEST = 4  # words
_SHORTEST = 4  # letters of a word by itself, at least one more
_GENERIC = FUNCTION_WORDS | OF_ANY_PAPER
_VERBS = BREAKS | frozenset("along till offering empowers et al time-consuming highlight beyond towards".split())
# Of these a phrase may be with another word before it: "spiking neural networks".
_HEADS = frozenset(
    analyse(
        """
        network model learning process algorithm method attention system image data training transfer proof proving
        error loss function classification detection estimation planning control theory layer
        """
    )
)
_NO_NAME = frozenset({"AI", "API", "LM", "LMs", "ML", "DL", "NLP", "SOTA", "SoTA", "3D", "2D"})
_NO_PHRASE = re.compile(r"[./_]|\d$|^\d")


class Phrase(NamedTuple):
    """A phrase as a paper writes it, by its terms, and the first sentence that has it."""

    paper: Paper
    terms: tuple[str, ...]
    text: str
    evidence: Evidence
    times: int
    titled: bool


def phrases(paper: Paper) -> dict[tuple[str, ...], Phrase]:
    """The phrases of a paper by their terms: runs of up to four words without grammar between, and single names."""
    found: dict[tuple[str, ...], Phrase] = {}
    spans = [("title", 0, len(paper.title)), *(("abstract", *span) for span in sentence_spans(paper.abstract))]
    for field, start, end in spans:
        whole = paper.title if field == "title" else paper.abstract[start:end]
        evidence = Evidence(whole, "title" if field == "title" else "abstract", start, end, 1.0)
        for terms, text in _runs(whole):
            if known := found.get(terms):
                # The abstract is quoted rather than the title.
                first = evidence if known.evidence.field == "title" else known.evidence
                shown = text if known.evidence.field == "title" else known.text
                found[terms] = Phrase(paper, terms, shown, first, known.times + 1, known.titled)
            else:
                found[terms] = Phrase(paper, terms, text, evidence, 1, field == "title")
    return found


def shared(groups: Sequence[Sequence[Paper]], idf: Callable[[str], float], most: int) -> list[tuple[Phrase, ...]]:
    """Up to `most` phrases that a paper of each group has, the most telling first; for each group as it writes it."""
    own = [_of_group(papers) for papers in groups]
    common = set.intersection(*(set(each) for each in own)) if own else set()
    ranked = sorted(
        (terms for terms in common if _telling([each[terms] for each in own])),
        key=lambda terms: (
            -_weight(terms, idf) * (1 + any(each[terms].titled for each in own)),
            -len(terms),
            terms,
        ),
    )
    return [tuple(each[terms] for each in own) for terms in _distinct(ranked)[:most]]


def _of_group(papers: Sequence[Paper]) -> dict[tuple[str, ...], Phrase]:
    """The phrases of several papers, each of the paper that has it most."""
    found: dict[tuple[str, ...], Phrase] = {}
    for paper in papers:
        for terms, phrase in phrases(paper).items():
            if terms not in found or (phrase.titled, phrase.times) > (found[terms].titled, found[terms].times):
                found[terms] = phrase
    return found


def peculiar(paper: Paper, others: Sequence[Paper], idf: Callable[[str], float], most: int) -> list[Phrase]:
    """Up to `most` phrases of the paper with no word that the others have, the most telling first."""
    elsewhere = {term for other in others for term in analyse(f"{other.title} {other.abstract}")}
    own = phrases(paper)
    new = [phrase for terms, phrase in own.items() if not set(terms) & elsewhere and _is_of_abstract(phrase)]
    new = [phrase for phrase in new if not any(mentions(other, phrase.text) for other in others)]
    own_name = compact(name_of(paper))
    new = [phrase for phrase in new if compact(phrase.text).removesuffix("s") not in own_name]
    telling = [phrase for phrase in new if phrase.titled or phrase.times > 1 or is_coined(phrase.text)]
    ranked = sorted(
        telling,
        key=lambda each: (-_weight(each.terms, idf) * (1 + each.titled) * each.times, -len(each.terms), each.terms),
    )
    return [own[terms] for terms in _distinct([each.terms for each in ranked])[:most]]


def _is_of_abstract(phrase: Phrase) -> bool:
    several = " " in phrase.text or is_coined(phrase.text)
    return phrase.evidence.field == "abstract" and several and phrase.text not in _NO_NAME


def _runs(text: str) -> list[tuple[tuple[str, ...], str]]:
    """The phrases of one sentence with their terms."""
    found: list[tuple[tuple[str, ...], str]] = []
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(text), None]:
        if word is None or not _goes_on(text, run, word):
            found += _parts(text, run)
            run = []
        if word is not None and _says(word[0]):
            run.append(word)
    return found


def _goes_on(text: str, run: Sequence[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a word can belong to the same phrase as those before it: after `TMT` a verb may stand."""
    if not run:
        return True
    before = run[-1]
    names = is_coined(before[0]) and not (word[0][0].isupper() or "-" in before[0])
    return _says(word[0]) and text[before.end() : word.start()] == " " and not names


def _says(word: str) -> bool:
    """Whether a word can stand in a phrase that names something."""
    known = word.casefold() in _VERBS and not is_coined(word)
    return bool(content_terms(word)) and not known and not _NO_PHRASE.search(word)


def _parts(text: str, run: Sequence[re.Match[str]]) -> list[tuple[tuple[str, ...], str]]:
    """All parts of a run of words that neither begin nor end with a word of no meaning of its own."""
    parts = []
    for first in range(len(run)):
        for last in range(first, min(len(run), first + _LONGEST)):
            if _is_generic(run[first][0]) or run[last][0].endswith("ly"):
                continue
            if _is_generic(run[last][0]) and not set(analyse(run[last][0])) <= _HEADS:
                continue
            span = text[run[first].start() : run[last].end()]
            parts.append((tuple(analyse(span)), span))
    return parts


def _is_generic(word: str) -> bool:
    return set(analyse(word)) <= _GENERIC


def _telling(written: Sequence[Phrase]) -> bool:
    """Whether what papers share says something: a phrase, a name, or a word of all their titles."""
    text = written[0].text
    if text in _NO_NAME:
        return False
    if " " in text or is_coined(text):
        return True
    # A word by itself is what all are about, or it only stands there.
    return (
        len(text) > _SHORTEST
        and any(each.titled for each in written)
        and all(each.titled or each.times > 1 for each in written)
    )


def _weight(terms: tuple[str, ...], idf: Callable[[str], float]) -> float:
    return sum(idf(term) for term in terms if term not in _GENERIC)


def _distinct(ranked: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without phrases that have words of one before them."""
    kept: list[tuple[str, ...]] = []
    for terms in ranked:
        if not any(set(terms) & set(other) for other in kept):
            kept.append(terms)
    return kept
