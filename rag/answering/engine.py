"""A question in, a streamed answer out."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from functools import partial
from threading import Event

from rag.answering import small_talk
from rag.answering.citations import Numbering
from rag.answering.conversation.restating import MAX_TOKENS, rewritten
from rag.answering.conversation.standalone import Standalone, standalone
from rag.answering.stream import AnswerStream
from rag.answering.task import EXTRACTIVE, Means, Task
from rag.answering.writing import written
from rag.retrieval.meant import held_together
from rag.retrieval.planning import refining
from rag.retrieval.planning.chosen import asked_of_one, of_chosen, points, titled
from rag.retrieval.planning.full_names import named_authors
from rag.retrieval.planning.parts import Part, without
from rag.retrieval.planning.plan import is_sure, plan
from rag.types import Answer, Filters, Message, Plan

_TO_RESTATE = 10.0  # seconds for the model to put a follow-up in words of its own
_TO_SORT = 4.0  # seconds for the model to name the kind of a question


def answer(
    means: Means,
    question: str,
    history: Sequence[Message],
    filters: Filters,
    dropped: Collection[Part] = (),
) -> AnswerStream:
    """Answer from the papers that `filters` leave, after the turns of `history`.

    `dropped` are parts of the plan for the question that the user does without.

    Raises:
        IndexDamaged: An index cannot be read; raised when the stream is first read.
    """
    numbering, stopping = Numbering(), Event()
    return AnswerStream(_answer(means, question, history, filters, dropped, numbering, stopping), numbering, stopping)


def _answer(
    means: Means,
    question: str,
    history: Sequence[Message],
    filters: Filters,
    dropped: Collection[Part],
    numbering: Numbering,
    stopping: Event,
) -> Generator[str, None, Answer]:
    library = means.indexes.library
    if courtesy := small_talk.reply(question, library.count("papers")):
        yield courtesy
        return Answer(question, question, small_talk.KIND, courtesy, False, (), EXTRACTIVE)
    asked = _asked(means, question, history, filters, stopping)
    planned = without(_planned(means, asked.question, filters, stopping), dropped)
    planned = without(of_chosen(planned, asked.focus), dropped)
    # The filters see to the authors; what is looked for in their papers is the rest.
    same = asked.focus == asked.question and planned.asks == "contents"
    focus = planned.question if same else named_authors(library, asked.focus)[1]
    task = Task(means, question, asked.question, focus, planned, history, numbering, stopping)
    return (yield from written(task))


def _asked(means: Means, question: str, history: Sequence[Message], filters: Filters, stopping: Event) -> Standalone:
    """The question with what it leaves unsaid, which the papers that were chosen say before the turns before."""
    library = means.indexes.library
    people, together = partial(named_authors, library), partial(held_together, means.indexes)
    if len(filters.papers) == 1 and (paper := titled(library, filters.papers[0])):
        if likeness := asked_of_one(question, paper):
            return Standalone(likeness, likeness)
        told = (Message("user", f"What is “{paper}” about?"),)
        return Standalone(standalone(question, told, people, together).question, standalone(question, ()).focus)
    if filters.papers and points(question):
        return standalone(question, (), people, together)
    asked = standalone(question, history, people, together)
    if model := means.model:
        complete = partial(model.complete, max_tokens=MAX_TOKENS, seconds=_TO_RESTATE, stopping=stopping)
        asked = rewritten(question, history, asked, complete)
    return asked


def _planned(means: Means, question: str, filters: Filters, stopping: Event) -> Plan:
    """The plan by the rules; the model is asked for the kind where these leave it open.

    A question that names nobody, no venue and no years, and has no words of another kind, is one of fact: most
    questions are, and do not wait for a model to say so.
    """
    library, model = means.indexes.library, means.model
    ruled = plan(library, question, filters)
    plain = ruled.kind == "fact" and ruled.filters == filters
    if model is None or plain or ruled.doubts or stopping.is_set() or is_sure(library, question):
        return ruled
    complete = partial(model.complete, max_tokens=refining.MAX_TOKENS, seconds=_TO_SORT, stopping=stopping)
    return refining.refined(ruled, question, complete)
