"""The paper a name, a title or a part of it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.index.indexes import Indexes
from rag.index.terms import analyse
from rag.retrieval.answerability import judge, mentions
from rag.retrieval.question import content_terms, names
from rag.retrieval.search import search
from rag.types import Filters, Hit, Paper

_CONSIDERED = 20  # papers
_PAPER = re.compile(
    r"^(?:(?:about|on)\s+)?(?:the\s+|this\s+|that\s+|an?\s+)?(?:paper|article|work|study|publication)s?\s+(?:(?P<titled>(?:(?:is\s+)?"
    r"(?:called|titled|entitled|named)|with\s+the\s+title))|(?:of|on|about|that\s+\w+|which\s+\w+|introducing|with|behind|for))\s+",
    re.IGNORECASE,
)
_BOTH = 5  # papers
_SHORTEST_TITLE = 3  # words, which names may have as well
_INTRODUCES = r"\b(?:propos|introduc|present|develop|design|call|term|dub|nam|build|creat|releas)\w*\b[^.?!]{0,120}?"


def meant(indexes: Indexes, text: str, filters: Filters) -> tuple[list[Hit], list[Hit]]:
    """The hits whose papers `text` means, and the nearest ones if it means none.

    It means the paper that has it in its title; if it has names, for each the paper that is of that name, or
    "the paper on" them that mentions them; otherwise the best one, if that is near enough.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    scaffold = _PAPER.match(text)
    described = bool(scaffold and not scaffold["titled"])
    text = _PAPER.sub("", text).strip("\"'“”‘’*_.,: ") or text
    hits = search(indexes, text, _CONSIDERED, filters)
    if titled := [hit for hit in hits if _part_of(text, hit.paper.title)]:
        exact = [hit for hit in titled if analyse(text) == analyse(hit.paper.title)]
        return (exact or titled)[:1], []
    if _is_title(text) and not any(_part_of(text, f"{hit.paper.title}\n{hit.paper.abstract}") for hit in hits):
        return [], hits
    # In front of a name stands a word, so that it does not open a sentence.
    asked = names(f"of {text}")
    if not asked:
        verdict = judge(text, hits[:1], {term: indexes.terms.idf(term) for term in content_terms(text)})
        return list(verdict.hits), hits
    together = [hit for hit in hits if all(mentions(hit.paper, name) for name in asked)]
    if own := next((hit for hit in together if described or any(_is_of(hit.paper, name) for name in asked)), None):
        return [own], []
    each = [_named(indexes, name, filters) for name in asked]
    if all(each):
        return list({hit.paper.id: hit for found in each for hit in found}.values()), []
    return [], hits


def _is_title(text: str) -> bool:
    """Whether a text is written as titles are: several words, most of them with a capital."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    return len(words) > _SHORTEST_TITLE and sum(word[0].isupper() for word in words) > len(words) / 2


def held_together(indexes: Indexes, first: str, second: str) -> bool:
    """Whether a paper speaks of both names.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    keys = [key for key, _ in indexes.terms.search(analyse(f"{first} {second}"), _BOTH)]
    return any(mentions(paper, first) and mentions(paper, second) for paper in indexes.library.papers(keys))


def _named(indexes: Indexes, name: str, filters: Filters) -> list[Hit]:
    hits: Sequence[Hit] = search(indexes, name, _CONSIDERED, filters)
    return [hit for hit in hits if mentions(hit.paper, name) and _is_of(hit.paper, name)][:1]


def _is_of(paper: Paper, name: str) -> bool:
    """Whether a paper is where a name comes from, not one that only mentions it."""
    if _part_of(name, paper.title):
        return True
    written = rf"{re.escape(name)}(?!\w)"
    return bool(re.search(rf"{_INTRODUCES}(?<!\w){written}|(?:^|[.?!]\s){written}", paper.abstract, re.IGNORECASE))


def _part_of(text: str, title: str) -> bool:
    """Whether the terms of a text, which says more than grammar, stand in a title one after the other."""
    part, whole = analyse(text), analyse(title)
    starts = range(len(whole) - len(part) + 1)
    return bool(content_terms(text)) and any(whole[start : start + len(part)] == part for start in starts)
