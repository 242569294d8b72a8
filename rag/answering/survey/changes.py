"""What is written of more, or less, than before: counted over the papers, with an example of each, cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.citations import italic
from rag.answering.quoting import example
from rag.answering.survey.selection import Selection, selection
from rag.answering.task import Task
from rag.answering.wording import counted, period
from rag.retrieval.labels import even
from rag.retrieval.paper_texts import PaperTexts
from rag.retrieval.shifts import READ, Spread, frequent, shifts
from rag.types import Paper

_SHOWN = 6
_LEAST = 8  # papers of each side that are compared
_MENTIONED, _READ_FOR_MENTIONS = 8, 1000
_NEW = re.compile(r"\b(?:new|novel|emerg\w+|chang\w+|differ\w+|recent\w*|latest|hot|rising)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """The papers of a span of years that are read; `spoken` says which years, `of` is how many papers there are."""

    keys: Sequence[int]
    spoken: str
    of: int


def side(selected: Selection, first: int | None, last: int | None) -> Side:
    """The papers of some years, or an even sample of them."""
    keys = selected.of(first, last)
    return Side([keys[place] for place in even(len(keys), READ)], period(first, last), len(keys))


def since_before(task: Task, selected: Selection) -> Iterator[str]:
    """What more papers of the years asked for are about than of those before; nothing where no years were asked for."""
    first, last = selected.filters.years or (None, None)
    if first is None:
        return
    earlier = replace(selected.filters, years=(None, first - 1))
    before = side(selection(task.means.indexes, task.plan, filters=earlier), None, first - 1)
    after = side(selected, first, last)
    if before.of < _LEAST or after.of < _LEAST:
        if _NEW.search(task.question):
            few = counted(before.of, "paper") if before.of else "no papers"
            yield f" With {few} {before.spoken}, there are too few to compare what they are about."
        return
    rising, _ = shifts(*_texts(task, before, after), _SHOWN)
    heading = f"More {after.spoken} than before"
    yield from _told(task, heading, rising, after, before)
    if not rising and _NEW.search(task.question):
        yield f"\n\nNo subject is clearly more frequent {after.spoken} than before."


def since(task: Task, selected: Selection, year: int) -> Iterator[str]:
    """What was written of more in a year than in those after it."""
    later = selection(task.means.indexes, task.plan, filters=replace(selected.filters, years=(year + 1, None)))
    then, after = side(selected, year, year), side(later, year + 1, None)
    if then.of >= _LEAST and after.of >= _LEAST:
        _, faded = shifts(*_texts(task, then, after), _SHOWN)
        yield from _told(task, f"More {then.spoken} than after", faded, then, after)


def between(task: Task, before: Side, after: Side) -> Iterator[str]:
    """What became more and what less frequent from one span of years to the next."""
    rising, falling = shifts(*_texts(task, before, after), _SHOWN)
    yield from _told(task, f"More {after.spoken}", rising, after, before)
    yield from _told(task, f"Less {after.spoken}", falling, before, after)
    if not rising and not falling:
        yield (
            f"\n\nNo subject became clearly more or less frequent between the {counted(before.of, 'paper')} "
            f"{before.spoken} and the {after.of:,} {after.spoken}."
        )


def most_mentioned(task: Task, selected: Selection) -> Iterator[str]:
    """The phrases that most papers have in their titles or abstracts."""
    keys = [selected.keys[place] for place in even(len(selected.keys), _READ_FOR_MENTIONS)]
    found = frequent(PaperTexts(task.means.indexes.library, keys), _MENTIONED)
    if not found:
        return
    yield f"\n\n### Named most{_sampled(len(keys), len(selected.keys))}\n"
    for spread in found:
        yield _line(task, spread, keys, counted(len(spread.papers), "paper"))


def _told(task: Task, heading: str, spreads: Sequence[Spread], here: Side, there: Side) -> Iterator[str]:
    if not spreads:
        return
    yield f"\n\n### {heading}{_sampled(len(here.keys) + len(there.keys), here.of + there.of)}\n"
    for spread in spreads:
        yield _line(
            task,
            spread,
            here.keys,
            f"{len(spread.papers):,} of {counted(len(here.keys), 'paper')} {here.spoken}, "
            f"{spread.elsewhere or 'none'} of {len(there.keys):,} {there.spoken}",
        )


def _line(task: Task, spread: Spread, keys: Sequence[int], how_many: str) -> str:
    """A phrase with its counts, and the paper that has it most as an example."""
    paper = _example(task, [keys[place] for place in spread.papers])
    return f"\n- {italic(spread.label)}: {how_many}. {example(paper, task.numbering, spread.label)}"


def _example(task: Task, keys: Sequence[int]) -> Paper:
    cited = {citation.paper_id for citation in task.numbering.citations}
    papers = task.means.indexes.library.papers(keys[:_SHOWN])
    return next((paper for paper in papers if paper.id not in cited), papers[0])


def _texts(task: Task, before: Side, after: Side) -> tuple[PaperTexts, PaperTexts]:
    library = task.means.indexes.library
    return PaperTexts(library, before.keys), PaperTexts(library, after.keys)


def _sampled(read: int, of: int) -> str:
    return f" (in an even sample of {read:,} of {of:,} papers)" if read < of else ""
