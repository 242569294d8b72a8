"""JSON lines: one object a paper, in the form our own reader takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rag.library.export.people import index_form, reread
from rag.library.export.texts import settled
from rag.types import Paper

NAME = "JSON lines"
SUFFIX = ".jsonl"
MEDIA_TYPE = "application/jsonl"


def write(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a line for each paper."""
    for paper in papers:
        values = asdict(paper) | {
            "title": settled(paper.title),
            "abstract": settled(paper.abstract),
            "venue": settled(paper.venue) if paper.venue else None,
            "authors": [name if reread(name) == name else index_form(name) for name in paper.authors],
        }
        yield json.dumps(values, ensure_ascii=False) + "\n"
