"""From a task to its answer, by the writer of its kind."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from threading import Event

from rag.answering.citations import Numbering
from rag.answering.provenance import provenance
from rag.answering.stream import AnswerStream
from rag.answering.task import Means, Outcome, Pieces, Task
from rag.types import Answer, Citation, Plan


def written(task: Task) -> Generator[str, None, Answer]:
    """The answer as Markdown, piece by piece, by whoever writes those of its kind.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    said: list[str] = []
    outcome = yield from _recorded(task, said)
    text = "".join(said)
    return Answer(
        question=task.question,
        standalone_question=task.standalone,
        kind=task.plan.kind,
        answer=text,
        refused=outcome.refused,
        citations=_cited(task, text),
        model=outcome.model,
        unsupported=outcome.unsupported,
        problem=outcome.problem,
        provenance=provenance(task.means.revision, task.means.model, strict=task.means.strict),
        plan=task.plan,
        offers=outcome.offers,
        table=outcome.table,
        written=outcome.written,
    )


def planned_answer(means: Means, question: str, plan: Plan) -> AnswerStream:
    """The answer to a question that stands on its own and is planned already, as commands are."""
    numbering, stopping = Numbering(), Event()
    task = Task(means, question, question, plan.question, plan, (), numbering, stopping)
    return AnswerStream(written(task), numbering, stopping)


def _writer(plan: Plan) -> Callable[[Task], Pieces]:
    """Who writes the answer. Imported only now: a command of one kind should not wait for all of them."""
    if plan.doubts:
        from rag.answering import doubts

        return doubts.write
    match plan.kind:
        case "author":
            from rag.answering.digest import author

            return author.write
        case "compare":
            from rag.answering.comparison import writer

            return writer.write
        case "list" | "count":
            from rag.answering.listing import writing

            return writing.write
        case "overview":
            from rag.answering.survey import overview

            return overview.write
        case "trend":
            from rag.answering.survey import trend

            return trend.write
        case "about":
            from rag.answering import about

            return about.write
        case _:
            from rag.answering import abstracts

            return abstracts.write


def _recorded(task: Task, said: list[str]) -> Generator[str, None, Outcome]:
    with closing(_writer(task.plan)(task)) as pieces:
        while not (_is_quoted(task) and task.stopping.is_set()):
            try:
                piece = next(pieces)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            said.append(piece)
            yield piece
    return Outcome()


def _is_quoted(task: Task) -> bool:
    """Whether no language model writes the answer, which would see by itself that it is to end."""
    return task.means.model is None or bool(task.plan.doubts) or task.plan.kind in ("list", "count", "about")


def _cited(task: Task, text: str) -> tuple[Citation, ...]:
    """What the markers of the text stand for: an answer that was ended lacks those that were to follow."""
    citations = task.numbering.citations
    return tuple(each for each in citations if f"[{each.marker}]" in text) if task.stopping.is_set() else citations
