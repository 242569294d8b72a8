"""The paper a name, a title, a part of one or a description means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.answerability import mentions, paper_terms
from rag.retrieval.evidence import overlap
from rag.retrieval.filters import allowed_papers
from rag.retrieval.name_forms import spellings
from rag.retrieval.origin import MENTIONED, OWN, compact, is_capitalised, is_coined, occurrences, origin
from rag.retrieval.question import content_terms, names
from rag.retrieval.search import search
from rag.types import Evidence, Filters, Hit, Paper

_LOOKED_UP = 300  # papers that have the terms of a name
_FEW = 12  # papers that mention what "the paper on" it means
_CONSIDERED = 20  # papers, for a description
_SURE = 0.85  # a name found so surely needs no search by meaning
_BOTH = 5  # papers

_DESCRIBED_WELL, _DESCRIBED_BEST = 0.7, 1.5  # of the sum of the next three
_BEST_DESCRIPTION = 0.84
_COVERED, _COVERED_AT_LEAST = 0.5, 0.3  # of the description's words, by how rare they are; less where a paper is near
_NEAR = 0.5
_SAME_TITLE = 0.9
_COVERAGE, _OF_TITLE, _MEANING = 0.5, 0.25, 0.75

_THING = (
    r"(?:papers?|articles?|work|study|studies|publications?|approach(?:es)?|methods?|techniques?|ones?|ideas?"
    r"|algorithms?)"
)
_PAPER = re.compile(
    r"^(?:(?:about|on)\s+)?(?:the\s+|this\s+|that\s+|an?\s+)?"
    rf"{_THING}\s+(?:(?P<titled>(?:(?:is\s+)?(?:called|titled|entitled|named)|with\s+the\s+title))"
    r"|(?:of|on|about|that\s+\w+|which\s+\w+|introducing|with|behind|for))\s+",
    re.IGNORECASE,
)
_THE = re.compile(r"^(?:the|this|that|these|those|an?)\s+", re.IGNORECASE)
_PAPER_BEHIND = re.compile(rf"\s+{_THING}$", re.IGNORECASE)
_QUOTES = "\"'“”‘’*_.,: "
_SHORTEST_TITLE = 3  # words, which names may have as well
_BRITISH = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"(?<=\w{2})our"), "or"),
    (re.compile(r"ys(?=e|ing)"), "yz"),
)


class Fit(NamedTuple):
    """A paper that a text can mean, and how well it fits, in [`OWN`, 1]."""

    hit: Hit
    score: float


@dataclass(frozen=True, slots=True)
class Meant:
    """`fits` can be meant, best first; `mentioning` only speak of it; `nearest` are so by words and meaning."""

    fits: tuple[Fit, ...]
    mentioning: tuple[Hit, ...]
    nearest: tuple[Hit, ...]


class _Wanted(NamedTuple):
    """What a text says of a paper: as it stands, without the words around it, and whether it has such words."""

    text: str
    bare: str
    described: bool


def papers_meant(indexes: Indexes, text: str, filters: Filters) -> Meant:
    """The papers that `text` can mean: where it comes from if it is a name, else those it describes well enough.

    A name is found in any case, with hyphens or without, as one word or several; the paper where it comes from goes
    before those that use it, which do not count.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    wanted = _wanted(text)
    named, mentioning = _named(indexes, wanted, filters)
    if named and named[0].score >= _SURE:
        return Meant(tuple(named), tuple(mentioning), ())
    hits = search(indexes, wanted.bare, _CONSIDERED, filters)
    cosines = {hit.paper.id: hit.cosine for hit in hits}
    # A rival that a paper is set against is not what it is about, however near.
    rivals = {hit.paper.id for hit in mentioning} if is_coined(wanted.bare) and not wanted.described else set()
    best = {fit.hit.paper.id: fit for fit in _described(indexes, wanted, hits) if fit.hit.paper.id not in rivals}
    for fit in named:
        # Of papers that have one plain word in their titles the nearest in meaning is meant.
        score = min(1.0, fit.score + max(0.0, cosines.get(fit.hit.paper.id, 0.0)) / 10)
        if fit.hit.paper.id not in best or score > best[fit.hit.paper.id].score:
            best[fit.hit.paper.id] = Fit(fit.hit, score)
    fits = sorted(best.values(), key=lambda fit: -fit.score)
    return Meant(tuple(fits), tuple(mentioning), tuple(hits))


def meant(indexes: Indexes, text: str, filters: Filters) -> tuple[list[Hit], list[Hit]]:
    """The hits whose papers `text` means, one for each of several names, and the nearest ones if it means none.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    found = papers_meant(indexes, text, filters)
    if found.fits:
        return [found.fits[0].hit], []
    asked = names(f"of {text}")
    each = [papers_meant(indexes, name, filters).fits for name in asked] if len(asked) > 1 else []
    if each and all(each):
        return list({fits[0].hit.paper.id: fits[0].hit for fits in each}.values()), []
    near = {hit.paper.id: hit for hit in (*found.mentioning, *found.nearest)}
    return [], list(near.values())


def held_together(indexes: Indexes, first: str, second: str) -> bool:
    """Whether a paper speaks of both names.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    keys = [key for key, _ in indexes.terms.search(analyse(f"{first} {second}"), _BOTH)]
    return any(mentions(paper, first) and mentions(paper, second) for paper in indexes.library.papers(keys))


