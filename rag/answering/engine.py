"""A question in, a streamed answer out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

from rag.answering import extractive, generative, metadata, small_talk
from rag.answering.citations import Numbering
from rag.answering.citing.rewriter import Rewriter
from rag.answering.conversation.restating import MAX_TOKENS, rewritten
from rag.answering.conversation.standalone import standalone
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.problems import CutOff
from rag.answering.prompt import Asked, prompt
from rag.answering.provenance import provenance
from rag.answering.refusal import nearest_papers, refusal
from rag.answering.stream import AnswerStream
from rag.answering.support.checker import SupportChecker
from rag.index.indexes import Indexes
from rag.library.revision import Revision
from rag.retrieval.find import READ, find
from rag.retrieval.meant import held_together
from rag.retrieval.plan import named_authors, plan
from rag.types import Answer, Filters, Hit, Message, Paper, Plan, Support

_PATIENCE = 10.0  # seconds for the model to put a follow-up in words of its own
_UNSUPPORTED = "No abstract supports what the language model wrote. Ask in other words, or choose another model."
_EVASIVE = "The language model's answer does not say how much. Ask in other words, or choose another model."


@dataclass(frozen=True, slots=True)
class Means:
    """What answers are made with.

    Attributes:
        indexes: Where papers are found.
        revision: The state of the library.
        model: The language model that writes; None to quote the abstracts.
        strict: Whether what the model writes is left out where no abstract supports it.
    """

    indexes: Indexes
    revision: Revision
    model: LanguageModel | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    means: Means
    question: str
    standalone: str
    focus: str
    plan: Plan
    history: Sequence[Message]
    numbering: Numbering
    stopping: Event


@dataclass(frozen=True, slots=True)
class _Outcome:
    refused: bool = False
    model: str = extractive.MODEL
    unsupported: tuple[str, ...] = ()
    problem: str | None = None


def answer(means: Means, question: str, history: Sequence[Message], filters: Filters) -> AnswerStream:
    """Answer from the papers that `filters` leave, after the turns of `history`.

    Raises:
        IndexDamaged: An index cannot be read; raised when the stream is first read.
    """
    numbering, stopping = Numbering(), Event()
    return AnswerStream(_answer(means, question, history, filters, numbering, stopping), numbering, stopping)


def _answer(
    means: Means,
    question: str,
    history: Sequence[Message],
    filters: Filters,
    numbering: Numbering,
    stopping: Event,
) -> Generator[str, None, Answer]:
    library = means.indexes.library
    if courtesy := small_talk.reply(question, library.count("papers")):
        yield courtesy
        return Answer(question, question, small_talk.KIND, courtesy, False, (), extractive.MODEL)
    asked = standalone(question, history, partial(named_authors, library), partial(held_together, means.indexes))
    if model := means.model:
        asked = rewritten(question, history, asked, partial(model.complete, max_tokens=MAX_TOKENS, seconds=_PATIENCE))
    planned = plan(library, asked.question, filters)
    # The filters see to the authors; what is looked for in their papers is the rest.
    same = asked.focus == asked.question and planned.asks == "contents"
    focus = planned.question if same else named_authors(library, asked.focus)[1]
    task = _Task(means, question, asked.question, focus, planned, history, numbering, stopping)
    written: list[str] = []
    outcome = yield from _recorded(_pieces(task), written)
    return Answer(
        question=question,
        standalone_question=asked.question,
        kind=planned.kind,
        answer="".join(written),
        refused=outcome.refused,
        citations=numbering.citations,
        model=outcome.model,
        unsupported=outcome.unsupported,
        problem=outcome.problem,
        provenance=provenance(means.revision, means.model, strict=means.strict),
    )


def _recorded(pieces: Generator[str, None, _Outcome], written: list[str]) -> Generator[str, None, _Outcome]:
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            outcome: _Outcome = end.value
            return outcome
        written.append(piece)
        yield piece


def _pieces(task: _Task) -> Generator[str, None, _Outcome]:
    model = task.means.model if task.plan.asks == "contents" else None
    found = find(task.means.indexes, task.plan, task.focus, for_model=model is not None)
    if not found.hits:
        yield refusal(task.question, found.missing, found.nearest)
        return _Outcome(refused=True)
    if task.plan.asks != "contents":
        yield from metadata.write(task.plan.asks, found.hits, task.numbering)
        return _Outcome(refused=not task.numbering.citations)
    if model is None:
        yield from extractive.write(task.plan, found.hits, task.numbering)
        return _Outcome()
    return (yield from _by_model(task, model, found.hits))


def _by_model(task: _Task, model: LanguageModel, hits: Sequence[Hit]) -> Generator[str, None, _Outcome]:
    """The model's answer; where it has none, or breaks off, quoted sentences take its place."""

    def asking(room: int) -> Asked:
        return prompt(task.standalone, task.plan.kind, hits, task.history, room)

    def rewriting(papers: Sequence[Paper]) -> Rewriter:
        indexes = task.means.indexes
        checker = SupportChecker(indexes.embedder, indexes.terms.idf, papers)
        return Rewriter(papers, partial(_checked, checker, task.standalone), task.numbering, strict=task.means.strict)

    written = yield from generative.write(model, asking, rewriting, task.stopping)
    nearest = [hit.paper for hit in hits[:READ]]
    problem = str(written.problem) if written.problem else None
    if written.declined:
        yield refusal(task.question, (), nearest)
        return _Outcome(refused=True, model=model.name)
    if not task.numbering.citations and generative.declines(written.text, task.standalone):
        yield f"\n\n{nearest_papers(nearest)}"
        return _Outcome(True, model.name, written.unsupported, problem)
    supported = any(citation.supported for citation in task.numbering.citations)
    evasive = generative.evades(written.text, task.standalone)
    complete = supported and not evasive and (not written.problem or isinstance(written.problem, CutOff))
    if complete or task.stopping.is_set():
        return _Outcome(False, model.name, written.unsupported, problem)
    if written.text:
        yield extractive.INSTEAD
    yield from extractive.write(task.plan, find(task.means.indexes, task.plan, task.focus).hits, task.numbering)
    made_by = model.name if written.text else extractive.MODEL
    return _Outcome(False, made_by, written.unsupported, problem or (_EVASIVE if supported else _UNSUPPORTED))


def _checked(checker: SupportChecker, question: str, claim: str, cited: Sequence[Paper]) -> Support:
    # That the papers do not say something cannot be shown by a sentence of theirs.
    return Support(True) if not cited and generative.declines(claim, question) else checker(claim, cited)
