"""The value of a BibTeX field: texts in braces or quotes, numbers and abbreviations, joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_JOINED = re.compile(r'"(?:\\.|\{[^{}]*\}|[^"\\])*+"|[^\s#{"]+|[#\s]+|\{', re.DOTALL)
_NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_ESCAPED = re.compile(r"\{?\\([_%#&~$])(?:\{\})?\}?|\{\\textasciitilde\s*\}|\\textasciitilde\s*(?:\{\})?|\$\\sim\$")
_URL_MACRO = re.compile(r"\\url\{([^{}]*)\}")


def values_of(name: str, text: str, strings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The field `name` and the text its value stands for; further fields where a comma between them was forgotten.

    `strings` are the abbreviations defined before it, names in lower case. One that was never defined stands for
    its own name, as `jan` does.
    """
    text = text.strip()
    parts: list[str] = []
    position = 0
    while position < len(text) and (found := _JOINED.match(text, position)):
        part, position = found[0], found.end()
        if part == "{":
            position = _closing(text, found.start())
            part = text[found.start() : position]
        if part[0] in '{"':
            parts.append(part[1:-1])
        elif part.strip("# \t\r\n"):
            parts.append(strings.get(part.casefold(), part))
        if forgotten := _NEXT_FIELD.match(text, position):
            yield name, "".join(parts)
            name, position, parts = forgotten[1], forgotten.end(), []
    yield name, "".join(parts) + text[position:]


def plain_address(text: str) -> str:
    """An address without the escapes LaTeX would need in a running text."""
    macro = _URL_MACRO.search(text)
    return _ESCAPED.sub(lambda found: found[1] or "~", macro[1] if macro else text).strip().strip("{}<>").strip()


def _closing(text: str, start: int) -> int:
    """The place behind the brace that closes the one at `start`, or the end."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)
