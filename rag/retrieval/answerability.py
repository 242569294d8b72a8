"""Whether the papers found can answer a question at all, told before an answer is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.index.sentences import sentences
from rag.index.terms import analyse
from rag.retrieval.evidence import overlap
from rag.retrieval.expectation import NUMBER
from rag.retrieval.quantities import asked_quantities
from rag.retrieval.question import content_terms, names
from rag.types import Hit, Paper

_FLOOR = 0.35
"""Below this sum of cosine and half the coverage a question without a name is about something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`hits` that may answer, best first, and if there are none, the words of the question that none has."""

    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()


def judge(question: str, hits: Sequence[Hit], idf: Mapping[str, float]) -> Verdict:
    """Which of `hits` (best first) can answer.

    A paper can if it has every name of the question, and what the question asks the amount of;
    a question without a name must be near enough. `idf` has the question's terms.
    """
    asked = names(question)
    named = [hit for hit in hits if all(mentions(hit.paper, name) for name in asked)]
    if not named:
        unknown = [name for name in asked if not any(mentions(hit.paper, name) for hit in hits)]
        return Verdict((), tuple(unknown))
    if not asked and named[0].cosine + overlap(idf, paper_terms(named[0].paper)) / 2 < _FLOOR:
        return Verdict(())
    unmeasured = [
        phrase for phrase, counted in asked_quantities(question) if not _measures(named[0].paper, phrase, counted)
    ]
    return Verdict((), tuple(unmeasured)) if unmeasured else Verdict(tuple(named))


def mentions(paper: Paper, name: str) -> bool:
    """Whether a paper has a name, in another case or number, or spelt out as its initials."""
    terms = paper_terms(paper)
    return all({term, f"{term}s", term.removesuffix("s")} & terms for term in analyse(name)) or _spells(paper, name)


def _measures(paper: Paper, phrase: str, counted: bool) -> bool:
    """Whether a sentence of a paper speaks of a quantity: by its initials or by most of its words.

    Most, as a "bit rate" is not a `frame rate`. What is counted has more names than a measure: for
    `training samples` half of the words or the last one do ("training images"), if a number stands by.
    """
    wanted = content_terms(phrase)
    initials = "".join(word[0] for word in phrase.split()).casefold()
    for sentence in (paper.title, *sentences(paper.abstract)):
        terms = set(analyse(sentence))
        held = sum(term in terms for term in wanted) / len(wanted)
        if held > 0.5 or (len(initials) > 1 and initials in terms):
            return True
        if counted and (held == 0.5 or wanted[-1] in terms) and NUMBER.search(sentence):
            return True
    return False


def paper_terms(paper: Paper) -> set[str]:
    """The terms of a paper's title and abstract."""
    return set(analyse(f"{paper.title}\n{paper.abstract}"))


def _spells(paper: Paper, name: str) -> bool:
    """Whether the initials of neighbouring words of the paper make the name: LLMs, RNN."""
    letters = re.sub(r"s$", "", name).casefold()
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", f"{paper.title} {paper.abstract}")).casefold()
    return len(letters) > 1 and letters.isalpha() and name[1:] != name[1:].casefold() and letters in initials
