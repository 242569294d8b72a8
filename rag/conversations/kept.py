"""What is kept of conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.types import EVERYTHING, Answer, Citation, Filters

Rating = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in the list; `changed` is when something was last asked or answered, in seconds since 1970."""

    id: str
    title: str
    changed: float


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What there was of an answer when it was over: `answer` is there unless it was cut off."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    stopped: bool = False
    failure: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and what was written for it, which is nothing where its answer was never over.

    `key` names it in the file. `dropped` are parts of how the question was understood, by name and value,
    that the visitor did without. `repeatable` is whether these and the filters could be read: the question cannot be
    asked again otherwise.
    """

    question: str
    filters: Filters = EVERYTHING
    dropped: tuple[tuple[str, str], ...] = ()
    given: KeptAnswer = KeptAnswer()
    rating: Rating = ""
    key: int = 0
    repeatable: bool = True
