"""Abstracts in pieces that fit the embedder's window."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import RECORDS

from rag.index.chunks import chunks_of
from rag.index.embedder import MiniLMEmbedder
from rag.index.sentences import sentence_spans
from rag.types import Chunk, Paper

TITLE = "Weighing Clouds with a Kitchen Scale"


def words(text: str) -> int:
    return len(text.split())


def cut(paper: Paper, embedder: MiniLMEmbedder) -> list[Chunk]:
    chunks = chunks_of(paper, embedder.count_tokens, embedder.window)
    assert_covers(paper, chunks)
    assert max(embedder.count_tokens(chunk.text) for chunk in chunks) <= embedder.window
    return chunks


def assert_covers(paper: Paper, chunks: list[Chunk]) -> None:
    end = 0
    for chunk in chunks:
        assert chunk.paper_id == paper.id
        assert end <= chunk.start <= chunk.end
        assert not paper.abstract[end : chunk.start].strip()
        assert chunk.text.endswith(paper.abstract[chunk.start : chunk.end])
        end = chunk.end
    assert not paper.abstract[end:].strip()


def test_nearly_every_abstract_is_one_chunk(embedder: MiniLMEmbedder) -> None:
    for record in RECORDS:
        (chunk,) = cut(Paper("p", record.title, record.abstract), embedder)
        assert (chunk.start, chunk.end) == (0, len(record.abstract))
        assert chunk.text == f"{record.title}\n{record.abstract}"


def test_a_paper_without_an_abstract_is_its_title(embedder: MiniLMEmbedder) -> None:
    assert cut(Paper("p", TITLE), embedder) == [Chunk("p", 0, 0, TITLE)]


def test_a_long_abstract_is_several_chunks_of_whole_sentences(embedder: MiniLMEmbedder) -> None:
    abstract = " ".join(f"Cloud {n} weighs {n}.5 grams on the scale of our kitchen." for n in range(300))[:16_000]
    chunks = cut(Paper("p", TITLE, abstract), embedder)
    assert 8 <= len(chunks) <= 14
    starts, ends = zip(*sentence_spans(abstract), strict=True)
    for chunk in chunks:
        assert chunk.text.startswith(f"{TITLE}\nCloud ")
        assert chunk.start in starts
        assert chunk.end in ends
    assert embedder.count_tokens(chunks[0].text) > embedder.window * 0.9


@pytest.mark.parametrize(
    "abstract",
    ["cloud" * 4000, "云" * 3000, "cloud " * 3000, "云。" * 1500, "x" * 99 + " " + "y" * 16_000, "\U0001f327" * 4000],
    ids=["one word", "unspaced", "no stop", "unspaced stops", "a giant word", "emoji"],
)
def test_a_giant_sentence_is_cut_between_words(embedder: MiniLMEmbedder, abstract: str) -> None:
    cut(Paper("p", TITLE, abstract), embedder)


@pytest.mark.parametrize("title", ["cloud " * 5000, "云" * 5000, "cloud. " * 5000, "Cloud: " + "云" * 4000])
@pytest.mark.parametrize("abstract", ["", "Clouds weigh little. " * 200])
def test_a_giant_title_leaves_room(embedder: MiniLMEmbedder, title: str, abstract: str) -> None:
    began = time.perf_counter()
    chunks = cut(Paper("p", title.strip(), abstract.strip()), embedder)
    assert len(chunks) < 10
    assert all(title.startswith(chunk.text.partition("\n")[0]) for chunk in chunks)
    assert time.perf_counter() - began < 5


@given(
    title=st.lists(st.sampled_from(["Clouds", "weigh", "x" * 120]), min_size=1, max_size=40).map(" ".join),
    abstract=st.lists(st.sampled_from(["Clouds weigh.", "We sail", "x" * 130, "e.g.", "(1)", "\n"]), max_size=150).map(
        " ".join
    ),
    window=st.integers(12, 60),
)
@settings(deadline=None)
def test_any_abstract_is_covered_in_order_within_the_window(title: str, abstract: str, window: int) -> None:
    paper = Paper("p", title, abstract.strip())
    chunks = chunks_of(paper, words, window)
    assert_covers(paper, chunks)
    assert max(words(chunk.text) for chunk in chunks) <= window


@given(title=st.text(min_size=1, max_size=50), abstract=st.text(max_size=400))
@settings(deadline=None, max_examples=50)
def test_any_text_fits_the_bundled_model(embedder: MiniLMEmbedder, title: str, abstract: str) -> None:
    cut(Paper("p", title, abstract * 12), embedder)
