"""Questions to start with, made from what a library holds."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from rag.index.terms import analyse
from rag.library.overview import overview
from rag.library.store import Library
from rag.retrieval.planning.full_names import named_authors
from rag.retrieval.question import content_terms

_LOOKED_AT = 500  # papers, the newest
_NAME = r"(?P<name>[A-Z]\w*(?:-\w+)*[A-Z]\w*(?:-\w+)*)"
_INTRODUCES = re.compile(rf"\b(?:called|dubbed|named|propose|introduce|present)\s+{_NAME}")
_ACHIEVES = re.compile(rf"\b{_NAME}\s+(?:achieves|outperforms|reduces|improves|surpasses|reaches)\b")


def suggestions(library: Library) -> tuple[str, ...]:
    """Up to four questions: on a method, on a result, on a topic of several papers, on an author."""
    papers = library.rows("SELECT title, abstract FROM papers ORDER BY key DESC LIMIT ?", (_LOOKED_AT,))
    made: list[str] = []
    abstracts = [abstract for _, abstract in papers]
    if introduced := _first_name(_INTRODUCES, abstracts, ()):
        made.append(f"What is {introduced}?")
    if achieving := _first_name(_ACHIEVES, abstracts, (introduced,)):
        made.append(f"What does {achieving} achieve?")
    if topic := _topic([title for title, _ in papers]):
        made.append(f"Which papers are about {topic}?")
    # A name of one word is not understood as an author's.
    if author := next((name for name in overview(library).author_names if named_authors(library, name)[0]), None):
        made.append(f"What has {author} worked on?")
    return tuple(made)


def _first_name(pattern: re.Pattern[str], abstracts: list[str], taken: tuple[str | None, ...]) -> str | None:
    """The first name the pattern finds that none of the others has taken."""
    found = (match["name"] for abstract in abstracts for match in pattern.finditer(abstract))
    return next((name for name in found if name not in taken), None)


def _topic(titles: list[str]) -> str | None:
    """The two neighbouring words that most titles share, if at least two do."""
    counts: Counter[tuple[str, ...]] = Counter()
    spelling: dict[tuple[str, ...], str] = {}
    for title in titles:
        words = re.findall(r"\w+|\S", title)
        pairs = {tuple(analyse(" ".join(pair))): " ".join(pair) for pair in pairwise(words)}
        for terms, pair in pairs.items():
            if len(terms) == 2 and len(content_terms(pair)) == 2 and min(map(len, pair.split())) > 2:
                counts[terms] += 1
                spelling.setdefault(terms, pair.lower())
    best = max(counts, key=lambda terms: (counts[terms], terms), default=None)
    return spelling[best] if best and counts[best] > 1 else None
