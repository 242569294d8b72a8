"""What a comparison is of: for each of its subjects the paper it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.index.indexes import Indexes
from rag.retrieval.filters import allowed_papers
from rag.retrieval.meant import Fit, Meant, papers_meant, spoken_of
from rag.retrieval.question import content_terms
from rag.retrieval.topical import on_topic
from rag.types import Filters, Hit, Paper

MOST = 8
"""How many papers are compared at most."""
_NEAREST = 3
_FITS_AS_WELL = 0.8  # of the best fit's score, for the next best in its place
_ALIKE, _MOST_ALIKE = 0.12, 10
_AROUND = 0.4  # of the cosine with what else is compared

_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_HOW_MANY = re.compile(
    rf"\b(?P<count>[2-8]|{'|'.join(_COUNTS)})\s+(?:[\w'’-]+\s+){{0,3}}?"
    r"(?:papers?|works?|stud(?:y|ies)|articles?|methods?|approaches|algorithms?|publications?|ones?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a comparison: `subject` as asked and its paper, None if the library has none; then `nearest`.

    Two sides have the same paper where it is the only one that speaks of both.
    """

    subject: str
    hit: Hit | None
    nearest: tuple[Paper, ...]


def sides(indexes: Indexes, subjects: Sequence[str], filters: Filters, question: str = "") -> list[Side]:
    """The sides of a comparison in the order of their subjects, each found by a search of its own.

    Of several papers of the same name the one that is nearest to the `question` and to the other sides is meant.
    A subject that only the paper of another side speaks of has that paper.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    found = _told_apart(indexes, [papers_meant(indexes, subject, filters) for subject in subjects], question)
    chosen = _assigned(found)
    papers = {place: hit.paper for place, hit in chosen.items()}
    return [
        Side(subject, chosen.get(place) or _elsewhere(subject, papers), _nearest(meant, chosen.get(place)))
        for place, (subject, meant) in enumerate(zip(subjects, found, strict=True))
    ]


def papers_compared(indexes: Indexes, question: str, topic: str, filters: Filters) -> list[Hit]:
    """The papers of a comparison that names none: of what `filters` leave, those on `topic`, best first.

    Without a topic the newest come first. They are as many as the question says ("the two papers on"), at most `MOST`.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    said = _HOW_MANY.search(question)
    most = MOST if said is None else int(_COUNTS.get(said["count"].casefold(), 0) or said["count"])
    if content_terms(topic):
        return on_topic(indexes, topic, filters)[:most]
    keys = allowed_papers(indexes.library, filters) or []
    papers = sorted(indexes.library.papers(keys), key=lambda paper: -(paper.year or 0))
    return [Hit(paper, 1.0, 0.0) for paper in papers[:most]]


def _told_apart(indexes: Indexes, found: Sequence[Meant], question: str) -> list[Meant]:
    """The same with papers that fit alike ordered by how near their titles are to what else is compared."""
    alike = [_alike(meant) for meant in found]
    told: list[Meant] = []
    for place, (meant, first) in enumerate(zip(found, alike, strict=True)):
        if len(first) < 2:
            told.append(meant)
            continue
        others = [of[0].hit.paper.title for at, of in enumerate(alike) if at != place and len(of) == 1]
        texts = [". ".join((question, *others)), *(fit.hit.paper.title for fit in first)]
        around, *titles = indexes.embedder.embed(texts)
        nearness = [float(title @ around) for title in titles]
        near = {fit.hit.paper.id: _AROUND * value + fit.score for fit, value in zip(first, nearness, strict=True)}
        first = sorted(first, key=lambda fit: -near[fit.hit.paper.id])
        # They keep the scores of their places, so that the order stays one.
        scores = sorted((fit.score for fit in first), reverse=True)
        again = [Fit(fit.hit, score) for fit, score in zip(first, scores, strict=True)]
        told.append(Meant((*again, *meant.fits[len(again) :]), meant.mentioning, meant.nearest))
    return told


def _alike(meant: Meant) -> list[Fit]:
    """The best fits that are nearly as good as the first."""
    return [fit for fit in meant.fits[:_MOST_ALIKE] if fit.score >= meant.fits[0].score - _ALIKE]


def _assigned(found: Sequence[Meant]) -> dict[int, Hit]:
    """For each place the best paper that no better fitting place has; one that has no other shares it."""
    chosen: dict[int, Hit] = {}
    taken: set[str] = set()
    order = sorted(range(len(found)), key=lambda place: -found[place].fits[0].score if found[place].fits else 0.0)
    for place in order:
        fits = found[place].fits
        if not fits:
            continue
        good = [fit for fit in fits if fit.score >= _FITS_AS_WELL * fits[0].score]
        free = next((fit for fit in good if fit.hit.paper.id not in taken), fits[0])
        chosen[place] = free.hit
        taken.add(free.hit.paper.id)
    return chosen


def _elsewhere(subject: str, papers: dict[int, Paper]) -> Hit | None:
    """The paper of another side that speaks of the subject."""
    speaking = next((paper for paper in papers.values() if spoken_of(paper, subject)), None)
    return Hit(speaking, 0.0, 0.0) if speaking else None


def _nearest(meant: Meant, chosen: Hit | None) -> tuple[Paper, ...]:
    if chosen is not None:
        return ()
    near = {hit.paper.id: hit.paper for hit in (*meant.mentioning, *meant.nearest)}
    return tuple(near.values())[:_NEAREST]
