"""A digest that quotes: under each theme its papers, each with the sentence that says what it contributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import Numbering, italic, quoted
from rag.answering.digest.gathering import Work
from rag.answering.quoting import entry, title
from rag.answering.wording import dated, joined, short_title
from rag.retrieval.contributions import Reading
from rag.retrieval.methods import Method
from rag.retrieval.themes import Theme
from rag.types import Paper

_ALL_QUOTED = 60  # papers of an author of whom every paper is quoted
_QUOTED = 5  # papers of each theme, of an author with more
_NAMED = 40  # methods
_RESULTS, _CENTRAL = 3, 4


class Desk:
    """The papers that are read, each once."""

    def __init__(self) -> None:
        self._read: dict[str, Reading] = {}

    def __call__(self, paper: Paper) -> Reading:
        """The reading of a paper."""
        return self._read.setdefault(paper.id, Reading(paper))


def write(work: Work, numbering: Numbering, desk: Desk) -> Iterator[str]:
    """The papers of an author by themes, and what stands out of their results."""
    most = len(work.papers) if len(work.papers) <= _ALL_QUOTED else _QUOTED
    for theme in work.themes:
        yield heading(theme)
        yield from bullets([work.papers[place] for place in theme.members], numbering, desk, most)
    yield from _results(work, numbering, desk)


def heading(theme: Theme) -> str:
    """The heading of a theme; empty for one without a label."""
    return f"\n\n### {quoted(theme.label)} ({len(theme.members):,})\n" if theme.label else "\n"


def bullets(papers: Sequence[Paper], numbering: Numbering, desk: Desk, most: int = _ALL_QUOTED) -> Iterator[str]:
    """A bullet for each paper; of those after `most` the titles alone, all cited."""
    for paper in papers[:most]:
        yield f"\n- {entry(paper, desk(paper).contribution, numbering)}"
    if rest := papers[most:]:
        titles = "; ".join(title(paper, numbering, dated(paper)) for paper in rest)
        yield f"\n- And {len(rest):,} more: {titles}"


def _results(work: Work, numbering: Numbering, desk: Desk) -> Iterator[str]:
    """What came out in papers in the middle of the largest themes, rather with an amount."""
    groups = [[work.papers[place] for place in theme.members[:_CENTRAL]] for theme in work.themes]
    groups = groups if len(groups) > 1 else [[paper] for paper in groups[0]]
    told = []
    for group in groups[:_CENTRAL]:
        results = [(paper, evidence) for paper in group if (evidence := desk(paper).result)]
        told += [max(results, key=lambda each: each[1].score > 1)] if results else []
    if len(work.papers) <= _RESULTS or not told:
        return
    yield "\n\n### Selected results\n"
    for paper, evidence in sorted(told, key=lambda each: each[1].score <= 1)[:_RESULTS]:
        yield f"\n- {italic(short_title(paper.title))}: {numbering.cited(paper, evidence)}"


def introduced(found: Sequence[Method], numbering: Numbering) -> str:
    """What the papers introduce by name, each cited with the sentence that introduces it."""
    named = [
        f"{quoted(method.name)} {numbering.marker(method.paper, method.introduced, supported=True)}"
        for method in found[:_NAMED]
    ]
    return f"\n\n### Introduced by name\n\n{joined(named, more=len(found) - len(named))}." if named else ""


def alone(paper: Paper, numbering: Numbering, desk: Desk) -> str:
    """The one paper of an author: what it contributes and what came out."""
    evidence = desk(paper).contribution
    if evidence.field == "title":
        return f"The library does not have its abstract {numbering.marker(paper, evidence, supported=True)}."
    told = [evidence, *filter(None, [desk(paper).result])]
    told.sort(key=lambda item: item.start)
    return " ".join(numbering.cited(paper, item) for item in told)
