"""RIS, as reference managers and databases write it: `TY  - JOUR` to `ER  -`, by rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rispy import RisParser
from rispy.config import TAG_KEY_MAPPING

from rag.readers.entry import Entry, records_of
from rag.readers.people import INCOMPLETE
from rag.readers.source import Source
from rag.types import BadRecord, Record

NAME = "RIS"

MAX_RECORD_CHARACTERS = 4 * 2**20

_START = re.compile(r"TY  -(?: |$)")
_END = re.compile(r"ER  -(?: |$)")
_TAG = re.compile(r"[A-Z][A-Z0-9]  -(?: |$)")
_FIRST_RECORD = re.compile(r"^\s*TY  -", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+")
_TAGS = {tag: tag for tag in (*TAG_KEY_MAPPING, "BT", "CT", "DI", "ED", "PM", "PMID")}


def matches(head: str) -> bool:
    """Tell whether a record begins on a line near the beginning."""
    return _FIRST_RECORD.search(head) is not None


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the record between every `TY` and its `ER`; one that lacks its `ER` is kept and told."""
    first, size, last_stray = 0, 0, -1
    lines: list[str] = []
    for line in source.lines():
        if isinstance(line, BadRecord):
            yield line
            continue
        text = line.text.lstrip("\ufeff \t") if not first else line.text
        if _START.match(text):
            if first:
                yield from _record(first, lines, size, ended=False)
            first, lines, size = line.number, [], 0
        elif not first:
            if _TAG.match(text) and last_stray != line.number - 1:
                yield BadRecord(f"line {line.number}", "the line belongs to no record: no TY stands before it")
            last_stray = line.number if _TAG.match(text) else last_stray
            continue
        size += len(text) + 1
        if size <= MAX_RECORD_CHARACTERS:
            lines.append(text)
        if _END.match(text):
            yield from _record(first, lines, size, ended=True)
            first = 0
    if first:
        yield from _record(first, lines, size, ended=False)


def _record(first: int, lines: Sequence[str], size: int, *, ended: bool) -> Iterator[Record | BadRecord]:
    position = f"line {first}"
    if size > MAX_RECORD_CHARACTERS:
        reason = f"the record is longer than {MAX_RECORD_CHARACTERS // 2**20} MB, no paper needs that"
        yield BadRecord(position, reason)
        return
    yield from records_of(_entry(position, _fields(lines)))
    if not ended:
        yield BadRecord(position, "the record has no end (ER): what it says was kept, but may be incomplete")


def _fields(lines: Sequence[str]) -> Mapping[str, list[str]]:
    """The values by tag, in order; the lines a value goes on in stand as values of their own."""
    parser = RisParser(mapping=_TAGS, list_tags=list(_TAGS), delimiter_tags_mapping={})
    ended = [line for line in lines if not _END.match(line)]
    fields: dict[str, list[str]] = parser.parse("\n".join([*ended, "ER  - "]))[0]
    return fields


def _entry(position: str, fields: Mapping[str, list[str]]) -> Entry:
    def first(*tags: str) -> str:
        found = (" ".join(filter(None, fields.get(tag, ()))) for tag in tags)
        return next(filter(None, found), "")

    def alone(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    authors = [name for tag in ("AU", "A1") for name in fields.get(tag, ())] or fields.get("A2", fields.get("ED", []))
    addresses = [found for value in fields.get("UR", ()) for found in _ADDRESS.findall(value.replace(";http", " http"))]
    return Entry(
        position=position,
        title=first("TI", "T1", "CT", "BT"),
        abstract=first("AB", "N2"),
        authors=tuple(authors),
        authors_complete=INCOMPLETE not in fields.get("N1", ()),
        year=alone("PY", "Y1", "DA"),
        venue=alone("T2", "JO", "JF", "BT", "JA", "J2"),
        url=addresses[0] if addresses else "",
        doi=alone("DO", "DI"),
        pmid=alone("PM", "PMID"),
        id=alone("ID"),
    )
