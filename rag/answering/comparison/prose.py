"""What a language model writes under the table: checked against the abstracts, and every side at least quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rag.answering import abstracts, extractive, generative
from rag.answering.citations import Numbering, quoted
from rag.answering.comparison.cells import cells
from rag.answering.comparison.likeness import share_and_differ
from rag.answering.comparison.naming import called, name_of
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.problems import CutOff
from rag.answering.prompt import Asked, prompt
from rag.answering.task import EXTRACTIVE, Outcome, Pieces, Task
from rag.answering.wording import joined
from rag.retrieval.evidence import with_evidence
from rag.types import Evidence, Hit, Paper, Table

_UNSUPPORTED = "No abstract supports what the language model wrote of the comparison, so it is quoted instead."
_DECLINED = "The language model did not compare the papers; what follows is quoted."
_ALSO = "\n\n**Also, from the abstracts{}:**\n"
_NO_ROOM = " (there was no room for {} in the language model's context window)"


def write(task: Task, model: LanguageModel, hits: Sequence[Hit], table: Table) -> Pieces:
    """The comparison in the model's words; a side that it does not cite is quoted, and all where it fails."""
    read = with_evidence(task.means.indexes, task.standalone, hits, meaning=False)
    given: list[str] = []

    def asking(room: int) -> Asked:
        asked = prompt(task.standalone, task.plan.kind, read, task.history, room)
        given[:] = [paper.id for paper in asked.papers]
        return asked

    written = yield from generative.write(model, asking, partial(abstracts.rewriter, task), task.stopping)
    cited = task.numbering.papers_cited(written.text)
    problem = str(written.problem) if written.problem else None
    broken = written.problem is not None and not isinstance(written.problem, CutOff)
    if not task.stopping.is_set():
        papers = [hit.paper for hit in hits]
        if not cited or broken:
            problem = problem or (_UNSUPPORTED if written.text else _DECLINED)
            if written.text:
                yield extractive.INSTEAD
            yield from _quoted(papers, task)
        elif missing := [paper for paper in papers if paper.id not in cited]:
            beyond = [quoted(name_of(paper)) for paper in papers if paper.id not in given]
            yield _ALSO.format(_NO_ROOM.format(joined(beyond)) if beyond else "")
            yield from _bullets(missing, task.numbering)
    made_by = model.name if written.text else EXTRACTIVE
    return Outcome(False, made_by, written.unsupported, problem, table=table, written=written.passages)


def _quoted(papers: Sequence[Paper], task: Task) -> Iterator[str]:
    if len(papers) > 1:
        yield from share_and_differ(papers, task.numbering, task.means.indexes.terms.idf)
    else:
        yield from _bullets(papers, task.numbering)


def _bullets(papers: Sequence[Paper], numbering: Numbering) -> Iterator[str]:
    """What each paper does and finds, in its own sentences."""
    for paper in papers:
        said = cells(paper)
        chosen = [said[column].evidence for column in ("Approach", "Results") if column in said] or [
            Evidence.of_title(paper)
        ]
        yield f"\n- {called(paper)}: {' '.join(numbering.cited(paper, item) for item in chosen)}"
