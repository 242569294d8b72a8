"""Who a name means: everyone whom it can mean, their papers, and whose names are nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log10
from typing import Any

from rag.library.names import Name, readings
from rag.library.store import Library
from rag.retrieval.identities import ROWS, Identity, fits, identities, identity_of
from rag.retrieval.question import valid_unicode

_FAMILIES, _LOOKED_AT = 60, 20  # nearest families, and names of these
_LEAST_FAMILY, _LEAST_GIVEN, _LEAST = 60.0, 45.0, 72.0  # of 100, for a name to be near
_FURTHER = 20.0  # from the nearest one
_FAMILY_SHARE = 0.6
_HALF = 88.0  # how like a name is to a part of it
_KNOWN = 2.0  # for ten times the papers


@dataclass(frozen=True, slots=True)
class Person:
    """An author of the library: the fullest spelling of the name, and how many papers there are.

    `keys` are the rows of the table authors that are this person.
    """

    name: str
    keys: tuple[int, ...]
    papers: int


def people(library: Library, written: str) -> list[Person]:
    """Everyone whom a name can mean, most papers first; nobody if the library does not have it.

    A written name that is the full name of one person means only that one, whoever else is written with initials.
    """
    written = valid_unicode(written)
    meant = _readings(written)
    known = identities(library, meant)
    for reading in meant:
        identity = identity_of(reading) if reading.given else ""
        if exact := [one for one in known if one.spellings[0].identity == identity and not one.spellings[0].initials]:
            return _counted(library, exact)
    fitting = [one for one in known if any(fits(reading, one) for reading in meant)]
    if meant and not fitting:
        # A group in small letters looks like somebody with a given name.
        whole = Name(" ".join(written.split()))
        fitting = [one for one in identities(library, [whole]) if one.spellings[0].identity == identity_of(whole)]
    return _counted(library, fitting)


def papers_of(library: Library, name: str) -> set[int]:
    """Keys of the papers of everyone whom a name can mean; of a single person if it is the full name of one."""
    return papers_with(library, [key for person in people(library, name) for key in person.keys])


def maybe_same(library: Library, person: Person) -> list[Person]:
    """Others whose names allow that they are this person, most papers first: "B. He" for "Bo He", "Bo Y. He" too."""
    names = _readings(person.name)[:1]
    others = [one for one in identities(library, names) if one.spellings[0].key not in person.keys]
    return _counted(library, [one for one in others if fits(names[0], one)])


def papers_with(library: Library, authors: Collection[int]) -> set[int]:
    """Keys of the papers that have any of these rows of the table authors."""
    found = library.rows_in("SELECT paper FROM authorships WHERE author IN ({})", sorted(authors))
    return {paper for (paper,) in found}


def people_with(library: Library, authors: Mapping[int, Name]) -> list[Person]:
    """The people who have any of these rows of the table authors, most papers first; with each row the name there."""
    found = identities(library, authors.values())
    return _counted(library, [one for one in found if any(row.key in authors for row in chain(*one))])


def nearest_people(library: Library, written: str, k: int = 5) -> list[Person]:
    """The `k` people whose names are nearest to one that is misspelt or only half there, best first; maybe nobody."""
    meant = _readings(valid_unicode(written))
    asked = [(Name(name.family).key, Name("x", name.given).key.partition(", ")[2]) for name in meant]
    scores: dict[int, float] = {}
    names: dict[int, Name] = {}
    for key, name_key, family_key, *parts in _candidates(library, asked):
        given = name_key.removeprefix(f"{family_key}, ") if name_key != family_key else ""
        score = max(_likeness(*each, family_key, given) for each in asked)
        if score >= _LEAST:
            names[key], scores[key] = Name(*parts), score
    best = sorted(scores, key=lambda key: (-scores[key], key))[:_LOOKED_AT]
    found = people_with(library, {key: names[key] for key in best})
    rank = {person.keys: max(scores.get(key, 0.0) for key in person.keys) for person in found}
    nearest = max(rank.values(), default=0.0)
    found = [person for person in found if rank[person.keys] >= nearest - _FURTHER]
    return sorted(found, key=lambda person: -rank[person.keys] - _KNOWN * log10(person.papers))[:k]


def _candidates(library: Library, asked: Sequence[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    """Rows whose family is near to one that is asked for; those whose given names begin with it if it stands alone."""
    from rapidfuzz import fuzz, process

    families, ending = library.kept("families", lambda: _families(library))
    wanted = {family for family, _ in asked}
    near = {family for name in wanted for family in ending.get(name, ())}
    for key in wanted:
        found = process.extract(key, families, scorer=fuzz.ratio, score_cutoff=_LEAST_FAMILY, limit=_FAMILIES)
        near |= {family for family, *_ in found}
    yield from library.rows_in(ROWS + "family_key IN ({})", sorted(near))
    for key, given in asked:
        if not given:
            called = library.rows("SELECT key FROM authors WHERE name_key LIKE ?", (f"%, {key}%",))
            yield from library.rows_in(ROWS + "key IN ({})", [author for (author,) in called])


def _families(library: Library) -> tuple[list[str], dict[str, list[str]]]:
    """The keys of all families, and by the last word of each those that end with it."""
    families = [family for (family,) in library.rows("SELECT DISTINCT family_key FROM authors")]
    ending: defaultdict[str, list[str]] = defaultdict(list)
    for family in families:
        ending[family.rpartition(" ")[2]].append(family)
    return families, dict(ending)


def _likeness(asked_family: str, asked_given: str, family: str, given: str) -> float:
    """How like names are, as their keys, in [0, 100]."""
    from rapidfuzz import fuzz

    alike = fuzz.ratio(asked_family, family)
    if family.rpartition(" ")[2] == asked_family:
        alike = max(alike, _HALF)
    if not asked_given:
        return max(alike * _HALF / 100, _HALF if given.startswith(asked_family) else 0.0)
    if not given:
        return alike * _HALF / 100
    short, long = sorted((asked_given, given), key=len)
    half = long.startswith(short) and (len(short) == 1 or long[len(short)] == " ") if short != long else False
    given_alike = _HALF if half else fuzz.ratio(asked_given, given)
    return _FAMILY_SHARE * alike + (1 - _FAMILY_SHARE) * given_alike if given_alike >= _LEAST_GIVEN else 0.0


def _readings(written: str) -> list[Name]:
    try:
        return list(readings(written))
    except ValueError:  # no letter, so nobody's name
        return []


def _counted(library: Library, found: Sequence[Identity]) -> list[Person]:
    """The people with the number of their papers, most first."""
    keys = [row.key for one in found for row in chain(*one)]
    papers: defaultdict[int, set[int]] = defaultdict(set)
    for author, paper in library.rows_in("SELECT author, paper FROM authorships WHERE author IN ({})", keys):
        papers[author].add(paper)
    persons = []
    for one in found:
        own = tuple(row.key for row in chain(*one))
        fullest = max(one.spellings, key=lambda row: (len(row.name.display), len(papers[row.key])))
        persons.append(Person(fullest.name.display, own, len(set().union(*(papers[key] for key in own)))))
    return sorted(persons, key=lambda person: (-person.papers, person.name))
