"""JSON lines: one object a line with `id, title, abstract, authors, authors_complete, year, venue, url`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from rag.readers.source import Line, Source
from rag.types import BadRecord, Record

NAME = "JSON lines"

_OUR_KEYS = re.compile(r'"(?:title|abstract|authors)"\s*:')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _Unfit(ValueError):
    """Why a line is not a record."""


def matches(head: str) -> bool:
    """Tell whether a line near the beginning opens an object with one of our keys, outside of any array."""
    lines = [line.strip() for line in head.splitlines()[:200]]
    in_array = head.lstrip().startswith("[")
    return not in_array and any(line.startswith("{") and _OUR_KEYS.search(line) for line in lines)


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield a record or a bad record for every line that is not blank."""
    for line in source.lines():
        if isinstance(line, BadRecord):
            yield line
        elif text := line.text.strip():
            yield _record(Line(line.number, text))


def _record(line: Line) -> Record | BadRecord:
    position = f"line {line.number}"
    try:
        fields = _parsed(line.text)
        title = _text(fields, "title")
        if title is None:
            raise _Unfit('the "title" is missing')
        authors = _authors(fields.get("authors"))
        return Record(
            position=position,
            title=title,
            abstract=_text(fields, "abstract") or "",
            authors=authors,
            authors_complete=bool(authors) and fields.get("authors_complete") is not False,
            year=_year(fields.get("year")),
            venue=_text(fields, "venue"),
            url=_text(fields, "url"),
            id=_id(fields),
        )
    except _Unfit as unfit:
        return BadRecord(position, str(unfit))


def _parsed(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except RecursionError:
        raise _Unfit("the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _Unfit(f"not valid JSON: {error.msg} at column {error.colno}") from None
    except ValueError as error:
        raise _Unfit(f"not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise _Unfit("the line is JSON but not an object with a title")
    # Half a character pair cannot be stored; it is legal JSON all the same.
    return _without_surrogates(value) if _ESCAPED_SURROGATE.search(text) else value


def _without_surrogates(fields: dict[str, object]) -> dict[str, object]:
    def clean(value: object) -> object:
        if isinstance(value, str):
            return _LONE_SURROGATE.sub("\ufffd", value)
        return [clean(item) for item in value] if isinstance(value, list) else value

    return {key: clean(value) for key, value in fields.items() if key in Record.__slots__}


def _text(fields: dict[str, object], key: str) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value if value and value.strip() else None
    raise _Unfit(f'the "{key}" is {_kind(value)} where a text is expected')


def _id(fields: dict[str, object]) -> str | None:
    value = fields.get("id")
    return str(value) if type(value) is int else _text(fields, "id")


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _Unfit(f'the "authors" are {_kind(value)} where a list of names is expected')
    for name in value:
        if not isinstance(name, str):
            raise _Unfit(f'the "authors" hold {_kind(name)} where names are expected')
    return tuple(name for name in value if name.strip())


def _year(value: object) -> int | None:
    if isinstance(value, str):
        value = value.strip() or None
        if isinstance(value, str) and value.isdecimal():
            value = int(value[:9])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or (type(value) is int and 0 < value < 10_000):
        return value
    shown = f"{value!r}"[:40]
    raise _Unfit(f'the "year" is {shown} where a year such as 2024 is expected')


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "null" if value is None else "a text")
