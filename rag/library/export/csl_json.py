"""CSL-JSON, as Zotero, pandoc and citeproc read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rag.library.export.keys import citation_keys
from rag.library.export.people import parts_of
from rag.library.export.texts import address, arxiv_of, doi_of, settled
from rag.library.export.venues import Kind, kind_of
from rag.readers.people import INCOMPLETE
from rag.types import Paper

NAME = "CSL-JSON"
SUFFIX = ".json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_TYPES = {Kind.JOURNAL: "article-journal", Kind.CONFERENCE: "paper-conference"}


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a list of items, one a paper, one a line."""
    yield "["
    for number, (key, paper) in enumerate(zip(citation_keys(papers), papers, strict=True)):
        yield (",\n" if number else "\n") + json.dumps(_item(key, paper), ensure_ascii=False)
    yield "\n]\n"


def _item(key: str, paper: Paper) -> dict[str, object]:
    arxiv = arxiv_of(paper)
    item: dict[str, object | None] = {
        "id": key,
        "type": _TYPES.get(kind_of(paper.venue), "article"),
        "title": settled(paper.title),
        "author": [_name(name) for name in paper.authors],
        "issued": {"date-parts": [[paper.year]]} if paper.year is not None else None,
        "container-title": settled(paper.venue) if paper.venue else None,
        "DOI": doi_of(paper),
        "number": f"arXiv:{arxiv}" if arxiv else None,
        "URL": address(paper),
        "abstract": settled(paper.abstract),
        "note": INCOMPLETE if paper.authors and not paper.authors_complete else None,
    }
    return {name: value for name, value in item.items() if value}


def _name(display: str) -> dict[str, str]:
    name = parts_of(display)
    if not name.given:
        return {"literal": display}
    words = name.family.split()
    lead = next((place for place, word in enumerate(words[:-1]) if not word.islower()), len(words) - 1)
    parts = {
        "family": " ".join(words[lead:]),
        "given": name.given,
        "non-dropping-particle": " ".join(words[:lead]),
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
