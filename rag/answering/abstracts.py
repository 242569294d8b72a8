"""Answers from the abstracts that are found for a question: by the language model, or else quoted from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rag.answering import extractive, generative, metadata
from rag.answering.citing.rewriter import Rewriter
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.problems import CutOff
from rag.answering.prompt import Asked, prompt
from rag.answering.refusal import nearest_papers, of_paper, refusal
from rag.answering.support.checker import SupportChecker
from rag.answering.task import EXTRACTIVE, Outcome, Pieces, Task
from rag.retrieval.find import READ, find
from rag.types import Hit, Paper, Support

_UNSUPPORTED = "No abstract supports what the language model wrote. Ask in other words, or choose another model."
_EVASIVE = "The language model's answer does not say how much. Ask in other words, or choose another model."


def write(task: Task) -> Pieces:
    """The answer to a question of fact."""
    model = task.means.model if task.plan.asks == "contents" else None
    found = find(task.means.indexes, task.plan, task.focus, for_model=model is not None)
    if not found.hits:
        chosen = len(task.plan.filters.papers) == 1 and found.nearest
        told = of_paper(found.nearest[0], found.missing) if chosen else ""
        yield told or refusal(task.question, found.missing, found.nearest)
        return Outcome(refused=True)
    if task.plan.asks != "contents":
        yield from metadata.write(task.plan.asks, found.hits, task.numbering)
        return Outcome(refused=not task.numbering.citations)
    if model is None:
        yield from extractive.write(found.hits, task.numbering, beside=found.beside)
        return Outcome()
    return (yield from _by_model(task, model, found.hits, beside=found.beside))


def rewriter(task: Task, papers: Sequence[Paper]) -> Rewriter:
    """What checks the text of a model that was given these papers, and puts our markers in it."""
    indexes = task.means.indexes
    checker = SupportChecker(indexes.embedder, indexes.terms.idf, papers)
    return Rewriter(papers, partial(_checked, checker, task.standalone), task.numbering, strict=task.means.strict)


def _by_model(task: Task, model: LanguageModel, hits: Sequence[Hit], *, beside: bool) -> Pieces:
    """The model's answer; where it has none, or breaks off, quoted sentences take its place."""

    def asking(room: int) -> Asked:
        return prompt(task.standalone, task.plan.kind, hits, task.history, room)

    written = yield from generative.write(model, asking, partial(rewriter, task), task.stopping)
    nearest = [hit.paper for hit in hits[:READ]]
    problem = str(written.problem) if written.problem else None
    if written.declined:
        yield refusal(task.question, (), nearest)
        return Outcome(refused=True, model=model.name)
    if not task.numbering.citations and generative.declines(written.text, task.standalone):
        yield f"\n\n{nearest_papers(nearest)}"
        return Outcome(True, model.name, written.unsupported, problem, written=written.passages)
    supported = any(citation.supported for citation in task.numbering.citations)
    evasive = generative.evades(written.text, task.standalone)
    complete = supported and not evasive and (not written.problem or isinstance(written.problem, CutOff))
    if complete or task.stopping.is_set():
        if beside and not task.stopping.is_set():
            yield from _also(task, written.text)
        return Outcome(False, model.name, written.unsupported, problem, written=written.passages)
    if written.text:
        yield extractive.INSTEAD
    found = find(task.means.indexes, task.plan, task.focus)
    yield from extractive.write(found.hits, task.numbering, beside=found.beside)
    made_by = model.name if written.text else EXTRACTIVE
    problem = problem or (_EVASIVE if supported else _UNSUPPORTED)
    return Outcome(False, made_by, written.unsupported, problem, written=written.passages)


def _also(task: Task, text: str) -> Iterator[str]:
    """Of papers that the question names, those that the model's text does not cite, quoted."""
    cited = task.numbering.papers_cited(text)
    found = find(task.means.indexes, task.plan, task.focus)
    if left := [hit for hit in found.hits if hit.paper.id not in cited]:
        yield "\n\nAlso:\n\n"
        yield from extractive.write(left, task.numbering, beside=True)


def _checked(checker: SupportChecker, question: str, claim: str, cited: Sequence[Paper]) -> Support:
    # That the papers do not say something cannot be shown by a sentence of theirs.
    return Support(True) if not cited and generative.declines(claim, question) else checker(claim, cited)
