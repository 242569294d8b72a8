"""Whether what a claim names is named in the papers it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.support.amounts import amounts
from rag.index.terms import analyse
from rag.retrieval.answerability import mentions
from rag.retrieval.question import names
from rag.types import Paper

_ADDRESS = re.compile(r"https?://[^\s)\]>]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|net|edu)/[^\s)\]>]+")

_DEFINED = re.compile(r"(?P<words>(?:[\w-]+\s+){2,6})\((?P<short>[A-Z][\w-]{1,7})\)")


def unnamed(claim: str, papers: Sequence[Paper]) -> list[str]:
    """The names and addresses in a claim that none of the papers has, in order.

    A paper has a name if its title or abstract does, in any case or hyphenation, spelt out or as initials, or if
    it is of an author or of the venue.
    """
    written = [found[0].rstrip(".,;:") for found in _ADDRESS.finditer(claim)]
    missing = [address for address in written if not any(_squashed(address) in _text(paper) for paper in papers)]
    claim = _DEFINED.sub(_without_definition, claim)
    rest = list(_ADDRESS.sub(" ", claim))
    for amount in amounts("".join(rest)):
        rest[amount.start : amount.end] = " " * (amount.end - amount.start)
    return missing + [name for name in names("".join(rest)) if not any(_has(paper, name) for paper in papers)]


def _without_definition(found: re.Match[str]) -> str:
    """A name without the abbreviation that the claim makes of it: Tidal Memory Transformer (TMT)."""
    initials = {word[0].casefold() for word in re.findall(r"[^\W\d_]+", found["words"])}
    return found["words"] if found["short"][0].casefold() in initials else found[0]


def _has(paper: Paper, name: str) -> bool:
    if _occurs(paper, name) or _abbreviated(paper, name):
        return True
    # What is joined to a name in lower case is no part of it: "M2-like", "GPT-based".
    parts = [part for part in re.split(r"[-\s/]", name) if part != part.lower() or any(map(str.isdigit, part))]
    if any(map(str.isdigit, name)):
        return " ".join(parts) != re.sub(r"[-\s/]", " ", name) and bool(parts) and _occurs(paper, " ".join(parts))
    return mentions(paper, name) or (len(parts) > 0 and parts != [name] and all(_has(paper, part) for part in parts))


def _occurs(paper: Paper, name: str) -> bool:
    """Whether a paper writes a name, however it joins its letters and numbers: GPT-4, GPT4, GPT 4s."""
    pieces = re.findall(r"\d+|[^\W\d_]+", name)
    written = r"[\W_]{0,2}".join(map(re.escape, pieces))
    written = written.removesuffix("s")
    return bool(re.search(rf"(?<![^\W_]){written}s?(?![^\W_])", _all(paper), re.IGNORECASE))


def _abbreviated(paper: Paper, name: str) -> bool:
    words = re.findall(r"[^\W_]+", name)
    initials = "".join(word[0] for word in words).casefold()
    return len(words) > 1 and bool({initials, f"{initials}s"} & set(analyse(_all(paper))))


def _all(paper: Paper) -> str:
    return " ".join([paper.title, paper.abstract, *paper.authors, paper.venue or "", paper.url or ""])


def _text(paper: Paper) -> str:
    return _squashed(_all(paper))


def _squashed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
