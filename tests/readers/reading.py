"""Reading a text as a file."""

from __future__ import annotations

from pathlib import Path

from rag.readers import read
from rag.types import BadRecord, Record


def parse(tmp_path: Path, text: str) -> list[Record | BadRecord]:
    """What is read of a file that holds a text, in UTF-8."""
    path = tmp_path / "export"
    path.write_text(text, encoding="utf-8", newline="")
    return list(read(path))


def one(tmp_path: Path, text: str) -> Record:
    """The only record of a text."""
    [record] = parse(tmp_path, text)
    assert isinstance(record, Record), record
    return record
