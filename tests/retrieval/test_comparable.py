"""What of a library is worth comparing."""

from __future__ import annotations

from rag.assistant import Assistant
from rag.index.embedder import MiniLMEmbedder
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.retrieval.comparable import comparable


def test_methods_by_name_and_pairs_of_them_no_paper_twice(seeds: Assistant) -> None:
    found = comparable(seeds.indexes)
    assert len(found.pairs) >= 2
    names = [name for pair in found.pairs for name in pair]
    assert len(names) == len(set(names))
    assert set(names) <= set(found.methods)


def test_each_pair_can_be_compared(seeds: Assistant) -> None:
    answer = seeds.compare(comparable(seeds.indexes).pairs[0]).answer
    assert not answer.refused
    assert answer.table is not None
    assert len(answer.table.rows) == 2


def test_an_empty_library_has_nothing_to_compare(library: Library, embedder: MiniLMEmbedder) -> None:
    indexes = Indexes(library, embedder, None)
    assert comparable(indexes) == ((), ())
    indexes.close()
