"""From a task to its answer, by the writer of its kind."""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Event

from rag.answering.citations import Numbering
from rag.answering.provenance import provenance
from rag.answering.stream import AnswerStream
from rag.answering.task import Means, Outcome, Pieces, Task
from rag.types import Answer, Plan


def written(task: Task) -> Generator[str, None, Answer]:
    """The answer as Markdown, piece by piece, by whoever writes those of its kind.

    Raises:
        IndexDamaged: An index cannot be read.
    """
    said: list[str] = []
    outcome = yield from _recorded(_writer(task.plan)(task), said)
    return Answer(
        question=task.question,
        standalone_question=task.standalone,
        kind=task.plan.kind,
        answer="".join(said),
        refused=outcome.refused,
        citations=task.numbering.citations,
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


def _recorded(pieces: Pieces, said: list[str]) -> Generator[str, None, Outcome]:
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        said.append(piece)
        yield piece
