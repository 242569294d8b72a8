"""Tell the format of a source by its content, never by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rag.readers.source import Source
from rag.types import BadRecord, Record

# Bytes that text does not hold: controls other than tab, line feed, form feed, carriage return, escape.
_BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_SIGNATURES = {
    b"%PDF": "a PDF document: give an export that lists papers",
    b"PK\x03\x04": "a zip archive or an Office document: unpack it or export as text",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"BZh": "a bzip2 archive: unpack it first",
    b"\xfd7zXZ": "an xz archive: unpack it first",
    b"(\xb5/\xfd": "a zstd archive: unpack it first",
    b"\x1f\x8b": "a gzip file inside a gzip file: unpack it first",
    b"SQLite format 3": "an SQLite database: export its papers as text",
}


class Format(Protocol):
    """What a module of this package offers for its format."""

    @property
    def NAME(self) -> str:
        """The format as a user calls it."""

    def matches(self, head: str) -> bool:
        """Tell whether a source that begins like this is of the format."""

    def read(self, source: Source) -> Iterator[Record | BadRecord]:
        """Yield the records of a source of the format."""


def detect(source: Source, formats: Sequence[Format]) -> Format | str:
    """The first format that claims the source, or the reason why none does."""
    if source.damage and not source.raw_head:
        return source.damage
    if not source.raw_head:
        return "the file is empty"
    for signature, name in _SIGNATURES.items():
        if source.raw_head.startswith(signature):
            return f"this is {name}"
    if not source.head.strip():
        return "the file holds nothing but blanks"
    for format_ in formats:
        if format_.matches(source.head):
            return format_
    odd = len(source.raw_head) - len(source.raw_head.translate(None, _BINARY))
    if odd * 50 > len(source.raw_head):
        return "this is a binary file, not a list of papers"
    known = ", ".join(format_.NAME for format_ in formats)
    return f"the format is not known; what can be read: {known}"
