"""Citation keys: `maaten2008visualizing`, the same for a paper wherever it is handed on."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from rag.library.identity import title_key
from rag.library.merging import parsed
from rag.library.names import Name
from rag.types import Paper

_SKIPPED = frozenset("a an the on of in for to and with is are how what why".split())


def citation_keys(papers: Sequence[Paper]) -> list[str]:
    """A key for each paper, all different, of ASCII letters, digits and hyphens.

    A key is made of the paper alone: family name, year, first telling word of the title. Only where two papers
    of the list would have one key, or where a part has no Latin letters, each of them gets a hyphen and six digits
    made of its id. So a key depends neither on the order nor, save by such a pair, on what else is handed on.
    """
    plain = [_plain(paper) for paper in papers]
    times = Counter(plain)
    return [
        key if times[key] == 1 and key[-1:] != "-" else f"{key.rstrip('-')}-{_digits(paper)}"
        for key, paper in zip(plain, papers, strict=True)
    ]


def _plain(paper: Paper) -> str:
    """The key without its digits; one that must have them ends in a hyphen."""
    authors = parsed(paper.authors[:1])
    family = _ascii(Name(authors[0].family).key) if authors else "anonymous"
    words = [word for word in map(_ascii, title_key(paper.title).split()) if word]
    word = next((word for word in words if word not in _SKIPPED), words[0] if words else "")
    year = str(paper.year) if paper.year is not None else "nd"
    return f"{family or 'paper'}{year}{word}" + ("" if family and word else "-")


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


def _digits(paper: Paper) -> str:
    return hashlib.sha256(paper.id.encode()).hexdigest()[:6]
