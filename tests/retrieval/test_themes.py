from __future__ import annotations

import time

import numpy as np
import pytest
from invented import RECORDS, QuickEmbedder, no_progress, put
from numpy.typing import NDArray

from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.retrieval.themes import FURTHER, paper_vectors, themes

SUBJECTS = {
    "Coral bleaching": "heat stress on coral reefs",
    "Glacier calving": "ice that breaks off a front",
    "Knot theory": "loops of rope that do not come apart",
    "Beehive acoustics": "sounds of swarms before they leave",
    "Volcanic lightning": "discharges in plumes of ash",
    "Kelp farming": "ropes on which seaweed grows",
    "Sand dune migration": "ripples that the wind moves",
    "Moth navigation": "flights by the light of the moon",
}


def texts(of_each: int) -> list[tuple[str, str]]:
    """Papers on each subject in turn, in words of their own but for the subject's name."""
    return [
        (
            f"Report {number}: {subject} in region{number}",
            f"We look at {about}. Site{number} is where {subject} is seen.",
        )
        for number in range(of_each)
        for subject, about in SUBJECTS.items()
    ]


def vectors(of_each: int, dimension: int = 48) -> NDArray[np.float32]:
    """Unit vectors, those of a subject near one another."""
    random = np.random.default_rng(7)
    centres = np.linalg.qr(random.normal(size=(dimension, len(SUBJECTS))))[0].T
    made = np.concatenate([centres + random.normal(size=centres.shape) * 0.08 for _ in range(of_each)])
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("of_each", [3, 12, 250])
def test_finds_groups_again_and_names_them(of_each: int) -> None:
    found = themes(texts(of_each), vectors(of_each), len(SUBJECTS))

    subjects = list(SUBJECTS)
    assert sorted(theme.label for theme in found) == sorted(subjects)
    for theme in found:
        assert {place % len(subjects) for place in theme.members} == {subjects.index(theme.label)}
        assert len(theme.members) == of_each


@pytest.mark.parametrize("of_each", [2, 6, 120])
def test_same_papers_have_same_themes(of_each: int) -> None:
    assert themes(texts(of_each), vectors(of_each), 6) == themes(texts(of_each), vectors(of_each), 6)


@pytest.mark.parametrize("most", [1, 2, 5])
@pytest.mark.parametrize("of_each", [4, 60])
def test_every_paper_is_in_one_theme_and_there_are_no_more_than_asked_for(of_each: int, most: int) -> None:
    found = themes(texts(of_each), vectors(of_each), most)

    places = [place for theme in found for place in theme.members]
    assert sorted(places) == list(range(of_each * len(SUBJECTS)))
    named = [theme for theme in found if theme.label != FURTHER]
    assert len(named) <= max(2, most)
    assert len({theme.label.casefold() for theme in named}) == len(named)
    assert [len(theme.members) for theme in named] == sorted((len(theme.members) for theme in named), reverse=True)


def test_most_central_paper_is_first() -> None:
    places = [place for place in range(8 * 12) if place % 8 == 0]
    made = vectors(12)
    centre = made[places].sum(axis=0)

    theme = next(theme for theme in themes(texts(12), made, 8) if theme.label == "Coral bleaching")

    assert list(theme.members) == sorted(places, key=lambda place: -float(made[place] @ centre))


def test_without_vectors_words_make_the_themes() -> None:
    for unknown in (None, np.zeros((80, 16), dtype=np.float32)):
        found = themes(texts(10), unknown, 8)
        assert {theme.label for theme in found if theme.label != FURTHER} == set(SUBJECTS)


def test_papers_that_are_not_embedded_stay_apart() -> None:
    made = vectors(12)
    made[5] = made[17] = 0

    found = themes(texts(12), made, 8)

    assert found[-1].label == FURTHER
    assert found[-1].members == (5, 17)


@pytest.mark.parametrize(
    ("papers", "labels"),
    [
        ([], []),
        ([("Coral bleaching", "Reefs.")], []),
        ([("On coral bleaching", "Reefs."), ("Chess endings", "Rooks.")], []),
        ([("Coral bleaching here", "Coral bleaching."), ("On coral bleaching", "Reefs.")], ["Coral bleaching"]),
        ([("", ""), ("", "")], []),
        ([("The", "It is."), ("A", "")], []),
    ],
)
def test_few_papers_have_one_theme_or_none(papers: list[tuple[str, str]], labels: list[str]) -> None:
    assert [theme.label for theme in themes(papers, None, 5)] == labels


def test_same_vector_for_all() -> None:
    made = np.tile(vectors(1)[:1], (500, 1))

    found = themes([("Moth navigation", "Flights.")] * 500, made, 8)

    assert [theme.label for theme in found] == ["Moth navigation"]
    assert len(found[0].members) == 500


def test_fifty_papers_are_quick() -> None:
    papers, made = texts(7)[:50], vectors(7)[:50]
    themes(papers, made, 8)

    began = time.process_time()
    themes(papers, made, 8)

    assert time.process_time() - began < 0.15  # a third of that where nothing else runs


def test_vectors_of_papers_are_the_means_of_their_chunks(library: Library) -> None:
    put(library, RECORDS)
    indexes = Indexes(library, embedder := QuickEmbedder(window=12))
    assert paper_vectors(library, embedder.name, [1, 2]).shape == (2, 0)
    indexes.sync(no_progress)
    keys = [key for (key,) in library.rows("SELECT key FROM papers ORDER BY key DESC")]

    found = paper_vectors(library, embedder.name, [*keys, 999])

    for row, key in zip(found, keys, strict=False):
        stored = library.rows(
            "SELECT vector FROM chunks JOIN embeddings USING (digest) WHERE paper = ? AND embedder = 'quick'", (key,)
        )
        mean = np.mean([np.frombuffer(vector, dtype=np.float32) for (vector,) in stored], axis=0)
        np.testing.assert_allclose(row, mean / np.linalg.norm(mean), atol=1e-5)
    assert not found[-1].any()
    indexes.close()


def test_vectors_of_many_papers_are_the_same(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, RECORDS)
    indexes = Indexes(library, embedder := QuickEmbedder(window=12))
    indexes.sync(no_progress)
    keys = [key for (key,) in library.rows("SELECT key FROM papers")][1:]
    few = paper_vectors(library, embedder.name, keys)

    monkeypatch.setattr("rag.retrieval.paper_vectors._MANY", 1)
    monkeypatch.setattr("rag.retrieval.paper_vectors._BATCH", 3)

    np.testing.assert_allclose(paper_vectors(library, embedder.name, keys), few, atol=1e-6)
    indexes.close()
