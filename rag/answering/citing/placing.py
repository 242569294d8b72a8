"""How a finished sentence is written: our markers where the model put its own, what the check adds at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.answering.citations import Numbering
from rag.answering.citing.segments import Kind, Piece
from rag.types import Grounds, Paper, Support

UNSUPPORTED = "[?]"

_CONNECTOR = re.compile(r"\s*(?:[,;]|(?:,\s*)?(?:and|or|&))?\s*")
_CLOSES_UP = re.compile(r"\s|[.,;:!?…)\]}\"”’|]")


@dataclass(slots=True)
class Placing:
    """Writes the markers of one sentence, in the order in which they stand in the answer."""

    support: Support
    papers: Collection[str]
    numbering: Numbering

    def __call__(self, body: Sequence[Piece], beyond: Sequence[Piece], *, begun: bool) -> str:
        """What is left to write of a sentence.

        `body` is what of it was held back, `begun` whether some of it was not; what is appended goes before
        `beyond`, which are the markers in table cells of their own.
        """
        written = self._cited(body, begun=begun)
        named = {paper.id for piece in (*body, *beyond) for paper in piece.papers}
        added = "".join(
            dict.fromkeys(self._marker(grounds) for grounds in self._known() if grounds.paper.id not in named)
        )
        added += "" if self.support.supported else UNSUPPORTED
        if added and not (body and body[-1].kind is Kind.MARKER and written.endswith("]")):
            written += " "
        return written + added + self._cited(beyond, begun=True)

    def _cited(self, pieces: Sequence[Piece], *, begun: bool) -> str:
        runs = _runs(pieces)
        written = ""
        place = 0
        while place < len(runs):
            run = runs[place]
            if isinstance(run, str):
                written += run
                place += 1
                continue
            end = _end_of_cluster(runs, place)
            markers = self._cluster(runs[place:end])
            following = runs[end] if end < len(runs) else ""
            if markers:
                written += markers
            elif not written and not begun and isinstance(following, str):
                runs[end : end + 1] = [following.lstrip()]
            elif not following or _CLOSES_UP.match(str(following)):
                written = written.rstrip()
            place = end
        return written

    def _cluster(self, runs: Sequence[str | tuple[Paper, ...]]) -> str:
        """Markers that follow each other: without commas and without repetitions."""
        written = connector = ""
        seen: set[str] = set()
        for run in runs:
            if isinstance(run, str):
                connector = run if re.search(r"[\w&]", run) else ""
                continue
            ours = {paper.id for paper in run}
            markers = [self._marker(grounds) for grounds in self._known() if grounds.paper.id in ours]
            fresh = [marker for marker in dict.fromkeys(markers) if marker not in seen]
            seen.update(fresh)
            if fresh:
                written += (connector if written else "") + "".join(fresh)
            connector = ""
        return written

    def _known(self) -> list[Grounds]:
        return [grounds for grounds in self.support.grounds if grounds.paper.id in self.papers]

    def _marker(self, grounds: Grounds) -> str:
        holds = self.support.supported and grounds.supported
        return self.numbering.marker(grounds.paper, grounds.evidence, holds)


def _runs(pieces: Sequence[Piece]) -> list[str | tuple[Paper, ...]]:
    """Text and groups of cited papers, in turn."""
    runs: list[str | tuple[Paper, ...]] = []
    text: list[str] = []
    for piece in pieces:
        text.append(piece.raw)
        if piece.kind is Kind.MARKER:
            if any(text):
                runs.append("".join(text))
            runs.append(piece.papers)
            text = []
    return [*runs, "".join(text)] if any(text) else runs


def _end_of_cluster(runs: Sequence[str | tuple[Paper, ...]], place: int) -> int:
    end = place + 1
    while end < len(runs):
        run = runs[end]
        if not isinstance(run, str):
            end += 1
        elif end + 1 < len(runs) and _CONNECTOR.fullmatch(run):
            end += 2
        else:
            break
    return end
