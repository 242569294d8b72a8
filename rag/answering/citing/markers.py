"""What a language model means by what it writes in brackets: which of the papers it was given.

A model is told that its papers are numbered from 1. It names them by number (`1`, `1, 2`, `1-3`, `#1`,
`^1`, `1†source`), by number with a label (`Paper 1`, `sources 1 and 3`), or by author and year
(`Vale 2020`, `Vale et al., 2020`, `Vale and Oar, 2020; Reed, 2019`). Only this is read here; whether the
brackets stand where a citation would is for `brackets`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.library.names import Name, parse_name
from rag.types import Paper

Style = Literal["number", "label", "author", "name"]

_RANGE = r"[#^]?\s*(?P<first>\d{1,3})(?!\d)(?:\s*[-–—]\s*[#^]?\s*(?P<last>\d{1,3})(?!\d))?"
_NUMBER = re.compile(
    rf"(?P<label>(?:paper|source|reference|ref|document|doc|citation|abstract)s?\b\.?\s*)?{_RANGE}"
    r"(?P<place>†[^,;†]*)?",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?P<names>[^\d;]*?)(?P<comma>,?)\s*\(?(?P<year>(?:1[89]|20)\d\d)[a-z]?\)?(?=\s*(?:[,;]|$))", re.IGNORECASE
)
_NO_YEAR = re.compile(r"(?P<names>[^\d;,]+?\set\.?\sal\b\.?)(?=\s*(?:;|$))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\s)?|and\s|&)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:(?:see(?:\salso)?|e\.g\.,?|cf\.?|i\.e\.,?|as\sin)\s+)?", re.IGNORECASE)
_OTHERS = re.compile(r",?\s*(?:\bet\.?\sal\b\.?|\b(?:and|&)\s(?:others|colleagues)\b)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*(?:and\s|&)?|\band\b|&)\s*")
_INITIALS = re.compile(r"(?:[A-Z][. -]*){1,3}")
_JOINING = frozenset(
    "af al and av bin da das de dei del della den der di do dos du et el la le ten ter van von y".split()
)
_NO_AUTHOR = frozenset(
    """
    april august autumn december early fall february figure january july june late march may november october
    section september spring summer table version winter year
    """.split()
)
_LARGEST = 999  # a larger number is a year or an amount


@dataclass(frozen=True, slots=True)
class Reading:
    """The papers that brackets name, in order, each once; empty if they name none of those given.

    `style` says how surely this is a citation: a `label` or an `author` is one, a `number` may be an
    index or an interval, a `name` with a year that no paper has may be an event.
    """

    papers: tuple[Paper, ...]
    style: Style


class NumberedPapers:
    """The papers as the model knows them: `papers[i]` has the number i + 1."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = tuple(papers)
        self._of_family: dict[str, list[Paper]] = {}
        for paper in papers:
            for key in {key for author in paper.authors for key in _family_keys(author)}:
                self._of_family.setdefault(key, []).append(paper)

    def read(self, content: str) -> Reading | None:
        """What `content`, which stood between brackets, names; None if it is not the content of a marker.

        A list with 0 or a number above 999 is none, unless it is labelled.
        """
        place = _ASIDE.match(content).end()  # type: ignore[union-attr]  # matches the empty text
        found: list[Paper] = []
        styles: set[Style] = set()
        names = ""
        while True:
            if number := _NUMBER.match(content, place):
                first, last = int(number["first"]), int(number["last"] or number["first"])
                styles.add("label" if number["label"] or number["place"] else "number")
                if (first == 0 or last < first) and "label" not in styles:
                    return None
                found += self._papers[max(first - 1, 0) : last]
                place = number.end()
            elif dated := _YEAR.match(content, place) or _NO_YEAR.match(content, place):
                names = dated["names"].strip() or names
                style, papers = self._by_author(names, dated.groupdict())
                if style is None:
                    return None
                styles.add(style)
                found += papers
                place = dated.end()
            else:
                return None
            if not content[place:].strip():
                break
            between = _BETWEEN.match(content, place)
            if between is None:
                return None
            place = between.end()
        surest = next(style for style in ("label", "author", "number", "name") if style in styles)
        return Reading(tuple({paper.id: paper for paper in found}.values()), surest)

    def _by_author(self, names: str, dated: dict[str, str | None]) -> tuple[Style | None, list[Paper]]:
        """The paper of these authors, if there is one and only one; no style if these are no authors."""
        alone = _OTHERS.sub("", names).strip(" ,")
        written = [part for part in _AND.split(alone) if part and not _INITIALS.fullmatch(part)]
        if not written or not all(_may_be_author(part) for part in written):
            return None, []
        year = int(dated.get("year") or 0)
        keys = [_key(part) for part in written]
        papers = self._of_family.get(keys[0], [])
        if year:
            of_year = [paper for paper in papers if paper.year == year]
            papers = of_year or [paper for paper in papers if paper.year is None and len(papers) == 1]
        for narrower in (
            [paper for paper in papers if all(paper in self._of_family.get(key, []) for key in keys)],
            [paper for paper in papers if keys[0] in _family_keys(paper.authors[0])],
        ):
            papers = narrower if len(papers) > 1 and narrower else papers
        if len(papers) == 1:
            return "author", papers
        acronym = sum(letter.isupper() for letter in written[0]) > 2 and len(written[0].split()) == 1
        if acronym or any(word.casefold().strip(".") in _NO_AUTHOR for word in alone.split()):
            return (None if not papers else "author"), []
        certain = alone != names or len(written) > 1 or dated.get("comma") or bool(papers)
        return ("author" if certain else "name"), []


def may_go_on(content: str) -> bool:
    """Whether the beginning of what stands between brackets may still become the content of a marker.

    If not for a text, then not for any that begins with it; `content` that `read` reads always may.
    """
    words = content.split()
    whole = words if content[-1:].isspace() else words[:-1]
    return all(
        not word[:1].islower() or not word.isascii() or word.strip(".,;:&").casefold() in _GOING_ON for word in whole
    )


_GOING_ON = _JOINING | frozenset(
    """
    paper papers source sources reference references ref refs document documents doc docs citation citations
    abstract abstracts see also e.g cf i.e as in others colleagues
    """.split()
)


def _may_be_author(part: str) -> bool:
    words = part.split()
    if len(words) > 5 or not all(letter.isalpha() or letter in " .'’`-" for letter in part):
        return False
    if not any(sign.isalpha() for sign in part):
        return False
    capital = [not word[:1].islower() for word in words]
    return any(capital) and all(yes or word in _JOINING for yes, word in zip(capital, words, strict=True))


def _family_keys(author: str) -> set[str]:
    """The keys of an author's family name, with its particles and without them."""
    key = _key(author)
    return {key, key.rpartition(" ")[2]} - {""}


def _key(author: str) -> str:
    """What two spellings of the family name share; empty where there is no name."""
    try:
        return Name(parse_name(author).family).key
    except ValueError:
        return ""
