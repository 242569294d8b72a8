"""What is written of an answer, with what leaving sentences out would leave behind closed up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rag.answering.citing.segments import Kind, Piece


class Sheet:
    """Collects text; where something was left out, no empty items and no double blank lines stay behind."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._begun = False
        self._left: str | None = None  # what stood before what was left out last

    def taken(self) -> str:
        """What was written since this was last asked."""
        written, self._pieces = "".join(self._pieces), []
        return written

    def write(self, text: str) -> None:
        """Write text that follows what `lead` wrote."""
        if text:
            self._pieces.append(text)
            self._begun = True

    def lead(self, pieces: Sequence[Piece]) -> None:
        """Write the white space, bullets and borders before a sentence that stays."""
        raw = "".join(piece.raw for piece in pieces if piece.kind is not Kind.MARKER)
        self.write(raw if self._left is None else self._closed_up(self._left, raw))
        self._left = None

    def leave(self, pieces: Sequence[Piece]) -> None:
        """Keep what stands before a sentence that is left out for the next one; borders of cells are written."""
        borders = [place for place, piece in enumerate(pieces) if piece.kind is Kind.CELL]
        if borders:
            self.lead(pieces[: borders[-1] + 1])
            pieces = pieces[borders[-1] + 1 :]
        raw = "".join(piece.raw for piece in takewhile(lambda piece: piece.kind is not Kind.MARKER, pieces))
        if raw or not borders:
            self._left = raw if self._left is None else self._closed_up(self._left, raw)

    def end(self, pieces: Sequence[Piece]) -> None:
        """Write what stands after the last sentence, unless it was left out."""
        if self._left is None or any(piece.kind is Kind.CELL for piece in pieces):
            self.lead(pieces)

    def _closed_up(self, left: str, raw: str) -> str:
        """One beginning out of that of what was left out and that of what follows."""
        if "\n" not in raw:
            return left
        lines = raw[: raw.rindex("\n") + 1]
        beginning = raw[len(lines) :]
        if not self._begun:
            return beginning
        return max(left[: left.rfind("\n") + 1], lines, key=lambda breaks: breaks.count("\n")) + beginning
