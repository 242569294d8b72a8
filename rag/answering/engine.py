"""A question in, a streamed answer out."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from threading import Event

from rag.answering import extractive
from rag.answering.citations import Numbering
from rag.answering.conversation import standalone
from rag.answering.refusal import refusal
from rag.answering.stream import AnswerStream
from rag.index.indexes import Indexes
from rag.retrieval.find import find
from rag.retrieval.plan import named_authors, plan, subjects
from rag.types import Answer, Filters, Message


def answer(indexes: Indexes, question: str, history: Sequence[Message], filters: Filters) -> AnswerStream:
    """Answer from the papers that `filters` leave, after the turns of `history`.

    Raises:
        IndexDamaged: An index cannot be read; raised when the stream is first read.
    """
    numbering = Numbering()
    return AnswerStream(_pieces(indexes, question, history, filters, numbering), numbering, Event())


def _pieces(
    indexes: Indexes, question: str, history: Sequence[Message], filters: Filters, numbering: Numbering
) -> Generator[str, None, Answer]:
    library = indexes.library
    asked = standalone(question, history, partial(subjects, library))
    planned = plan(library, asked.question, filters)
    # The filters see to the authors; what is looked for in their papers is the rest.
    _, focus = named_authors(library, asked.focus)
    found = find(indexes, planned, focus)
    pieces: Iterator[str]
    if found.hits:
        pieces = extractive.write(planned, found.hits, numbering)
    else:
        pieces = iter([refusal(question, found.missing, found.nearest)])
    written: list[str] = []
    for piece in pieces:
        written.append(piece)
        yield piece
    return Answer(
        question=question,
        standalone_question=asked.question,
        kind=planned.kind,
        answer="".join(written),
        refused=not found.hits,
        citations=numbering.citations,
        model=extractive.MODEL,
    )
