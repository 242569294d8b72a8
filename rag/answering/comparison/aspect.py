"""What a comparison asks about in particular, and the sentences of each paper that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.answering.citations import Numbering
from rag.answering.comparison import cues
from rag.answering.comparison.naming import called
from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.evidence import with_evidence
from rag.retrieval.question import content_terms
from rag.retrieval.roles import RoleScores, roles
from rag.types import Evidence, Hit

_OF_ANY_COMPARISON = frozenset(
    analyse(
        """
        compare compares compared comparing comparison comparisons contrast contrasts contrasting differ differs
        different difference differences differently diff versus vs similar similarity similarities common share
        shared shares side sides table tabular put set lay next weigh weighed against two three four five six
        seven eight both each other paper papers method methods approach approaches work works technique
        techniques article articles study studies way ways pro pros con cons rank prefer rather decide choose
        should stack relate related relationship overview summary main key please author authors ground same
        thing whats apart idea ideas model models algorithm algorithms framework frameworks respective
        respectively one ones row rows column columns problem problems data dataset datasets benchmark
        benchmarks result results limit limits limitation limitations code better best good evaluate evaluated
        evaluation size kind use uses used using would run why which do does claim small big improve improves
        proposed propose test tested tell out view look term terms regard regards respect concerning
        """
    )
)
_BACKGROUND = 0.6  # of the score of a sentence about what was before
_OWN = 0.1  # more for one that says what the paper makes
_NEAR_BEST = 0.85  # of the best sentence's score, for a second one
_MOST = 2
_STEM = 5  # letters: "compute" and "computation"


class Aspect(NamedTuple):
    """What a comparison asks about: the question without its subjects, and the terms that say it."""

    text: str
    terms: tuple[str, ...]


def aspect(question: str, subjects: Sequence[str]) -> Aspect | None:
    """What the question asks about besides its subjects; None if it only asks to compare."""
    rest = question
    for subject in sorted(subjects, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(subject)}(?:['’]s)?(?!\w)", " ", rest, flags=re.IGNORECASE)
    own = {term for subject in subjects for term in analyse(subject)}
    terms = [term for term in content_terms(rest) if term not in _OF_ANY_COMPARISON and term not in own]
    return Aspect(" ".join(rest.split()), tuple(terms)) if terms else None


def speaking(indexes: Indexes, asked: Aspect, hits: Sequence[Hit]) -> list[tuple[Hit, tuple[Evidence, ...]]]:
    """For each hit the sentences that speak of what is asked in its words, in order; none where no sentence does."""
    found = []
    for hit in with_evidence(indexes, asked.text, hits):
        told = {start: role for (start, _), role in zip(*_told(hit.paper.abstract), strict=True)}
        scored = [
            (_score(item, told[item.start]), item)
            for item in hit.evidence
            if item.field == "abstract" and _has(item.sentence, asked.terms)
        ]
        best = max((score for score, _ in scored), default=0.0)
        good = sorted((pair for pair in scored if pair[0] >= _NEAR_BEST * best), key=lambda pair: -pair[0])[:_MOST]
        found.append((hit, tuple(sorted((item for _, item in good), key=lambda item: item.start))))
    return found


def _told(abstract: str) -> tuple[list[tuple[int, int]], list[RoleScores]]:
    spans = sentence_spans(abstract)
    return spans, roles([abstract[start:end] for start, end in spans])


def _score(item: Evidence, role: RoleScores) -> float:
    share = _BACKGROUND if role.role == "background" and not cues.MAKES.search(item.sentence) else 1.0
    return share * item.score + _OWN * bool(cues.MAKES.search(item.sentence))


def _has(sentence: str, terms: Sequence[str]) -> bool:
    """Whether a sentence has one of the terms or a word of the same beginning, or its initials: "RL"."""
    held = analyse(sentence)
    if any(
        term in held or (len(term) > _STEM and any(each.startswith(term[:_STEM]) for each in held)) for term in terms
    ):
        return True
    initials = "".join(term[0] for term in terms)
    return len(terms) > 1 and initials in held


def answer(spoken: Sequence[tuple[Hit, Sequence[Evidence]]], numbering: Numbering) -> Iterator[str]:
    """What each paper says of it as Markdown, a bullet for each."""
    for place, (hit, sentences) in enumerate(spoken):
        said = " ".join(numbering.cited(hit.paper, item) for item in sentences)
        before = "\n" if place else ""
        yield f"{before}- {called(hit.paper)}: {said or 'the abstract does not speak of it in as many words.'}"
