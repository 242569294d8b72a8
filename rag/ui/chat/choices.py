"""Which papers visitors let answer, kept on the server: a reload of the page brings it back."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from rag.types import EVERYTHING, Filters


@dataclass(frozen=True, slots=True)
class Choice:
    """What one visitor has set.

    `papers` are the ids of those that alone may answer, empty for all; `conversation` is the id of the one
    that they were chosen for, "" for one in which nothing has been asked yet.
    """

    filters: Filters = EVERYTHING
    papers: tuple[str, ...] = ()
    conversation: str = ""


class Choices:
    """The choices of the last visitors, `most` at most. Methods may be called from any thread."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._of: OrderedDict[str, Choice] = OrderedDict()
        self._lock = Lock()

    def of(self, visitor: str) -> Choice:
        """What a visitor has set."""
        with self._lock:
            if visitor in self._of:
                self._of.move_to_end(visitor)
            return self._of.get(visitor, Choice())

    def set_filters(self, visitor: str, filters: Filters) -> None:
        """Keep the filters of a visitor."""
        with self._lock:
            self._put(visitor, replace(self._of.get(visitor, Choice()), filters=filters))

    def set_papers(self, visitor: str, papers: tuple[str, ...], conversation: str) -> None:
        """Keep the papers that a visitor has chosen for a conversation."""
        with self._lock:
            kept = self._of.get(visitor, Choice())
            self._put(visitor, replace(kept, papers=papers, conversation=conversation))

    def hand_over(self, visitor: str, to: str) -> None:
        """Give the choices of a visitor to another, who is the same person and has none."""
        with self._lock:
            if (choice := self._of.pop(visitor, None)) and to not in self._of:
                self._put(to, choice)

    def _put(self, visitor: str, choice: Choice) -> None:
        self._of.pop(visitor, None)
        if choice != Choice():
            self._of[visitor] = choice
        while len(self._of) > self._most:
            self._of.popitem(last=False)
