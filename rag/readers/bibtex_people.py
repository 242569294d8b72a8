"""The names of a BibTeX author field: joined by `and`, with braces around what belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibtexparser.middlewares.names import parse_single_name_into_parts

from rag.readers.latex_groups import is_one_group, ungrouped
from rag.readers.people import inverted, known_people, whole

_MARK = re.compile(r"\\.|[{}]|(?:^|(?<= ))and(?= |$)", re.IGNORECASE)


def people_in(field: str) -> tuple[tuple[str, ...], bool]:
    """The names of an author field, and whether they are all: `and others` says there are more."""
    names, complete = known_people(list(_split(" ".join(field.split()))))
    return tuple(filter(None, map(_name, names))), complete


def _split(field: str) -> Iterator[str]:
    """The names between the `and`s that stand outside of all braces."""
    depth = start = 0
    for found in _MARK.finditer(field):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not found[0].startswith("\\") and depth == 0:
            yield field[start : found.start()].strip()
            start = found.end()
    yield field[start:].strip()


def _name(text: str) -> str:
    if is_one_group(text):
        return whole(ungrouped(text))
    if "," in text or "{" not in text:
        return ungrouped(text)
    # Braces within a name tell its family name from the rest: Gabriel {García Márquez}.
    parts = parse_single_name_into_parts(text, strict=False)
    return inverted(*(ungrouped(" ".join(part)) for part in (parts.von + parts.last, parts.first, parts.jr)))
