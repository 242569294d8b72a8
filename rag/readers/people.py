"""Lists of authors: where they end without being complete."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What the exports of this house say of a paper whose other authors are not known.
INCOMPLETE = "The list of authors is incomplete."

_OTHERS = re.compile(r"\W*(?:and others|others|(?:and |& )?et\.? al\.?)\W*", re.IGNORECASE)


def known_people(names: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The names of a list, and whether they are all: `A, B, et al.` gives two names and False."""
    people = [name for name in names if name.strip()]
    complete = True
    while people and _OTHERS.fullmatch(people[-1]):
        people.pop()
        complete = False
    return tuple(people), complete


def inverted(family: str, given: str = "", suffix: str = "") -> str:
    """A name whose parts are known, in the order indexes use: `King, Jr., Martin Luther`."""
    return ", ".join(part for part in (family.strip(), suffix.strip(), given.strip()) if part)


def whole(name: str) -> str:
    """The name of a group, in braces where it would otherwise be taken apart."""
    name = name.strip()
    return f"{{{name}}}" if re.search("[ ,;\uff0c\u3001]", name) else name
