"""A whole file of JSON as a value, in bounded memory; and texts out of such values."""

from __future__ import annotations

import json
import re

from rag.readers.source import Source
from rag.types import BadRecord

MAX_FILE_CHARACTERS = 64 * 2**20

_SURROGATE = re.compile("[\ud800-\udfff]")


def parsed(source: Source) -> object | BadRecord:
    """The value a file holds, or why it holds none."""
    lines: list[str] = []
    size = 0
    for line in source.lines():
        if isinstance(line, BadRecord):
            return line
        size += len(line.text) + 1
        if size > MAX_FILE_CHARACTERS:
            return BadRecord("file", f"the file is longer than {MAX_FILE_CHARACTERS // 2**20} MB: export it in parts")
        lines.append(line.text)
    try:
        value: object = json.loads("\n".join(lines))
    except RecursionError:
        return BadRecord("file", "the JSON is nested too deeply")
    except json.JSONDecodeError as error:
        return BadRecord(f"line {error.lineno}", f"not valid JSON: {error.msg} at column {error.colno}")
    except ValueError as error:
        return BadRecord("file", f"not valid JSON: {error}")
    return value


def text_of(value: object) -> str:
    """A text or a number as text, the first of a list; empty for what is neither."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, str):
        # Half a character pair cannot be stored; it is legal JSON all the same.
        return _SURROGATE.sub("\ufffd", value)
    return str(value) if type(value) in (int, float) else ""


def objects_of(value: object) -> list[dict[str, object]]:
    """The objects of a list, none for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
