"""Streaming Markdown -> pieces that are whole however the stream was cut: text, markers, code, line ends.

Blocks of code stand between fences (` ``` ` or `~~~`), to the end where they are not closed; other code and maths
is what `verbatim` says. A reader of an answer tells in the same way what is code or maths in it: `[1]` in there is
none of our markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rag.answering.citing.brackets import LONGEST, Surroundings, bracket_at, square_reading
from rag.answering.citing.markers import NumberedPapers
from rag.answering.citing.verbatim import UnfinishedError, code_at, maths_at
from rag.types import Paper

_LONGEST_OPENING = 100  # of a fence, with the language it names
_AHEAD = 12  # characters that tell whether a sentence begins
_REMEMBERED = 80  # characters of the line, by which a bracket is told

_BLANK = re.compile(r"[^\S\n]+")
_WORDS = re.compile(r"[^\s*`$\\\[(【|.!?…]+(?: [^\s*`$\\\[(【|.!?…]+)*+")
_STARS = re.compile(r"\*{1,3}")
_STOP = re.compile(r"[.!?…]+")
_CLOSING = re.compile(r"[\"'”’»*_~)\]}]+")
_CLOSING_BUT_STARS = re.compile(r"[\"'”’»_~)\]}]+")  # stars may stand around a marker
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)]|#{1,6})(?=\s)|>")
_MAY_BE_ITEM = re.compile(r"[-*+]|\d{1,3}[.)]?|#{1,6}")
_FENCE = re.compile(r"`{3,}|~{3,}")
_FENCE_LINE = re.compile(r"[ \t>]{0,16}(?P<run>`{0,100}|~{0,100})[ \t]{0,16}")


class Kind(Enum):
    """What a piece is."""

    TEXT = auto()
    BLANK = auto()  # white space within a line
    BREAK = auto()  # the end of a line
    PREFIX = auto()  # what makes a line an item, a heading, a quotation
    CELL = auto()  # the border of a table's cell
    MARKER = auto()
    BLOCK = auto()  # code or maths on lines of its own


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer: written as `raw`, read as `plain`; a marker has the `papers` it names.

    `ahead` is what follows where a sentence may begin; `claims` is False in headings and the heads of tables.
    """

    kind: Kind
    raw: str
    plain: str = ""
    papers: tuple[Paper, ...] = ()
    ahead: str = ""
    claims: bool = True


