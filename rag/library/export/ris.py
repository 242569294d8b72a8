"""RIS, as Zotero, EndNote and Mendeley read it: UTF-8, lines ending in CR LF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.library.export.keys import citation_keys
from rag.library.export.people import index_form
from rag.library.export.texts import address, doi_of, settled
from rag.library.export.venues import Kind, kind_of
from rag.readers.people import INCOMPLETE
from rag.types import Paper

NAME = "RIS"
SUFFIX = ".ris"
MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {Kind.JOURNAL: "JOUR", Kind.CONFERENCE: "CONF", Kind.PREPRINT: "UNPB", Kind.UNKNOWN: "GEN"}


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a record for each paper."""
    for key, paper in zip(citation_keys(papers), papers, strict=True):
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in _values(key, paper)) + "ER  - \r\n\r\n"


def _values(key: str, paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[kind_of(paper.venue)]
    yield "TI", settled(paper.title)
    yield from (("AU", index_form(name)) for name in paper.authors)
    if paper.year is not None:
        yield "PY", str(paper.year)
    if paper.venue:
        yield "T2", settled(paper.venue)
    if doi := doi_of(paper):
        yield "DO", doi
    if url := address(paper):
        yield "UR", url
    if paper.abstract:
        yield "AB", settled(paper.abstract)
    if paper.authors and not paper.authors_complete:
        yield "N1", INCOMPLETE
    yield "ID", key
