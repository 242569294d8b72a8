"""Numbering what an answer cites."""

from __future__ import annotations

import re

from rag.types import Citation, Evidence, Paper

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_LOOKS_LIKE_A_MARKER = re.compile(r"\[(\s*\d+(?:\s*[,;–-]\s*\d+)*\s*|\?)\]")


class Numbering:
    """Gives each cited sentence of a paper its marker, counting from 1 by first use.

    A sentence that supports one claim and not another has a marker for each.
    """

    def __init__(self) -> None:
        self._citations: dict[tuple[str, str, bool], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the markers given so far stand for, in order."""
        return tuple(self._citations.values())

    def marker(self, paper: Paper, evidence: Evidence, supported: bool) -> str:
        """The marker for this sentence of this paper, such as `[2]`."""
        key = paper.id, evidence.sentence, supported
        if key not in self._citations:
            self._citations[key] = Citation(
                marker=len(self._citations) + 1,
                paper_id=paper.id,
                title=paper.title,
                authors=paper.authors,
                year=paper.year,
                venue=paper.venue,
                url=paper.url,
                quote=evidence.sentence,
                supported=supported,
            )
        return f"[{self._citations[key].marker}]"

    def cited(self, paper: Paper, evidence: Evidence) -> str:
        """This sentence of this paper as Markdown, with its marker."""
        return f"{quoted(evidence.sentence)} {self.marker(paper, evidence, supported=True)}"

    def papers_cited(self, text: str) -> set[str]:
        """The ids of the papers that a supported sentence of the text cites."""
        markers = {int(number) for number in _MARKER.findall(text)}
        return {each.paper_id for each in self.citations if each.marker in markers and each.supported}


def quoted(sentence: str) -> str:
    """A sentence of an abstract as Markdown: what looks like a marker or markup in it is made plain text."""
    plain = _LOOKS_LIKE_A_MARKER.sub(r"\\[\1\\]", sentence)
    if plain.count("*") > 1 or plain.count("`") > 1:
        plain = re.sub(r"([*`])", r"\\\1", plain)
    return plain


def bold(text: str) -> str:
    """A text as bold Markdown, which stars of its own do not end."""
    return f"**{_unstarred(text)}**"


def italic(text: str) -> str:
    """A text as Markdown in italics, which stars of its own do not end."""
    return f"*{_unstarred(text)}*"


def _unstarred(text: str) -> str:
    return quoted(text).replace(r"\*", "*").replace("*", r"\*")
