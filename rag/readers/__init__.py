"""Source files become records: one module per format, told apart by content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.readers import bibtex, csl_json, jsonl, ris, seed_page, tables, zotero_json
from rag.readers.detect import Format, detect
from rag.readers.source import open_source
from rag.types import BadRecord, Record

__all__ = ["FORMATS", "read"]

# In the order they are asked: those with the clearest marks first.
FORMATS: tuple[Format, ...] = (zotero_json, seed_page, jsonl, ris, bibtex, csl_json, tables)


def read(path: Path) -> Iterator[Record | BadRecord]:
    """Read the papers of a file, plain or gzip-compressed, one by one in constant memory.

    What cannot be read is told as a `BadRecord` (at position "file" where it is the whole file),
    and the records around it are kept.

    Raises:
        SourceError: the file cannot be opened at all. Raised by the call itself.
    """
    with open_source(path):
        return _records(path)


def _records(path: Path) -> Iterator[Record | BadRecord]:
    with open_source(path) as source:
        found = detect(source, FORMATS)
        if isinstance(found, str):
            yield BadRecord("file", found)
            return
        yield from found.read(source)
        if source.damage:
            position = f"after line {source.line_number}" if source.line_number else "file"
            yield BadRecord(position, source.damage)
