"""Authors of very many papers, and names that very many people have."""

from __future__ import annotations

import pytest

from rag.answering.listing.groups import authors_of_many, by_author
from rag.assistant import Assistant
from rag.retrieval.people import Person
from rag.retrieval.planning.authors import of_people


def test_they_are_those_of_few(invented: Assistant) -> None:
    keys = [key for (key,) in invented.library.rows("SELECT key FROM papers ORDER BY key")]
    groups, names = authors_of_many(invented.library, keys)
    assert groups == by_author(invented.library, keys)
    assert names == invented.library.count("authors")
    some, fewer = authors_of_many(invented.library, keys[:4])
    assert some == by_author(invented.library, keys[:4])
    assert fewer < names


@pytest.mark.parametrize(("number", "named", "more"), [(3, 3, 0), (20, 20, 0), (3748, 20, 3728)])
def test_a_doubt_names_few(number: int, named: int, more: int) -> None:
    doubt = of_people("Wen", [Person(f"W{place} Wen", (place,), 1) for place in range(number)], known=True)
    assert (len(doubt.choices), doubt.more) == (named, more)
