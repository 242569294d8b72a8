"""Answers by a language model, every sentence checked against the papers it was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from math import inf
from threading import Event

from rag.answering.citing.rewriter import Rewriter
from rag.answering.instructions import CANNOT_ANSWER
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.fence import unfenced
from rag.answering.llm.problems import ContextExceeded
from rag.answering.prompt import Asked
from rag.answering.support.amounts import amounts
from rag.answering.support.claims import numbers, plain
from rag.errors import LanguageModelError
from rag.retrieval.expectation import NUMBER, expected
from rag.types import Paper

_COUNTED_SHARE = 0.8
"""The share of the room that is filled, as models' own tokens may be shorter than those counted here."""
_SMALLER = 0.6
_ATTEMPTS = 4
_SAYING = r"(?:mention|contain|stat|provid|specif|report|sa[yi]|discuss|answer|includ|giv|address|describ|tell)\w*"
_DECLINING = re.compile(
    rf"\b(?:papers?|abstracts?|library|context|text|sources?)\b.{{0,40}}?\b(?:(?:do|does|did|can)(?: not|n't)|cannot)"
    rf" (?:\w+ )?(?:{_SAYING}|have)\b|\bno (?:papers?|abstracts?)\b.{{0,40}}?\b{_SAYING}\b"
    r"|\b(?:can(?:not| not|.t)|(?:unable|not able|(?:im|not )possible) to)[ _]"
    r"(?:be )?(?:answer|determine|find|say|tell)"
    r"|\bi (?:do not|don't) know\b"
    rf"|\bno (?:information|mention|answer)\b|\bnot {_SAYING} (?:in|by) (?:the|these|any)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(r"\b(?:twice|half|halv\w+|doubl\w+|tripl\w+|quadrupl\w+|dozens?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a model's answer.

    `text` is all that was shown of it, `unsupported` its sentences that no abstract supports; `declined`
    is whether it gave the word that it cannot answer.
    """

    text: str = ""
    unsupported: tuple[str, ...] = ()
    declined: bool = False
    problem: LanguageModelError | None = None

    @property
    def passages(self) -> tuple[str, ...]:
        """The text, if there is any, as `Outcome` has it."""
        return (self.text,) if self.text else ()


def write(
    model: LanguageModel,
    asking: Callable[[int], Asked],
    rewriting: Callable[[Sequence[Paper]], Rewriter],
    stopping: Event,
) -> Generator[str, None, Written]:
    """The answer as Markdown, as it arrives, with our markers in place of the model's.

    It raises no `LanguageModelError`: what went wrong is told at the end, and what was written before stays.

    Args:
        model: Who writes.
        asking: The prompt of at most so many tokens, and the papers in it.
        rewriting: What reads the model's text, given these papers.
        stopping: Set by another thread to end the answer.
    """
    rewriter: Rewriter | None = None
    problem: LanguageModelError | None = None
    written: list[str] = []
    try:
        papers, deltas = _begun(model, asking, stopping)
        with closing(deltas):
            beginning, declined = _beginning(deltas)
            if declined:
                return Written(declined=True)
            rewriter = rewriting(papers)
            for delta in chain([beginning], deltas):
                if piece := rewriter.feed(delta):
                    written.append(piece)
                    yield piece
    except LanguageModelError as error:
        problem = error
    if rewriter is None:
        return Written(problem=problem)
    if rest := rewriter.finish():
        written.append(rest)
        yield rest
    return Written("".join(written), rewriter.unsupported, problem=problem)


def declines(text: str, question: str) -> bool:
    """Whether a text says that the papers do not have an answer, and has no number but those of the question."""
    return bool(_DECLINING.search(text)) and numbers(text) <= numbers(question)


def evades(text: str, question: str) -> bool:
    """Whether a text has no amount but those of the question, which asks for one."""
    if expected(question) is not NUMBER:
        return False
    said, asked = ({each.value for each in amounts(plain(each))} for each in (text, question))
    return said <= asked and not _IN_WORDS.search(text)


def _begun(
    model: LanguageModel, asking: Callable[[int], Asked], stopping: Event
) -> tuple[tuple[Paper, ...], Generator[str, None, None]]:
    """The papers asked about and the text that arrives; with fewer where the model cannot read so much."""
    longest = inf
    for _ in range(_ATTEMPTS):
        asked = asking(int(min(longest, (model.context_window - model.max_output) * _COUNTED_SHARE)))
        if not asked.papers:
            break
        deltas = unfenced(model.stream(asked.prompt, stopping))
        try:
            first = next(deltas, "")
        except ContextExceeded:
            # Less than was asked, not than there was room for: a short prompt leaves most of that empty.
            longest = asked.tokens - (1 - _SMALLER) * asked.of_papers
            continue
        return asked.papers, _put_back(first, deltas)
    raise LanguageModelError(
        f"{model.name} cannot read a question with even one paper. "
        "Serve it with a larger context window, and set RAG_LLM_CONTEXT_WINDOW to that."
    )


def _put_back(first: str, deltas: Generator[str, None, None]) -> Generator[str, None, None]:
    with closing(deltas):
        yield first
        yield from deltas


def _beginning(deltas: Iterator[str]) -> tuple[str, bool]:
    """The text up to where it is no longer the word that says that there is no answer, and whether it was."""
    text = ""
    for delta in deltas:
        text += delta
        word = re.sub(r"[\W_]+", "_", text.upper()).strip("_")
        if word.startswith(CANNOT_ANSWER):
            return "", True
        if not CANNOT_ANSWER.startswith(word):
            break
    return text, False
