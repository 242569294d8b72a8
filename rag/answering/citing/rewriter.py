"""What a language model streams -> what is shown: its markers become ours, every sentence is checked.

Decisions: a sentence ends where `sentence_spans` says, at a blank line, before a list item, heading, quotation,
table cell or code, and at the end of a line unless the next one goes on with a small letter. Markers after the
full stop belong to the sentence before it, and so do markers that are alone on a line, which is then closed up;
those that begin a line belong to the sentence they begin. Headings and heads of tables are only checked if they
have a digit, code and display maths never; markers in them are left out, as are those with no sentence before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.answering.citations import Numbering
from rag.answering.citing.placing import Placing
from rag.answering.citing.segments import Kind, Piece, Segmenter
from rag.answering.citing.sheet import Sheet
from rag.index.sentences import sentence_spans
from rag.types import Paper, Support

_RECENT = 180  # characters that tell whether a stop ends a sentence
_ENDS_WITH_STOP = re.compile(r"[.!?…][\"'”’»)\]}]*$")
_EMPHASIS = re.compile(r"(?<![^\W_])[*_~]+(?=\S)|(?<=\S)[*_~]+(?![^\W_])|\*{2,}|~~")
_PARTED_STOP = re.compile(r" (?=[.,;:!?](?: |$))")
_PARTS = (Kind.BREAK, Kind.PREFIX, Kind.CELL)


class Check(Protocol):
    """Says whether papers support a claim, and what should be cited for it."""

    def __call__(self, claim: str, cited: Sequence[Paper]) -> Support:
        """The support for `claim`, plain text, for which `cited` were cited."""


@dataclass(slots=True)
class _Sentence:
    lead: list[Piece]  # what stands before it, until it is written
    claims: bool
    body: list[Piece] = field(default_factory=list)  # what is held back of it
    begun: bool = False  # some of it is written
    plain: list[str] = field(default_factory=list)
    recent: str = ""
    cited: dict[str, Paper] = field(default_factory=dict)

    def add(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self.body.append(piece)
            plain = piece.plain if piece.kind is Kind.TEXT else "" if piece.kind is Kind.MARKER else " "
            self.plain.append(plain)
            self.recent = (self.recent + plain)[-_RECENT:]
            self.cited |= {paper.id: paper for paper in piece.papers}

    @property
    def holds_marker(self) -> bool:
        return any(piece.kind is Kind.MARKER for piece in self.body)

    @property
    def claim(self) -> str:
        text = " ".join(_EMPHASIS.sub("", "".join(self.plain)).split())
        return _PARTED_STOP.sub("", text)


class Rewriter:
    """Rewrites an answer while it streams; what `feed` and `finish` give, concatenated, is the answer.

    `papers[i]` is what the model knows as number i + 1. Text is given out as it comes, but for what may become
    a marker, and what follows a marker in its sentence; with `strict` whole sentences, those supported.
    """

    def __init__(self, papers: Sequence[Paper], check: Check, numbering: Numbering, *, strict: bool) -> None:
        self._segmenter = Segmenter(papers)
        self._papers = frozenset(paper.id for paper in papers)
        self._check = check
        self._numbering = numbering
        self._strict = strict
        self._sheet = Sheet()
        self._sentence: _Sentence | None = None
        self._tail: list[Piece] = []  # blanks, line ends and markers after the last text
        self._unsupported: list[str] = []

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The sentences so far that no paper supports, without markers; with `strict` they were left out."""
        return tuple(self._unsupported)

    def feed(self, text: str) -> str:
        """What can be shown after this delta."""
        for piece in self._segmenter.feed(text):
            self._take(piece)
        return self._sheet.taken()

    def finish(self) -> str:
        """The rest of the answer."""
        for piece in self._segmenter.finish():
            self._take(piece)
        self._sheet.end(self._close(len(self._tail)))
        self._tail = []
        return self._sheet.taken()

    def _take(self, piece: Piece) -> None:
        if piece.kind is Kind.TEXT:
            if self._sentence is None or not self._goes_on(piece):
                self._open(self._close(self._before_line()), piece.claims)
            elif self._tail:
                self._sentence.add(self._tail)
            self._tail = []
            self._say(piece)
        elif piece.kind is Kind.BLOCK:
            self._sheet.lead(self._close(self._before_line()))
            self._tail = []
            self._sheet.write(piece.raw)
        else:
            self._tail.append(piece)

    def _goes_on(self, piece: Piece) -> bool:
        """Whether the text belongs to the sentence before it."""
        sentence = self._sentence
        if sentence is None:
            return False
        parts = [part.kind for part in self._tail if part.kind in _PARTS]
        if parts and not (parts == [Kind.BREAK] and piece.raw[0].islower() and sentence.claims and piece.claims):
            return False
        return not (piece.ahead and _ended(sentence.recent, piece.ahead))

    def _before_line(self) -> int:
        """Up to where the markers of a tail that new text follows belong to the sentence before.

        Those on the text's own line are its own, and in a row those in its own cell and in the first ones.
        """
        kinds = [piece.kind for piece in self._tail]
        for kind in (Kind.BREAK, Kind.CELL):
            if kind in kinds:
                return len(kinds) - 1 - kinds[::-1].index(kind)
        return len(kinds) if self._sentence else 0

    def _open(self, lead: list[Piece], claims: bool) -> None:
        first = next((place for place, piece in enumerate(lead) if piece.kind is Kind.MARKER), len(lead))
        self._sentence = _Sentence(lead[:first], claims)
        self._sentence.add(lead[first:])

    def _say(self, piece: Piece) -> None:
        sentence = self._sentence
        if sentence is None:
            return
        sentence.add([piece])
        if not self._strict and not sentence.holds_marker:
            self._sheet.lead(sentence.lead)
            self._sheet.write("".join(held.raw for held in sentence.body))
            sentence.lead, sentence.body, sentence.begun = [], [], True

    def _close(self, end: int) -> list[Piece]:
        """End the sentence with its markers in the tail up to `end`; what is left of the tail."""
        own = next((at + 1 for at in range(end - 1, -1, -1) if self._tail[at].kind is Kind.MARKER), 0)
        mine, rest = self._tail[:own], self._tail[own:]
        sentence, self._sentence = self._sentence, None
        if sentence is None:
            if mine:
                self._sheet.leave(mine)
            return rest
        near, beyond = _parted_by_cells(mine)
        sentence.add(_closed_up(near))
        self._finish(sentence, beyond)
        return rest

    def _finish(self, sentence: _Sentence, beyond: list[Piece]) -> None:
        claim = sentence.claim
        cited = sentence.cited | {paper.id: paper for piece in beyond for paper in piece.papers}
        support = Support(supported=True)
        # A heading claims nothing, unless it has a number.
        if any(map(str.isdigit if not sentence.claims else str.isalnum, claim)):
            support = self._check(claim, tuple(cited.values()))
        if not support.supported:
            self._unsupported.append(claim)
            if self._strict:
                self._sheet.leave([*sentence.lead, *(p for p in (*sentence.body, *beyond) if p.kind is Kind.CELL)])
                return
        placing = Placing(support, self._papers, self._numbering)
        self._sheet.lead(sentence.lead)
        self._sheet.write(placing(sentence.body, beyond, begun=sentence.begun))


