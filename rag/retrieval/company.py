"""Who wrote papers, and who wrote them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from rag.library.names import Name
from rag.library.store import Library
from rag.retrieval.identities import identity_of


class Author(NamedTuple):
    """Someone, and the keys of those of some papers that are theirs, in the order of these."""

    name: str
    papers: list[int]


def authors_of(library: Library, keys: Sequence[int], without: frozenset[int] = frozenset()) -> list[Author]:
    """The authors of papers but those `without` (rows of the table authors), most papers first, then by name.

    Spellings of one full name are one author, and so are initials that only one of the others can have.
    """
    rows = library.rows_in(
        "SELECT paper, author, family, given, suffix FROM authorships JOIN authors ON key = author WHERE paper IN ({})",
        keys,
    )
    place = {key: rank for rank, key in enumerate(keys)}
    people: dict[str, tuple[Name, set[int]]] = {}
    for paper, author, *parts in rows:
        if author not in without:
            name = Name(*parts)
            people.setdefault(identity_of(name), (name, set()))[1].add(paper)
    found = [Author(name.display, sorted(papers, key=place.__getitem__)) for name, papers in _gathered(people)]
    return sorted(found, key=lambda author: (-len(author.papers), author.name.casefold()))


def together(authors: Sequence[Author]) -> dict[tuple[int, int], int]:
    """How many papers each two of these have in common, by their places, the lower first; only those that have any."""
    shared: dict[tuple[int, int], int] = {}
    papers = [set(author.papers) for author in authors]
    for one, other in combinations(range(len(authors)), 2):
        if number := len(papers[one] & papers[other]):
            shared[one, other] = number
    return shared


def _gathered(people: dict[str, tuple[Name, set[int]]]) -> list[tuple[Name, set[int]]]:
    families: defaultdict[str, list[tuple[Name, set[int]]]] = defaultdict(list)
    for name, papers in people.values():
        families[Name(name.family).key].append((name, papers))
    found = []
    for family in families.values():
        full = [each for each in family if not _initials(each[0])]
        found += full
        for name, papers in (each for each in family if _initials(each[0])):
            own = [each for each in full if each[0].matches(name)]
            if len(own) == 1:
                own[0][1].update(papers)
            else:
                found.append((name, papers))
    return found


def _initials(name: Name) -> bool:
    words = name.key.partition(", ")[2].split()
    return bool(words) and all(len(word) == 1 for word in words)
