"""The phrases that rules about questions are made of, kept as text beside this module.

A line of `phrasebook/*.txt` is a regular expression in which words in capitals stand for one of many (`words.txt`), no
bracket captures unless it has a name, `'` is any apostrophe and `_` a blank. An indented line goes on with the one
before; `[name]` begins a section, `#` a remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("phrasebook")
_SECTION = re.compile(r"\[([\w ]+)\]")
_CAPTURING = re.compile(r"(?<!\\)\((?!\?)")
_APOSTROPHE = re.compile(r"'(?![^\[\]]*\])")  # outside of brackets, which list signs


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of a text, by section."""
    found: dict[str, list[str]] = {}
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if section := _SECTION.fullmatch(line):
            lines = found.setdefault(section[1], [])
        elif line.startswith(" "):
            lines[-1] += line.strip()
        elif line and not line.startswith("# "):
            lines.append(line)
    return {section: tuple(map(_spelt_out, lines)) for section, lines in found.items()}


def _spelt_out(line: str) -> str:
    return _APOSTROPHE.sub("['’]", _CAPTURING.sub("(?:", line)).replace("_", " ")