def _parted_by_cells(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Piece]]:
    """What belongs into a sentence's own cell, and the cells with nothing but markers that follow it in its row.

    Markers on lines of their own below a table are for its last sentence.
    """
    kinds = [piece.kind for piece in pieces]
    if Kind.CELL not in kinds:
        return pieces, []
    near = next(place for place, kind in enumerate(kinds) if kind in _PARTS)
    while near and kinds[near - 1] is Kind.BLANK:
        near -= 1
    last = len(kinds) - kinds[::-1].index(Kind.CELL)
    below = kinds.index(Kind.BREAK, last) if Kind.BREAK in kinds[last:] else len(kinds)
    return [*pieces[:near], *pieces[below:]], list(pieces[near:below])


def _closed_up(pieces: Sequence[Piece]) -> list[Piece]:
    """Markers without the ends and beginnings of the lines they stood on."""
    if not any(piece.kind in _PARTS for piece in pieces):
        return list(pieces)
    first = next(place for place, piece in enumerate(pieces) if piece.kind in _PARTS)
    closed = list(pieces[:first])
    for piece in pieces[first:]:
        if piece.kind is Kind.MARKER:
            closed += [Piece(Kind.BLANK, " "), piece]
    return closed


def _ended(recent: str, ahead: str) -> bool:
    """Whether a sentence that ends with `recent` ends there, `ahead` being what comes after it."""
    following = ahead.lstrip("*_~")
    if following[:1].islower() and following[:1].isascii():
        return False
    plain = _EMPHASIS.sub("", recent).rstrip()
    if not _ENDS_WITH_STOP.search(plain):
        return False
    if len(recent) == _RECENT:
        plain = "x " + plain.partition(" ")[2]
    if following[:1] in ("`", "["):
        following = "$" + following
    spans = sentence_spans(f"{plain} {following}")
    return any(end == len(plain) for _, end in spans[:-1])
