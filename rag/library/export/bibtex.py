"""BibTeX for bibtex and biber: `@article`, `@inproceedings` or `@misc`, in LaTeX-safe ASCII as far as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.library.export.capitals import title_tex
from rag.library.export.keys import citation_keys
from rag.library.export.people import parts_of, reread
from rag.library.export.tex import read_back, tex
from rag.library.export.tex_fallbacks import fallbacks
from rag.library.export.texts import address, arxiv_of, doi_of
from rag.library.export.venues import Kind, kind_of
from rag.readers.bibtex_people import people_in
from rag.readers.identifiers import doi_address
from rag.readers.people import inverted
from rag.types import Paper

NAME = "BibTeX"
SUFFIX = ".bib"
MEDIA_TYPE = "application/x-bibtex"

_TYPES = {Kind.JOURNAL: ("article", "journal"), Kind.CONFERENCE: ("inproceedings", "booktitle")}
_JOINS_NAMES = re.compile(r"(?:^|\s)and(?:\s|$)|^others$|,", re.IGNORECASE)


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield an entry for each paper, after definitions for what they use and a plain document lacks."""
    entries = [_entry(key, paper) for key, paper in zip(citation_keys(papers), papers, strict=True)]
    if definitions := fallbacks("".join(entries)):
        yield f'@preamble{{"{definitions}"}}\n\n'
    for number, entry in enumerate(entries):
        yield ("\n" if number else "") + entry


def _entry(key: str, paper: Paper) -> str:
    type_, venue_field = _TYPES.get(kind_of(paper.venue), ("misc", "howpublished"))
    url, doi, arxiv = address(paper), doi_of(paper), arxiv_of(paper)
    title = title_tex(paper.title, paper.abstract)
    fields = {
        "title": title if read_back(title) == paper.title else tex(paper.title),
        "author": " and ".join([*map(_name, paper.authors), *["others"] * (not paper.authors_complete)])
        if paper.authors
        else "",
        venue_field: tex(paper.venue or ""),
        "year": str(paper.year or ""),
        "doi": doi or "",
        "eprint": arxiv or "",
        "archiveprefix": "arXiv" if arxiv else "",
        "url": url if url and not (doi and url == doi_address(doi)) else "",
        "abstract": tex(paper.abstract),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{type_}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _name(display: str) -> str:
    """A name in the order `von Last, Jr, First`; in braces where it is not a person's or cannot be taken apart."""
    name = parts_of(display)
    parts = [name.family, name.suffix, name.given]
    for encoded in ([tex(part) for part in parts], parts):
        braced = [f"{{{part}}}" if _JOINS_NAMES.search(part) else part for part in encoded]
        one_word = " " not in display and not _JOINS_NAMES.search(display)
        latex = (
            inverted(braced[0], braced[2], braced[1]) if name.given else encoded[0] if one_word else f"{{{encoded[0]}}}"
        )
        if [reread(each) for each in people_in(latex)[0]] == [display]:
            break
    return latex
