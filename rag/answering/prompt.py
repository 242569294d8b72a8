"""The prompt: instructions, what was said before, the numbered papers, the question; cut to fit the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from rag.answering.instructions import instructions
from rag.index.sentences import sentence_spans
from rag.index.tokens import count_tokens
from rag.types import Hit, Message, Paper, Prompt

_AUTHORS = 8  # named of a paper
_LONGEST_TITLE = 300  # characters
_FRAME = 8  # tokens around a turn or a paper
_JOINT = 2  # tokens between sentences
_HISTORY_SHARE = 0.25  # of the room, at most
_QUESTION_SHARE = 0.5
_MARKERS = re.compile(r"\s*\[(?:\d[\d,;\s–-]*|\?)\]")
_TAGS = re.compile(r"<(\s*/?\s*papers?\b[^>]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt with the papers in it; `papers[i]` has the number i + 1 there.

    `tokens` is how long it is, `of_papers` how much of that the papers are.
    """

    prompt: Prompt
    papers: tuple[Paper, ...]
    tokens: int
    of_papers: int


def prompt(question: str, kind: str, hits: Sequence[Hit], history: Sequence[Message], room: int) -> Asked:
    """The prompt for a question that stands on its own, of at most `room` tokens as `count_tokens` counts.

    `hits` are in order, best first, their evidence too. What does not fit is left out: first the turns of
    the history, oldest first; then the sentences that matter least; then the last papers. What is left if
    even a paper's first sentence is too long for the room is a part of the question.
    """
    system = instructions(kind)
    left = room - count_tokens(system) - 2 * _FRAME
    question = _shortened(" ".join(question.split()), int(left * _QUESTION_SHARE))
    left -= count_tokens(_last_turn("", question))
    blocks = [_Block(number, hit) for number, hit in enumerate(hits, 1)]
    used = sum(block.tokens for block in blocks)
    before = _recent(history, min(left - used, int(left * _HISTORY_SHARE)))
    _shed(blocks, left)
    of_papers = sum(block.tokens for block in blocks)
    papers = tuple(block.paper for block in blocks)
    turns = (*before, Message("user", _last_turn("\n\n".join(block.text() for block in blocks), question)))
    of_history = sum(count_tokens(turn.content) + _FRAME for turn in before)
    return Asked(Prompt(system, turns), papers, room - left + of_history + of_papers, of_papers)


def _last_turn(papers: str, question: str) -> str:
    return f"<papers>\n{papers}\n</papers>\n\nQuestion: {question}"


class _Block:
    """A paper as it stands in the prompt, with the sentences of its abstract that are kept."""

    def __init__(self, number: int, hit: Hit) -> None:
        self.paper = hit.paper
        self._head = _head(number, hit.paper)
        scores = {item.start: item.score for item in hit.evidence if item.field == "abstract"}
        spans = sentence_spans(hit.paper.abstract)
        self._sentences = {start: _as_data(hit.paper.abstract[start:end]) for start, end in spans}
        self._costs = {start: count_tokens(text) + _JOINT for start, text in self._sentences.items()}
        self._least_first = sorted(self._sentences, key=lambda start: (scores.get(start, 0.0), -start))
        self._scores = scores
        self.tokens = count_tokens(self._head) + _FRAME + sum(self._costs.values())

    def text(self) -> str:
        if not self._sentences:
            return self._head
        kept = list(self._sentences) == sorted(self._costs)
        name, joint = ("Abstract", " ") if kept else ("Parts of the abstract", " … ")
        return f"{self._head}\n{name}: {joint.join(self._sentences.values())}"

    @property
    def least(self) -> float:
        """The score of the sentence to leave out next; infinite where there is only one."""
        return self._scores.get(self._least_first[0], 0.0) if len(self._least_first) > 1 else inf

    def shed(self) -> None:
        """Leave the least sentence out."""
        start = self._least_first.pop(0)
        del self._sentences[start]
        self.tokens -= self._costs[start]


def _shed(blocks: list[_Block], room: int) -> None:
    """Leave sentences out of the blocks, the least of all first, and then blocks, the last first, until they fit."""
    used = sum(block.tokens for block in blocks)
    while used > room and blocks:
        block = min(reversed(blocks), key=lambda block: block.least)
        if block.least == inf:
            used -= blocks.pop().tokens
        else:
            used -= block.tokens
            block.shed()
            used += block.tokens


def _head(number: int, paper: Paper) -> str:
    names = "; ".join(paper.authors[:_AUTHORS]) + ("; and others" if len(paper.authors) > _AUTHORS else "")
    known = [f"Authors: {names}"] if names else []
    known += [f"Year: {paper.year}"] if paper.year else []
    known += [f"Venue: {paper.venue}"] if paper.venue else []
    lines = [f"[{number}] {paper.title[:_LONGEST_TITLE]}", ". ".join(known)]
    return "\n".join(_as_data(line, brackets=place > 0) for place, line in enumerate(lines) if line)


def _as_data(text: str, *, brackets: bool = True) -> str:
    """A text on one line that can neither end the papers nor be mistaken for the number of one."""
    text = _TAGS.sub(r"(\1)", " ".join(text.split()))
    return re.sub(r"\[(\s*\d[\d,;\s–-]*)\]", r"(\1)", text) if brackets else text


def _recent(history: Sequence[Message], room: int) -> tuple[Message, ...]:
    """The last turns that fit in `room` tokens, from a user's on and by turns; without the markers of their answers."""
    kept: list[Message] = []
    for turn in reversed(history):
        content = _MARKERS.sub("", turn.content).strip()
        expected = "user" if kept and kept[0].role == "assistant" else "assistant"
        if not content or turn.role != expected:
            continue
        room -= count_tokens(content) + _FRAME
        if room < 0:
            break
        kept.insert(0, Message(turn.role, content))
    return tuple(kept[1:] if kept and kept[0].role == "assistant" else kept)


def _shortened(text: str, room: int) -> str:
    """The beginning of a text that is at most `room` tokens long."""
    text = text[: 20 * max(0, room)]
    while text and count_tokens(text) > room:
        text = text[: len(text) * 3 // 4]
    return text