class Segmenter:
    """Takes the deltas of a stream and gives the pieces that are certain."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = NumberedPapers(papers)
        self._text = ""
        self._whole = False
        self._before = ""  # on this line
        self._at_line_start = True
        self._after_marker = False
        self._stopped = self._parted = False  # a stop came, and a blank after it
        self._claims = True
        self._row = self._row_before = False
        self._fence = ""  # what closes the block of code that is open
        self._fence_line = False

    def feed(self, text: str) -> Iterator[Piece]:
        """The pieces that the text so far makes certain."""
        self._text += text
        yield from self._pieces()

    def finish(self) -> Iterator[Piece]:
        """The pieces that were waiting for more."""
        self._whole = True
        yield from self._pieces()
        if self._fence:
            # What we write after it is no code.
            yield Piece(Kind.BLOCK, self._fence if self._fence_line else "\n" + self._fence)
            self._fence = ""

    def _pieces(self) -> Iterator[Piece]:
        at = 0
        try:
            while at < len(self._text):
                end, piece = self._code(at) if self._fence else self._next(at)
                self._remember(piece, self._text[at:end])
                at = end
                yield piece
        except UnfinishedError:
            pass
        finally:
            self._text = self._text[at:]

    def _remember(self, piece: Piece, source: str) -> None:
        kind = piece.kind
        if kind is Kind.BREAK:
            self._before, self._at_line_start, self._claims = "", True, True
            self._row_before, self._row = self._row, False
        elif kind not in (Kind.BLANK, Kind.PREFIX):
            self._at_line_start = False
        if kind is not Kind.BREAK:
            self._before = (self._before + source[-_REMEMBERED:])[-_REMEMBERED:]
        if kind is Kind.MARKER:
            self._after_marker = True
        elif kind is not Kind.BLANK and source != ",":
            self._after_marker = False
        if kind in (Kind.BLANK, Kind.BREAK):
            self._parted = self._stopped
        elif kind is Kind.TEXT:
            closes = self._stopped and not self._parted and _CLOSING.fullmatch(source) is not None
            self._stopped = closes or _STOP.fullmatch(source) is not None
            self._parted = False

    def _code(self, at: int) -> tuple[int, Piece]:
        """Some of the code in an open fence, its last line included."""
        text = self._text
        if self._fence_line:
            line = _FENCE_LINE.match(text, at)
            end = line.end() if line else at
            if end == len(text) and not self._whole:
                raise UnfinishedError
            if line and line["run"].startswith(self._fence) and text[end : end + 1] in ("\n", ""):
                self._fence = ""
                return end, Piece(Kind.BLOCK, text[at:end])
        newline = text.find("\n", at)
        self._fence_line = newline >= 0
        end = newline + 1 if newline >= 0 else len(text)
        return end, Piece(Kind.BLOCK, text[at:end])

    def _next(self, at: int) -> tuple[int, Piece]:
        text = self._text
        sign = text[at]
        if sign == "\n":
            return at + 1, Piece(Kind.BREAK, sign)
        if blank := _BLANK.match(text, at):
            return blank.end(), Piece(Kind.BLANK, blank[0])
        if self._at_line_start and (found := self._line_start(at)):
            return found
        if sign == "|" and self._row:
            return at + 1, Piece(Kind.CELL, sign, claims=self._claims)
        end, piece = self._inline(at)
        if piece.kind is Kind.TEXT:
            ahead = ""
            if self._stopped and self._parted:
                ahead = text[at : at + _AHEAD]
                if len(ahead) < _AHEAD and not self._whole and "\n" not in ahead:
                    raise UnfinishedError
            piece = Piece(Kind.TEXT, piece.raw, piece.plain, ahead=ahead.partition("\n")[0], claims=self._claims)
        return end, piece

    def _line_start(self, at: int) -> tuple[int, Piece] | None:
        text = self._text
        if text[at] == "|":
            self._row = True
            self._claims = self._row_before
            return at + 1, Piece(Kind.CELL, "|", claims=self._claims)
        if item := _ITEM.match(text, at):
            self._claims = not item[0].startswith("#")
            return item.end(), Piece(Kind.PREFIX, item[0])
        if not self._whole and (begun := _MAY_BE_ITEM.match(text, at)) and begun.end() == len(text):
            raise UnfinishedError
        if text[at] not in "`~":
            return None
        rest = text[at : at + _LONGEST_OPENING]
        line, newline, _ = rest.partition("\n")
        if set(line) == {text[at]} and len(line) < 3 and not newline and not self._whole:
            raise UnfinishedError
        if not (fence := _FENCE.match(text, at)):
            return None
        if not newline and len(rest) < _LONGEST_OPENING and not self._whole:
            raise UnfinishedError
        if "`" in line[len(fence[0]) :] and line[0] == "`":
            return None
        self._fence, self._fence_line = line[: len(fence[0])], False
        return at + len(self._fence), Piece(Kind.BLOCK, self._fence)

    def _inline(self, at: int) -> tuple[int, Piece]:
        text = self._text
        sign = text[at]
        if stars := _STARS.match(text, at):
            return self._emphasis(at, stars[0])
        if self._stopped and not self._parted and (closing := _CLOSING_BUT_STARS.match(text, at)):
            return closing.end(), Piece(Kind.TEXT, closing[0], closing[0])
        if words := _WORDS.match(text, at):
            return words.end(), Piece(Kind.TEXT, words[0], words[0])
        if stop := _STOP.match(text, at):
            return stop.end(), Piece(Kind.TEXT, stop[0], stop[0])
        if sign in "`$\\":
            return self._verbatim(at)
        if sign in "[(【":
            return self._bracket(at)
        return at + 1, Piece(Kind.TEXT, sign, sign)

    def _bracket(self, at: int) -> tuple[int, Piece]:
        found = bracket_at(self._text, at, self._around(), self._papers)
        if found.reading is not None:
            return found.end, self._marker(found.reading.papers)
        return found.end, Piece(Kind.TEXT, found.raw, found.plain)

    def _emphasis(self, at: int, stars: str) -> tuple[int, Piece]:
        """Stars, or a marker that stands alone between them."""
        text = self._text
        inside = at + len(stars)
        if inside == len(text) and not self._whole:
            raise UnfinishedError
        if text[inside : inside + 1] in ("[", "(", "【"):
            found = bracket_at(text, inside, self._around(), self._papers)
            if found.reading is not None:
                closing = text[found.end : found.end + len(stars)]
                if closing == stars:
                    return found.end + len(stars), self._marker(found.reading.papers)
                if stars.startswith(closing) and not self._whole:
                    raise UnfinishedError
        return inside, Piece(Kind.TEXT, stars, stars)

    def _marker(self, papers: tuple[Paper, ...]) -> Piece:
        # Directly after a backslash a marker would read as escaped.
        return Piece(Kind.MARKER, " " if self._before.endswith("\\") else "", papers=papers)

    def _around(self) -> Surroundings:
        return Surroundings(self._before, self._after_marker, self._whole)

    def _verbatim(self, at: int) -> tuple[int, Piece]:
        """Code, maths, an escaped sign, or a marker whose brackets are escaped."""
        text = self._text
        span = (code_at if text[at] == "`" else maths_at)(text, at, whole=self._whole)
        if span.inside and text.startswith(r"\[", at) and len(span.inside) <= LONGEST:
            reading = square_reading(span.inside, self._around(), self._papers)
            if reading is not None:
                return span.end, self._marker(reading.papers)
        kind = Kind.BLOCK if span.display and self._at_line_start else Kind.TEXT
        return span.end, Piece(kind, text[at : span.end], span.plain)
