"""Language models by script: one that is faithful to the papers in its prompt, and one that alters a number."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.index.sentences import sentences
from rag.index.terms import analyse
from rag.library.identity import title_key
from rag.library.text import readable

_PAPER = re.compile(r"^\[(?P<number>\d+)\] (?P<title>.+)$(?P<rest>(?:\n(?!\[\d+\] |</papers>).*)*)", re.MULTILINE)
_ABSTRACT = re.compile(r"^(?:Abstract|Parts of the abstract): (?P<text>.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.,/\[(-])\d+(?:\.\d+)?(?![\w\])-]|[.,/]\d)")
# Ways in which models write that a sentence rests on paper 1.
_STYLES = ("{claim} [{n}].", "{claim}. [{n}]", "{claim} 【{n}】.", "{claim} [Paper {n}].", "{claim} ({n}).")


@dataclass(frozen=True)
class Shown:
    """A paper as a prompt shows it."""

    number: int
    title: str
    sentences: tuple[str, ...]


def shown_papers(request: dict[str, Any]) -> list[Shown]:
    """The papers in the prompt of a chat request."""
    text = request["messages"][-1]["content"]
    found = []
    for match in _PAPER.finditer(text):
        abstract = _ABSTRACT.search(match["rest"])
        parts = sentences(abstract["text"].replace(" … ", " ")) if abstract else []
        found.append(Shown(int(match["number"]), match["title"], tuple(parts)))
    return found


@dataclass(frozen=True)
class Claim:
    """A sentence about the paper with this number."""

    text: str
    number: int

    def __str__(self) -> str:
        style = _STYLES[zlib.crc32(self.text.encode()) % len(_STYLES)]
        return style.format(claim=self.text, n=self.number)


def faithful(request: dict[str, Any], titles: Sequence[str], groups: Sequence[Sequence[str]] = ()) -> list[Claim]:
    """The claims of an answer that cites exactly the papers with these titles; none when they are not there.

    Each claim restates a sentence of the abstract: one that says what a group of strings wants, or else the two
    that have most of the question's words.
    """
    wanted = {title_key(readable(title)) for title in titles}
    asked = set(analyse(request["messages"][-1]["content"].rpartition("Question:")[2]))
    claims = []
    for paper in shown_papers(request):
        if title_key(paper.title) not in wanted or not paper.sentences:
            continue
        saying = [item for item in paper.sentences if any(text in item for group in groups for text in group)]
        best = sorted(paper.sentences, key=lambda item: -len(asked & set(analyse(item))))
        claims += [Claim(_restated(item), paper.number) for item in (saying or best)[:2]]
    return claims


def altered(claim: Claim) -> Claim | None:
    """The claim with one of its numbers altered; None when it has none outside of names."""
    text = claim.text
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    place = places[zlib.crc32(text.encode()) % len(places)]
    return replace(claim, text=text[: place.start()] + _other(place[0]) + text[place.end() :])


def deltas(claims: Sequence[Claim]) -> Iterator[str]:
    """The claims as a server sends them: in pieces of a few characters that cut words and markers."""
    text = " ".join(map(str, claims))
    width = 7
    yield from (text[at : at + width] for at in range(0, len(text), width))


def _restated(sentence: str) -> str:
    """The sentence in the words of somebody else."""
    claim = re.sub(r"\b[Ww]e\b", "the authors", sentence).rstrip(". ")
    claim = re.sub(r"\b[Oo]ur\b", "their", claim)
    claim = re.sub(r"^(?:Furthermore|Moreover|Additionally|However|In addition|Specifically|To this end), ", "", claim)
    return claim[:1].upper() + claim[1:]


def _other(number: str) -> str:
    """Another number that looks like it."""
    digits = [*number]
    pairs = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and "." not in digits[at : at + 2]]
    if pairs and zlib.crc32(number.encode()) % 2:
        digits[pairs[0]], digits[pairs[0] + 1] = digits[pairs[0] + 1], digits[pairs[0]]
        return "".join(digits)
    at = next(at for at in range(len(digits) - 1, -1, -1) if digits[at] != ".")
    digits[at] = str((int(digits[at]) + 3) % 10)
    return "".join(digits)
