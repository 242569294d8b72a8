"""Papers in a model's words: theme by theme, or year by year, every sentence checked."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest

from rag.answering import abstracts, extractive, generative
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.problems import CutOff
from rag.answering.prompt import Asked, prompt
from rag.answering.quoting import example
from rag.answering.task import EXTRACTIVE, Outcome, Task
from rag.retrieval.contributions import Reading
from rag.types import Hit, Paper

Prose = Generator[str, None, tuple[Outcome, bool]]
_UNSUPPORTED = "No abstract supports what the language model wrote, so the papers are quoted instead."
_DECLINED = "The language model did not summarise the papers, so they are quoted instead."


def write(task: Task, model: LanguageModel, themes: Sequence[tuple[str, Sequence[Paper]]]) -> Prose:
    """What the papers of each theme (its label, its papers) are about; of a single one in the order of its papers.

    Papers of a single theme that it does not cite are quoted after it, and of a theme that it leaves out the first one.
    It tells at the end what came of it, and whether it will do: if not, all papers have to be quoted.
    """
    # The first paper of each theme before the second of any: a small window takes the first ones.
    turns = zip_longest(*([Hit(paper, 1.0, 0.0, Reading(paper).sentences) for paper in papers] for _, papers in themes))
    hits = [hit for hit in chain.from_iterable(turns) if hit is not None]
    question = f"{task.standalone} ({_wish([label for label, _ in themes if label])})"

    def asking(room: int) -> Asked:
        return prompt(question, task.plan.kind, hits, task.history, room)

    written = yield from generative.write(model, asking, partial(abstracts.rewriter, task), task.stopping)
    problem = str(written.problem) if written.problem else None
    told = Outcome(
        False,
        model.name if written.text else EXTRACTIVE,
        written.unsupported,
        problem,
        written=written.passages,
    )
    cited = task.numbering.papers_cited(written.text)
    if task.stopping.is_set():
        return told, True
    if cited and isinstance(written.problem, CutOff | None):
        yield from _also(task, themes, cited)
        return told, True
    if written.text:
        yield extractive.INSTEAD.rstrip("\n")
    return replace(told, problem=problem or (_UNSUPPORTED if written.text else _DECLINED)), False


def _also(task: Task, themes: Sequence[tuple[str, Sequence[Paper]]], cited: set[str]) -> Iterator[str]:
    """What the model left out: because it forgot it, or because its window had no room for it."""
    left = [[paper for paper in papers if paper.id not in cited] for _, papers in themes]
    if len(themes) > 1:
        left = [rest[:1] if len(rest) == len(papers) else [] for rest, (_, papers) in zip(left, themes, strict=True)]
    if any(left):
        yield "\n\nAlso:\n"
    for paper in chain.from_iterable(left):
        yield f"\n- {example(paper, task.numbering)}"


def _wish(labels: Sequence[str]) -> str:
    """What is asked of the model beside the question."""
    if not labels:
        return "Say what these papers contribute, in their order, a sentence on each."
    return f"Say what these papers contribute, theme by theme, a sentence or two on each. Themes: {'; '.join(labels)}."
