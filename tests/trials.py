"""Questions with known papers, answered by a faithful model, by a liar, or by a real one that writes nonsense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_server import ModelServer, Says
from scripted import Claim, altered, deltas, faithful

from rag.answering.instructions import CANNOT_ANSWER
from rag.assistant import Assistant
from rag.index.sentences import sentences
from rag.library.identity import title_key
from rag.library.text import readable
from rag.settings import Endpoint, Settings
from rag.types import Answer, Message

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")


@dataclass(frozen=True)
class Trial:
    """A question (`line` of an evaluation file), what the model said, and what became of it.

    `lie` is the sentence in which the model altered a number, if it did.
    """

    line: dict[str, Any]
    said: list[Claim]
    lie: Claim | None
    answer: Answer

    @property
    def wanted(self) -> set[str]:
        return {title_key(readable(title)) for title in self.line["titles"]}

    @property
    def cited(self) -> set[str]:
        """Whose papers the model's sentences cite, or all that are cited where it wrote nothing."""
        markers = {int(number) for number in _MARKER.findall("\n".join(self.answer.written or (self.answer.answer,)))}
        return {title_key(citation.title) for citation in self.answer.citations if citation.marker in markers}

    @property
    def marked(self) -> bool:
        """Whether a sentence of the answer is marked as unsupported."""
        return "[?]" in self.answer.answer and bool(self.answer.unsupported)


def scripted(library: Path, lines: Sequence[dict[str, Any]], *, lying: bool) -> Iterator[Trial]:
    """Each question answered from its gold papers, with one number altered where `lying`."""
    said: list[Claim] = []
    line: dict[str, Any] = {}
    lies: list[Claim] = []

    def answer(request: dict[str, Any]) -> Says:
        claims = faithful(request, line["titles"], line["must_include"])
        for place, claim in enumerate(claims):
            # Digests take several requests: the lie is in one of them.
            if lying and not lies and (lie := altered(claim)):
                claims[place] = lie
                lies.append(lie)
        said.extend(claims)
        return Says(list(deltas(claims)) or [CANNOT_ANSWER])

    with ModelServer(answer) as server, asking(library, server.url, "scripted") as ask:
        for line in lines:
            said[:], lies[:] = [], []
            answered = ask(line)
            yield Trial(line, list(said), lies[0] if lies else None, answered)


def asking(library: Path, url: str, model: str, **settings: Any) -> Any:
    """A way to ask the lines of an evaluation file of a library with this model."""
    return _Asking(Assistant(Settings(library, llm=Endpoint(model, url), **settings)))


class _Asking:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __enter__(self) -> Callable[[dict[str, Any]], Answer]:
        return lambda line: (
            self._assistant.ask(line["question"], tuple(Message(**turn) for turn in line.get("history", ()))).answer
        )

    def __exit__(self, *_: object) -> None:
        self._assistant.close()


def dangling(answer: Answer) -> set[int]:
    """Markers without a citation and citations without a marker."""
    markers = {int(number) for number in _MARKER.findall(answer.answer)}
    return markers ^ {citation.marker for citation in answer.citations}


def unmarked_numbers(answer: Answer) -> list[str]:
    """The model's sentences with a number that no sentence they cite has, and that are not marked."""
    if answer.refused:
        return []
    by_marker = {str(citation.marker): citation for citation in answer.citations}
    found = []
    for line in "\n".join(answer.written).splitlines():
        for sentence in re.findall(r".*?(?:(?:\s?\[(?:\d+|\?)\])+[.!?]?|$)", line):
            plain = _MARKER.sub("", sentence)
            cited = [by_marker[number] for number in _MARKER.findall(sentence) if number in by_marker]
            if "[?]" in sentence or any(citation.supported is False for citation in cited):
                continue
            held = {
                number
                for citation in cited
                for number in _NUMBER.findall(f"{citation.quote} {citation.title} {citation.year}")
            }
            if any(number not in held for number in _NUMBER.findall(re.sub(r"^\s*\d+[.)]\s", "", plain))):
                found.append(sentence)
    return found


def claim_count(answer: Answer) -> int:
    """How many sentences of an answer the model wrote."""
    if answer.refused:
        return 0
    return sum(len(sentences(_MARKER.sub("", passage))) for passage in answer.written)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of an evaluation file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
