"""A conversation as a Markdown file with its references.

What visitors and models wrote may format (emphasis, lists, tables), but holds no HTML, images or links:
in the file, brackets that are not our own markers and angle brackets are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.conversations.kept import KeptTurn
from rag.errors import LibraryError
from rag.types import Citation, Paper

_INCOMPLETE = "(the list of authors is incomplete)"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%/?#=&+,;!()-]*)?")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED_OR_ACTIVE = re.compile(r"\\.|\[(\d{1,4}|\?)\](?![(:])|[<\[\]]", re.DOTALL)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def as_markdown(title: str, turns: Sequence[KeptTurn], find: Callable[[str], Paper]) -> str:
    """The whole conversation; its markers are numbered from 1 in the order of citing, one for each quoted sentence.

    `find` has the papers that are cited, by id, or raises LibraryError.
    """
    references = _References(find)
    parts = [f"# {_plain(title)}"]
    for turn in turns:
        parts += [f"## {_plain(turn.question)}", *_answered(turn, references)]
    if any("[?]" in turn.given.text for turn in turns):
        parts.append("*\\[?\\] follows a sentence that no abstract supports.*")
    if entries := list(references.entries()):
        parts += ["## References", *entries]
    return "\n\n".join(parts) + "\n"


def _answered(turn: KeptTurn, references: _References) -> Iterator[str]:
    given = turn.given
    if given.text:
        yield _answer(given.text.replace("\r\n", "\n"), given.citations, references)
    problem = given.failure or (given.answer.problem if given.answer else "")
    if problem:
        yield f"*{_plain(problem)}*"
    elif given.stopped or not given.answer:
        yield "*Stopped*" if given.stopped else "*Interrupted*"


def _answer(text: str, citations: Sequence[Citation], references: _References) -> str:
    known = {str(citation.marker): citation for citation in citations}

    def shown(found: re.Match[str]) -> str:
        if found[1] in known:
            return f"[{references.number(known[found[1]])}]"
        if found[0][0] == "\\" or found[1] == "?":
            return found[0]
        return re.sub(r"[<\[\]]", lambda bracket: f"\\{bracket[0]}", found[0])

    # Headings of an answer stand below its question.
    lines = (re.sub(r"^\s{0,3}#{1,6}\s+(.*?)[\s#]*$", r"### \1", line) for line in _UNSEEN.sub("", text).split("\n"))
    return _ESCAPED_OR_ACTIVE.sub(shown, "\n".join(lines))


class _References:
    """Numbers for quoted sentences in the order of citing."""

    def __init__(self, find: Callable[[str], Paper]) -> None:
        self._find = find
        self._cited: dict[tuple[str, str], tuple[int, Citation]] = {}

    def number(self, citation: Citation) -> int:
        place = (len(self._cited) + 1, citation)
        return self._cited.setdefault((citation.paper_id, citation.quote), place)[0]

    def entries(self) -> Iterator[str]:
        """Each paper once, with the sentences quoted of it."""
        papers: dict[str, list[tuple[int, Citation]]] = {}
        for number, citation in self._cited.values():
            papers.setdefault(citation.paper_id, []).append((number, citation))
        for cited in papers.values():
            marks = " ".join(f"[{number}]" for number, _ in cited)
            quotes = "\n>\n".join(f"> [{number}] {_quoted(citation)}" for number, citation in cited)
            yield f"{marks} {self._reference(cited[0][1])}\n\n{quotes}"

    def _reference(self, citation: Citation) -> str:
        known = [self._authors(citation), f"**{_plain(citation.title)}**"]
        known.append(", ".join(filter(None, (_plain(citation.venue or ""), str(citation.year or "")))))
        if citation.url:
            known.append(f"<{citation.url}>" if _ADDRESS.fullmatch(citation.url) else _plain(citation.url))
        return ". ".join(part.rstrip(".") for part in known if part)

    def _authors(self, citation: Citation) -> str:
        """The authors as the library has them now, and whether these are all."""
        try:
            paper = self._find(citation.paper_id)
        except LibraryError:
            return f"{_plain(', '.join(citation.authors))} (authors as known)" if citation.authors else ""
        authors = _plain(", ".join(paper.authors))
        return authors if paper.authors_complete or not authors else f"{authors} *et al.* {_INCOMPLETE}"


def _quoted(citation: Citation) -> str:
    said = "The abstract does not say this; the nearest sentence is: " if citation.supported is False else ""
    return f"{said}“{_plain(citation.quote)}”"


def _plain(text: str) -> str:
    """One line of Markdown that reads exactly as `text`."""
    return _PUNCTUATION.sub(lambda found: "\\" + found[0], " ".join(_UNSEEN.sub("", text).split()))
