"""Scores of answers to questions with known papers and facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from rag.assistant import Assistant
from rag.errors import EvaluationError
from rag.library.identity import title_key
from rag.types import Answer, Message


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer cites (`titles`) and says.

    Each group of `must_include` needs one of its alternatives in the answer. Without titles the
    question is one that the library cannot answer.
    """

    kind: str
    question: str
    history: tuple[Message, ...]
    titles: tuple[str, ...]
    must_include: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the questions of one kind, all but `questions` in [0, 1].

    `refused`, `cites_gold_first` and `includes` are shares of the questions; `precision` and `recall`
    compare the titles cited with the gold ones, and are 1 for a question that has none and is refused.
    """

    questions: int
    refused: float
    cites_gold_first: float
    includes: float
    precision: float
    recall: float
