"""Telling the authors of a library apart by their names alone.

A full name is one person, and two full names never are. Names with initials alone ("D. He") belong to the full name
that they fit if the library has only one such; else whoever is written so is a person of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from rag.library.names import Name
from rag.library.store import Library

ROWS = "SELECT key, name_key, family_key, family, given, suffix FROM authors WHERE "


class Row(NamedTuple):
    """A spelling that the library has. `identity` is the same for all spellings of a full name."""

    key: int
    name: Name
    identity: str
    initials: bool


class Identity(NamedTuple):
    """One person: spellings of the full name, and those with initials that can mean nobody else."""

    spellings: list[Row]
    short: list[Row]


def identities(library: Library, meant: Iterable[Name]) -> list[Identity]:
    """The people whose names can be those that are meant, in whichever way a source has parted them."""
    names = list(meant)
    rows: dict[int, tuple[Any, ...]] = {}
    for name in names:
        rows |= {row[0]: row for row in library.rows(ROWS + "name_key = ?", (name.key,))}
    new = {place for name in names for place in _places(name)}
    asked: set[tuple[str, str]] = set()
    while new:
        asked |= new
        found = {row[0]: row for place in new for row in _rows(library, *place)}
        rows |= found
        # The family of "Luc Van", "Gool" has another name too.
        new = {place for row in found.values() if " " in row[4] for place in _places(Name(*row[3:]).gathered)} - asked
        new = {place for place in new if (place[0], "") not in asked}
    return _grouped(_row(*row) for row in rows.values())


def _places(name: Name) -> set[tuple[str, str]]:
    """Where the rows of a name can be: the key of its family, and the first letter of its given name if it has one."""
    initial = name.key.partition(", ")[2][:1] if name.given else ""
    families = {Name(form.family).key for form in _forms(name)}
    return {(family, initial) for family in families | {family.rpartition(" ")[2] for family in families}}


def _rows(library: Library, family: str, initial: str) -> list[tuple[Any, ...]]:
    if not initial:
        return library.rows(ROWS + "family_key = ?", (family,))
    first = f"{family}, {initial}"
    return library.rows(ROWS + "name_key >= ? AND name_key < ?", (first, first[:-1] + chr(ord(initial) + 1)))


def _row(key: int, name_key: str, family_key: str, *parts: str) -> Row:
    name = Name(*parts)
    whole = name.gathered.key if " " in name.given else name_key
    given = whole.partition(", ")[2].split()
    # A sign of a script without capitals is a whole name.
    initials = all(len(word) == 1 and word != word.upper() for word in given) and bool(given)
    return Row(key, name, whole.replace(" ", ""), initials)


def identity_of(name: Name) -> str:
    """The `identity` that rows with this full name have."""
    return name.gathered.key.replace(" ", "")


def _grouped(rows: Iterable[Row]) -> list[Identity]:
    full: dict[str, Identity] = {}
    short: dict[str, Identity] = {}
    for row in rows:
        (short if row.initials else full).setdefault(row.identity, Identity([], [])).spellings.append(row)
    beginning: defaultdict[str, list[Identity]] = defaultdict(list)
    for one in full.values():
        beginning[_initial(one)].append(one)
    alone = []
    for one in short.values():
        fitting = [other for other in beginning[_initial(one)] if fits(one.spellings[0].name, other)]
        if len(fitting) == 1:
            fitting[0].short.extend(one.spellings)
        else:
            alone.append(one)
    return [*full.values(), *alone]


def _initial(one: Identity) -> str:
    return one.spellings[0].identity.partition(",")[2][:1]


def fits(name: Name, one: Identity) -> bool:
    """Whether a name can be this person's; who has no given name is not whoever has one."""
    own = one.spellings[0].name
    if name.given and not own.given and own.key != name.key:
        return False
    return any(mine.matches(theirs) for mine in _forms(name) for theirs in _forms(own))


def _forms(name: Name) -> tuple[Name, ...]:
    return (name, name.gathered) if " " in name.given else (name,)
