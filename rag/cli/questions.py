"""Questions and earlier turns from files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import SourceError
from rag.types import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a file of questions, `id` as it stands there or else its number; `line` is all it says."""

    id: str | int
    question: str
    history: tuple[Message, ...]
    line: dict[str, Any]


def read_questions(path: Path) -> list[Asked]:
    """The questions of a file of JSON lines `{"id", "question", "history"?}`.

    Raises:
        SourceError: The file cannot be read, or a line is not of this form.
    """
    lines = enumerate(_text(path).split("\n"), 1)  # a question may hold other line ends, such as U+2028
    return [_asked(path, number, line) for number, line in lines if line.strip()]


def read_history(path: Path) -> tuple[Message, ...]:
    """The turns in a file that is a JSON list of `{"role", "content"}`, oldest first.

    Raises:
        SourceError: The file cannot be read or is not of this form.
    """
    return _messages(_json(_text(path), str(path)), str(path))


def _asked(path: Path, number: int, line: str) -> Asked:
    place = f"line {number} of {path}"
    value = _json(line, place)
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        raise SourceError(f'In {place} there is no "question". Write lines like {{"id": "1", "question": "…"}}.')
    identifier = value.get("id", number)
    if not isinstance(identifier, (str, int)):
        raise SourceError(f'The "id" in {place} is neither text nor a number. Correct it, or leave it out.')
    return Asked(identifier, value["question"], _messages(value.get("history") or [], place), value)


def _messages(turns: Any, place: str) -> tuple[Message, ...]:
    if not isinstance(turns, list) or not all(_is_turn(turn) for turn in turns):
        raise SourceError(
            f'The history in {place} is not a list of {{"role": "user" or "assistant", "content": text}}. '
            "Correct it and ask again."
        )
    return tuple(Message(turn["role"], turn["content"]) for turn in turns)


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and turn.get("role") in ("user", "assistant") and isinstance(turn.get("content"), str)


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"What stands in {place} is not JSON ({error}). Correct it and try again.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"The file {path} cannot be read ({error}). Check its name and that it is UTF-8 text."
        ) from error
