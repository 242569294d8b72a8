"""The vector index on a real Chroma."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import IndexDamaged
from rag.index.vectors import BATCH, Vectors


def unit(count: int, dimension: int = 8) -> NDArray[np.float32]:
    rows = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    vectors = Vectors(tmp_path / "chroma", "papers")
    yield vectors
    vectors.close()


def test_the_nearest_come_first_with_their_cosine(vectors: Vectors) -> None:
    rows = unit(30)
    names = [f"{n}:0" for n in range(30)]
    vectors.add(names, rows)
    found = vectors.nearest(rows[3], 5)
    cosines = rows @ rows[3]
    best = np.argsort(-cosines)[:5]
    assert [name for name, _ in found] == [names[n] for n in best]
    np.testing.assert_allclose([cosine for _, cosine in found], cosines[best], atol=1e-5)
    assert len(vectors.nearest(rows[3], 1000)) == 30


def test_a_search_may_be_limited_to_some_ids(vectors: Vectors) -> None:
    rows = unit(10)
    vectors.add([f"{n}" for n in range(10)], rows)
    assert {name for name, _ in vectors.nearest(rows[0], 5, ["3", "4"])} == {"3", "4"}
    assert vectors.nearest(rows[0], 5, []) == []


def test_an_id_that_another_thread_has_deleted_is_passed_over(vectors: Vectors) -> None:
    rows = unit(3)
    vectors.add(["a", "b", "c"], rows)
    vectors.delete(["b"])
    assert [name for name, _ in vectors.nearest(rows[0], 5, ["a", "b"])] == ["a"]
    assert vectors.nearest(rows[0], 5, ["b"]) == []


def test_adding_and_deleting_can_be_repeated(vectors: Vectors) -> None:
    rows = unit(3)
    vectors.add(["a", "b"], rows[:2])
    vectors.add(["b", "c"], rows[1:])
    assert vectors.count() == 3
    assert vectors.nearest(rows[1], 1)[0] == ("b", pytest.approx(1))
    vectors.delete(["a", "never there"])
    vectors.delete(["a"])
    vectors.delete([])
    assert vectors.count() == 2


def test_more_than_chroma_takes_at_once(vectors: Vectors) -> None:
    names = [f"{n}" for n in range(BATCH + 700)]
    vectors.add(names, unit(len(names), 2))
    assert vectors.count() == len(names)
    assert len(vectors.nearest(unit(1, 2)[0], 3, names)) == 3
    vectors.delete(names)
    assert vectors.count() == 0


def test_an_empty_store_finds_nothing(vectors: Vectors) -> None:
    assert vectors.nearest(unit(1)[0], 3) == []


def test_what_was_added_is_there_when_opened_again(tmp_path: Path) -> None:
    rows = unit(3)
    for _ in range(2):
        vectors = Vectors(tmp_path, "papers")
        vectors.add(["a", "b", "c"], rows)
        assert vectors.nearest(rows[2], 1)[0][0] == "c"
        vectors.close()


def test_a_dropped_collection_begins_anew(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, "papers")
    vectors.add(["a"], unit(1))
    vectors.drop()
    vectors.close()
    vectors = Vectors(tmp_path, "papers")
    assert vectors.count() == 0
    vectors.close()


def test_a_vector_of_another_length_is_damage(vectors: Vectors) -> None:
    vectors.add(["a"], unit(1))
    with pytest.raises(IndexDamaged, match="rag rebuild"):
        vectors.nearest(unit(1, 5)[0], 1)


def test_a_store_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(IndexDamaged, match=r"vector index in .* cannot be read .*run `rag rebuild --library "):
        Vectors(tmp_path, "papers")


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(IndexDamaged, match=r"Chroma server at http://127\.0\.0\.1:9 does not answer.*CHROMA_URL"):
        Vectors("http://127.0.0.1:9", "papers")
