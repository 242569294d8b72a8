"""Streaming Markdown -> pieces that are whole however the stream was cut: text, markers, code, line ends.

Code is what stands between fences (` ``` ` or `~~~`, to the end where they are not closed) and between runs of
backticks on one line; maths between `$`, `$$`, `\\(`, `\\[` and their ends. A span that is not closed within its line
(`$$` and `\\[`: its paragraph) and some hundred characters is plain text. A reader of an answer tells in the same
way what is code or maths in it; `[1]` in there is none of our markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rag.answering.brackets import LONGEST, Surroundings, UnfinishedError, bracket_at, square_reading
from rag.answering.markers import NumberedPapers
from rag.library.text import readable
from rag.types import Paper

_LONGEST_CODE, _LONGEST_FORMULA, _LONGEST_DISPLAY = 200, 160, 1000  # characters
_LONGEST_OPENING = 100  # of a fence, with the language it names
_AHEAD = 12  # characters that tell whether a sentence begins

_BLANK = re.compile(r"[^\S\n]+")
_WORDS = re.compile(r"[^\s`$\\\[(【|.!?…]+(?: [^\s`$\\\[(【|.!?…]+)*+")
_STOP = re.compile(r"[.!?…]+")
_CLOSING = re.compile(r"[\"'”’»*_~)\]}]+")
_TICKS = re.compile(rf"`{{1,{_LONGEST_CODE}}}")
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
            self._before = (self._before[-LONGEST:] + source)[-LONGEST:]
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
        if self._stopped and not self._parted and (closing := _CLOSING.match(text, at)):
            return closing.end(), Piece(Kind.TEXT, closing[0], closing[0])
        if words := _WORDS.match(text, at):
            return words.end(), Piece(Kind.TEXT, words[0], words[0])
        if stop := _STOP.match(text, at):
            return stop.end(), Piece(Kind.TEXT, stop[0], stop[0])
        if sign == "`":
            return self._code_span(at)
        if sign == "$":
            return self._dollars(at)
        if sign == "\\":
            return self._backslash(at)
        if sign in "[(【":
            return self._bracket(at)
        return at + 1, Piece(Kind.TEXT, sign, sign)

    def _bracket(self, at: int) -> tuple[int, Piece]:
        found = bracket_at(self._text, at, self._around(), self._papers)
        if found.reading is not None:
            return found.end, self._marker(found.reading.papers)
        return found.end, Piece(Kind.TEXT, found.raw, found.plain)

    def _marker(self, papers: tuple[Paper, ...]) -> Piece:
        # Directly after a backslash a marker would read as escaped.
        return Piece(Kind.MARKER, " " if self._before.endswith("\\") else "", papers=papers)

    def _around(self) -> Surroundings:
        return Surroundings(self._before, self._after_marker, self._whole)

    def _code_span(self, at: int) -> tuple[int, Piece]:
        ticks = _TICKS.match(self._text, at)
        run = ticks[0] if ticks else "`"
        inside = at + len(run)
        if inside == len(self._text) and not self._whole and len(run) < _LONGEST_CODE:
            raise UnfinishedError
        end = self._closed(inside, rf"(?<!`){run}(?!`)" if len(run) < 10 else r"(?!)", "\n", _LONGEST_CODE)
        if end < 0:
            return inside, Piece(Kind.TEXT, run, run)
        return end, Piece(Kind.TEXT, self._text[at:end], self._text[inside : end - len(run)].strip())

    def _dollars(self, at: int) -> tuple[int, Piece]:
        text = self._text
        if at + 1 == len(text) and not self._whole:
            raise UnfinishedError
        if text.startswith("$$", at):
            end = self._closed(at + 2, r"\$\$", "\n\n", _LONGEST_DISPLAY)
            return self._formula(at, end, 2)
        # As in Pandoc: no blank inside next to a dollar, no digit after the last, so that prices are text.
        end = -1
        if text[at + 1 : at + 2].strip():
            end = self._closed(at + 1, r"(?<=[^\s\\])\$(?!\d)", "\n", _LONGEST_FORMULA)
        return self._formula(at, end, 1)

    def _backslash(self, at: int) -> tuple[int, Piece]:
        text = self._text
        following = text[at + 1 : at + 2]
        if not following and not self._whole:
            raise UnfinishedError
        if following == "(":
            end = self._closed(at + 2, r"\\\)", "\n", _LONGEST_FORMULA)
            return self._formula(at, end, 2)
        if following == "[":
            end = self._closed(at + 2, r"\\\]", "\n\n", _LONGEST_DISPLAY)
            if 0 < end <= at + LONGEST:
                reading = square_reading(text[at + 2 : end - 2], self._around(), self._papers)
                if reading is not None:
                    return end, self._marker(reading.papers)
            return self._formula(at, end, 2)
        if following and following in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\\":
            return at + 2, Piece(Kind.TEXT, text[at : at + 2], following)
        return at + 1, Piece(Kind.TEXT, "\\", "\\")

    def _formula(self, at: int, end: int, width: int) -> tuple[int, Piece]:
        """The maths that was found up to `end`, or its opening sign as text if -1."""
        text = self._text
        if end < 0:
            return at + width, Piece(Kind.TEXT, text[at : at + width], text[at : at + width].lstrip("\\"))
        inside = text[at + width : end - width].strip()
        if self._at_line_start and (width == 2 and text[at + 1] != "("):
            return end, Piece(Kind.BLOCK, text[at:end])
        return end, Piece(Kind.TEXT, text[at:end], readable(f"${inside}$") if "\\" in inside else inside)

    def _closed(self, at: int, close: str, never: str, longest: int) -> int:
        """The end of the span whose inside begins at `at`; -1 if it is not closed, or `never` comes first."""
        text = self._text
        until = at + longest
        stop = text.find(never, at, until)
        found = re.compile(close).search(text, at, stop if stop >= 0 else until)
        # What closes may go on: a run of backticks, a digit after a dollar.
        if not self._whole and len(text) <= until and stop < 0 and (found is None or found.end() == len(text)):
            raise UnfinishedError
        return found.end() if found else -1
