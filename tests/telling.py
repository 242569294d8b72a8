"""Answers by one writer, asked for without the planner, and models that follow a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from threading import Event

from scripted import Shown, shown_papers

from rag.answering.citations import Numbering
from rag.answering.task import Means, Outcome, Pieces, Task
from rag.errors import LanguageModelError
from rag.index.indexes import Indexes
from rag.library.revision import Revision
from rag.types import Citation, Plan, Prompt


@dataclass
class Model:
    """Gives what `script` says of the papers in the prompt, or raises it; then fails with `failure` if there is one."""

    script: Callable[[list[Shown]], str | LanguageModelError]
    failure: LanguageModelError | None = None
    context_window: int = 4096
    max_output: int = 1024
    name: str = "scripted"
    prompts: list[Prompt] = field(default_factory=list)

    def stream(self, prompt: Prompt, stopping: Event) -> Generator[str, None, None]:
        self.prompts.append(prompt)
        answer = self.script(shown_papers({"messages": [{"content": prompt.turns[-1].content}]}))
        if isinstance(answer, LanguageModelError):
            raise answer
        for at in range(0, len(answer), 5):
            if stopping.is_set():
                return
            yield answer[at : at + 5]
        if self.failure:
            raise self.failure


@dataclass(frozen=True)
class Told:
    """A finished answer, whose markers and citations agree."""

    text: str
    outcome: Outcome
    citations: tuple[Citation, ...]

    @property
    def cited(self) -> list[str]:
        """The ids of the papers that are cited."""
        return sorted({citation.paper_id for citation in self.citations})

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table, as the outcome has it."""
        return [tuple(cell.text for cell in row) for row in self.outcome.table.rows] if self.outcome.table else []

    def section(self, heading: str) -> str:
        """What stands under the heading that begins so."""
        return self.text.partition(f"### {heading}")[2].partition("###")[0]


def task(indexes: Indexes, plan: Plan, model: object = None, question: str = "", *, strict: bool = False) -> Task:
    """The task of a plan, for a question if it is not the plan's own."""
    question = question or plan.question
    means = Means(indexes, Revision(indexes.library), model, strict=strict)  # type: ignore[arg-type]
    return Task(means, question, question, question, plan, (), Numbering(), Event())


def told(asked: Task, write: Callable[[Task], Pieces]) -> Told:
    """Everything a writer writes, checked for what every answer has to be."""
    pieces, text = write(asked), ""
    while True:
        try:
            text += next(pieces)
        except StopIteration as end:
            found = Told(text, end.value, asked.numbering.citations)
            break
    markers = dict.fromkeys(int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", text))
    assert list(markers) == [citation.marker for citation in found.citations]
    assert not (found.outcome.refused and found.citations)
    for citation in found.citations:
        paper = asked.means.indexes.library.paper(citation.paper_id)
        assert citation.quote
        assert citation.quote == paper.title or citation.quote in paper.abstract
    return found
