"""Values as JSON in the file, and back.

A later version may have written more than this one knows: fields without a name here are passed over, and what
cannot be read of an answer is left out where an answer can do without. Of filters nothing is: others would be asked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from rag.types import Answer, Citation, Filters

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_Value = TypeVar("_Value")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
UNREADABLE = "This answer was kept by another version of the program and cannot be shown whole. Ask again."


def valid(text: str) -> str:
    """`text` without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def written(value: Answer | Filters | Sequence[Citation]) -> str:
    """A value as JSON."""
    plain = asdict(value) if isinstance(value, Answer | Filters) else [asdict(each) for each in value]
    return valid(json.dumps(plain, ensure_ascii=False))


def answer(text: str) -> Answer:
    """The answer that `written` wrote.

    Raises:
        ValueError: What every answer needs is not there.
    """
    return _read(Answer, json.loads(text))


def filters(text: str) -> Filters:
    """The filters that `written` wrote.

    Raises:
        ValueError: They cannot be read, or have a condition that is not known here.
    """
    values = json.loads(text)
    read: Filters = _adapter(Filters).validate_python(values)
    known = {field.name for field in fields(Filters)}
    if strange := [name for name, value in values.items() if value and name not in known]:
        raise ValueError(f"unknown conditions: {strange}")
    return read


def citations(text: str) -> tuple[Citation, ...]:
    """The citations that `written` wrote.

    Raises:
        ValueError: They cannot be read.
    """
    return tuple(_read(Citation, each) for each in json.loads(text))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The names and values of a list of pairs.

    Raises:
        ValueError: It is not one.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[tuple[str, str], ...]).validate_json(text)


def _read(kind: type[_Value], values: Any) -> _Value:
    from pydantic import ValidationError

    adapter = _adapter(kind)
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        if not isinstance(values, dict):
            raise
        strange = {place["loc"][0] for place in error.errors() if place["loc"]}
        return adapter.validate_python({name: values[name] for name in values if name not in strange})


def _adapter(kind: type[_Value]) -> TypeAdapter[_Value]:
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:  # they take long to make
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
