"""What a writer of answers is given, and what it tells at the end."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answering.citations import Numbering
    from rag.answering.llm.client import LanguageModel
    from rag.index.indexes import Indexes
    from rag.library.revision import Revision
    from rag.types import Message, Plan, Table

EXTRACTIVE = "extractive"
"""What stands for the model's name where sentences are quoted."""


@dataclass(frozen=True, slots=True)
class Means:
    """What answers are made with.

    Attributes:
        indexes: Where papers are found.
        revision: The state of the library.
        model: The language model that writes; None to quote the abstracts.
        strict: Whether what the model writes is left out where no abstract supports it.
    """

    indexes: Indexes
    revision: Revision
    model: LanguageModel | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One question to answer.

    Attributes:
        means: What to answer with.
        question: The question as it was asked.
        standalone: The question with what it leaves unsaid.
        focus: What to look for in the papers.
        plan: How the question is understood.
        history: The turns before.
        numbering: Gives citations their markers.
        stopping: Set by another thread to end the answer.
    """

    means: Means
    question: str
    standalone: str
    focus: str
    plan: Plan
    history: Sequence[Message]
    numbering: Numbering
    stopping: Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to say of an answer besides its text; the fields of `Answer` of the same names."""

    refused: bool = False
    model: str = EXTRACTIVE
    unsupported: tuple[str, ...] = ()
    problem: str | None = None
    offers: tuple[str, ...] = ()
    table: Table | None = None
    written: tuple[str, ...] = ()


Pieces = Generator[str, None, Outcome]
"""The Markdown of an answer, piece by piece."""