def spoken_of(paper: Paper, text: str) -> list[Evidence]:
    """The sentences of a paper's abstract, or else its title, that have a name or a phrase in whatever spelling."""
    letters = compact(_wanted(text).bare)
    if not letters:
        return []
    sentences = [
        Evidence(sentence, "abstract", start, end, 1.0)
        for start, end in sentence_spans(paper.abstract)
        if any(occurrences(sentence := paper.abstract[start:end], letters))
    ]
    title = [Evidence.of_title(paper)] if any(occurrences(paper.title, letters)) else []
    return sentences or title


def _wanted(text: str) -> _Wanted:
    text = " ".join(text.split()).strip(_QUOTES)
    scaffold = _PAPER.match(text)
    bare = _PAPER_BEHIND.sub("", _THE.sub("", _PAPER.sub("", text))).strip(_QUOTES)
    if not content_terms(bare):
        return _Wanted(text, text, False)
    # "The paper called X" describes nothing: X is the title.
    described = bool(_PAPER_BEHIND.search(text)) or bool(scaffold and not scaffold["titled"])
    return _Wanted(text, bare, described)


def _named(indexes: Indexes, wanted: _Wanted, filters: Filters) -> tuple[list[Fit], list[Hit]]:
    """The papers where the text comes from as a name or a title, and those that only have it."""
    library = indexes.library
    allowed = allowed_papers(library, filters)
    forms = list(dict.fromkeys((wanted.text, wanted.bare)))
    keys = {
        key: None
        for form in forms
        for way in spellings(indexes, form)
        for key, _ in indexes.terms.search(way, _LOOKED_UP, allowed)
    }
    texts = {
        key: (title, abstract)
        for key, title, abstract in library.rows_in(
            "SELECT key, title, abstract FROM papers WHERE key IN ({})", [*keys]
        )
    }
    scores: dict[int, float] = {}
    for form in forms:
        of_form = {key: origin(*texts[key], form) for key in keys if key in texts}
        have = [key for key, score in of_form.items() if score]
        holders = sum(_as_written(texts[key], form) for key in have)
        for key in have:
            of_form[key] = origin(*texts[key], form, holders)
            # "The paper on X" may only mention it.
            raised = OWN - MENTIONED if wanted.described and of_form[key] < OWN and holders <= _FEW else 0.0
            scores[key] = max(of_form[key] + raised, scores.get(key, 0.0))
    # Where scores are equal the order is that of the search.
    ranked = sorted(scores, key=lambda key: -scores[key])
    papers = library.papers_by_key(ranked[:_CONSIDERED])
    hits = [(Hit(papers[key], scores[key], 0.0), scores[key]) for key in ranked[:_CONSIDERED] if key in papers]
    return [Fit(hit, score) for hit, score in hits if score >= OWN], [hit for hit, score in hits if score < OWN]


def _as_written(texts: tuple[str, str], name: str) -> bool:
    """Whether a paper has a name in the case in which it is asked for, if that is a case of its own."""
    return not is_coined(name) or any(name in text for text in texts)


def _described(indexes: Indexes, wanted: _Wanted, hits: Sequence[Hit]) -> list[Fit]:
    """The hits that a text describes well enough; what is written as a name or a title has to stand in the title."""
    terms = content_terms(wanted.bare)
    if len(terms) == 1 and not wanted.described:
        return []
    strict = not wanted.described and (is_capitalised(wanted.bare) or _is_title(wanted.bare))
    idf = {term: indexes.terms.idf(term) for term in terms}
    fits = []
    for hit in hits:
        if not all(mentions(hit.paper, word) for word in wanted.bare.split() if is_coined(word)):
            continue
        titled = overlap(idf, _held(Paper("", hit.paper.title), wanted.bare))
        if strict and (len(terms) < _SHORTEST_TITLE or titled < _SAME_TITLE):
            continue
        covered = overlap(idf, _held(hit.paper, wanted.bare))
        nearness = _COVERAGE * covered + _OF_TITLE * titled + _MEANING * max(0.0, hit.cosine)
        enough = _COVERED_AT_LEAST if hit.cosine >= _NEAR else _COVERED
        if covered >= enough and nearness >= _DESCRIBED_WELL:
            share = min(1.0, (nearness - _DESCRIBED_WELL) / (_DESCRIBED_BEST - _DESCRIBED_WELL))
            fits.append(Fit(hit, OWN + (_BEST_DESCRIPTION - OWN) * share))
    return fits


def _held(paper: Paper, text: str) -> set[str]:
    """The terms of a text that a paper has, also spelt out or in the other English: "GPs", "optimisation"."""
    held = paper_terms(paper)
    return {
        term
        for word in re.findall(r"[^\W_]+", text)
        for term in analyse(word)
        if term in held or set(analyse(_american(word))) & held or (is_coined(word) and mentions(paper, word))
    }


def _american(word: str) -> str:
    for british, american in _BRITISH:
        word = british.sub(american, word)
    return word


def _is_title(text: str) -> bool:
    """Whether a text is written as titles are: several words, most of them with a capital."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    return len(words) > _SHORTEST_TITLE and sum(word[0].isupper() for word in words) > len(words) / 2
