"""What papers share and where they differ, as far as their abstracts and records say so in as many words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from rag.answering.citations import Numbering, italic, quoted
from rag.answering.comparison.cells import cells
from rag.answering.comparison.columns import Column
from rag.answering.comparison.key_phrases import Phrase, peculiar, shared
from rag.answering.comparison.naming import called
from rag.answering.wording import joined
from rag.types import Evidence, Paper

_SHARED, _PECULIAR = 4, 4  # phrases
_PAIRS = 3
_STATES: Mapping[Column, str] = {
    "Data and benchmarks": "names data or benchmarks",
    "Limits": "tells a limit of its own",
    "Code": "says where its code is, or that it is to be had",
}
_PLURAL: Mapping[Column, str] = {
    "Data and benchmarks": "name data or benchmarks",
    "Limits": "tell limits of their own",
    "Code": "say where their code is, or that it is to be had",
}
_NONE_APART = "No key phrase of one abstract is missing in the others; the table shows what each does."
_NONE_SHARED = "No name and no key phrase stands in {all} abstracts."


def share_and_differ(papers: Sequence[Paper], numbering: Numbering, idf: Callable[[str], float]) -> Iterator[str]:
    """Both parts as Markdown, a bullet at a time, cited on every side it speaks of; for two papers or more."""
    yield "**What they share**\n"
    common = [*_common_phrases(papers, numbering, idf), *_common_record(papers, numbering)]
    for line in common or [_NONE_SHARED.format(all="both" if len(papers) == 2 else "all of the")]:
        yield f"\n- {line}"
    yield "\n\n**Where they differ**\n"
    apart = [*_own_phrases(papers, numbering, idf), *_only_stated(papers, numbering), *_years(papers, numbering)]
    for line in apart or [_NONE_APART]:
        yield f"\n- {line}"


def _common_phrases(papers: Sequence[Paper], numbering: Numbering, idf: Callable[[str], float]) -> Iterator[str]:
    every = "Both" if len(papers) == 2 else "All"
    if found := shared([[paper] for paper in papers], idf, _SHARED):
        yield f"{every} speak of {quoted_phrases(found, numbering)}."
        return
    if len(papers) == 2:
        return
    pairs = [
        (pair, found) for pair in combinations(papers, 2) if (found := shared([[paper] for paper in pair], idf, 2))
    ]
    for pair, found in pairs[:_PAIRS]:
        yield f"{joined([called(paper) for paper in pair])} speak of {quoted_phrases(found, numbering)}."


def quoted_phrases(found: Sequence[Sequence[Phrase]], numbering: Numbering) -> str:
    """Phrases that several have, each as the first writes it and cited for all."""
    return joined(
        [
            f"“{quoted(alike[0].text)}” "
            + "".join(numbering.marker(phrase.paper, phrase.evidence, supported=True) for phrase in alike)
            for alike in found
        ]
    )


def _common_record(papers: Sequence[Paper], numbering: Numbering) -> Iterator[str]:
    every = "Both" if len(papers) == 2 else "All"
    authors = [name for name in papers[0].authors if all(name in paper.authors for paper in papers[1:])]
    same_year = len({paper.year for paper in papers}) == 1 and papers[0].year is not None
    same_venue = len({paper.venue for paper in papers}) == 1 and papers[0].venue
    if authors:
        yield f"{every} are by {quoted(joined(authors))} {_titles(papers, numbering)}."
    if same_year or same_venue:
        where = f" in {italic(papers[0].venue or '')}" if same_venue else ""
        yield f"{every} appeared{where}{f' in {papers[0].year}' if same_year else ''} {_titles(papers, numbering)}."


def _own_phrases(papers: Sequence[Paper], numbering: Numbering, idf: Callable[[str], float]) -> Iterator[str]:
    for paper in papers:
        others = [other for other in papers if other is not paper]
        found = peculiar(paper, others, idf, _PECULIAR)
        if not found:
            continue
        said = [
            f"“{quoted(phrase.text)}” {numbering.marker(paper, phrase.evidence, supported=True)}" for phrase in found
        ]
        yield f"Only {called(paper)} speaks of {joined(said)}."


def _only_stated(papers: Sequence[Paper], numbering: Numbering) -> Iterator[str]:
    """What some abstracts state and others do not, as in the table."""
    said = [cells(paper) for paper in papers]
    for column, states in _STATES.items():
        stating = [
            (paper, of_paper[column]) for paper, of_paper in zip(papers, said, strict=True) if column in of_paper
        ]
        if stating and len(stating) < len(papers):
            names = [
                f"{called(paper)} {numbering.marker(paper, each.evidence, supported=True)}" for paper, each in stating
            ]
            one = len(names) == 1
            yield f"Only the abstract{'' if one else 's'} of {joined(names)} {states if one else _PLURAL[column]}."


def _years(papers: Sequence[Paper], numbering: Numbering) -> Iterator[str]:
    dated = [paper for paper in papers if paper.year is not None]
    if len({paper.year for paper in dated}) < 2:
        return
    first, *others = sorted(dated, key=lambda paper: paper.year or 0)
    said = [f"{called(first)} appeared in {first.year} {_titles([first], numbering)}"]
    said += [f"{called(paper)} in {paper.year} {_titles([paper], numbering)}" for paper in others]
    yield f"{joined(said)}."


def _titles(papers: Sequence[Paper], numbering: Numbering) -> str:
    return "".join(numbering.marker(paper, Evidence.of_title(paper), supported=True) for paper in papers)
