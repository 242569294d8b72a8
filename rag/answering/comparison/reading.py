"""An abstract read for a comparison: its sentences, their roles, and where it says what is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.comparison import cues
from rag.index.sentences import sentence_spans
from rag.retrieval.origin import compact
from rag.retrieval.roles import RoleScores, roles
from rag.types import Paper

_NAME = re.compile(r"[^:]{2,40}?(?=:| (?:for|with|via|from|in|on|to|by|of|that|using|and|as|meets?) )")


@dataclass(frozen=True, slots=True)
class Read:
    """An abstract cut into sentences, with their roles; at `contribution` stands what is new, under `name` maybe."""

    paper: Paper
    spans: list[tuple[int, int]]
    texts: list[str]
    scores: list[RoleScores]
    contribution: int
    name: str

    def place(self, at: int) -> float:
        """How far down a sentence stands, in [0, 1]."""
        return at / max(1, len(self.texts) - 1)

    def is_named(self, at: int) -> bool:
        """Whether the sentence has the name that the title gives to the paper's method."""
        return bool(self.name) and self.name in compact(self.texts[at])


def read(paper: Paper) -> Read:
    """The abstract of a paper, read."""
    spans = sentence_spans(paper.abstract)
    texts = [paper.abstract[start:end] for start, end in spans]
    scores = roles(texts)
    head = _NAME.match(paper.title)
    named = head is not None and head[0] in paper.abstract
    name = compact(head[0]) if head and named else ""
    return Read(paper, spans, texts, scores, _contribution(texts, scores, name), name)


def _contribution(texts: Sequence[str], scores: Sequence[RoleScores], name: str) -> int:
    """The place of the first sentence that says what is made, or else studied, or else of the likeliest."""
    told = (
        at for at, text in enumerate(texts) if cues.MAKES.search(text) or cues.STUDIES.search(text) or acts(text, name)
    )
    tried = (at for at, text in enumerate(texts) if cues.TRIES.search(text))
    likely = max(range(len(texts)), key=lambda at: scores[at].objective + scores[at].method / 2, default=0)
    return next(told, next(tried, likely))


def acts(text: str, name: str) -> bool:
    """Whether a sentence begins with the name of the paper's method and tells no result: "KelpNet counts fronds"."""
    return bool(name) and compact(text[:60]).startswith(name) and not cues.NUMBER.search(text)
