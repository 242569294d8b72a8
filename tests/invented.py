"""Papers that do not exist, a quick embedder, and ways to put both to use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.index.chunks import chunks_of
from rag.index.indexes import Indexes
from rag.index.terms import analyse
from rag.library.ingest import ingest
from rag.library.store import Library
from rag.library.writing import Outcome, RecordWriter
from rag.readers import read
from rag.types import IngestReport, Paper, Record

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
PAPERS_FILE = ROOT / "tests" / "fixtures" / "papers.jsonl"
PAGE_FILE = ROOT / "tests" / "fixtures" / "page.txt"
RECORDS = tuple(record for record in read(PAPERS_FILE) if isinstance(record, Record))


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Show nothing."""


def ingested(library: Library, *paths: Path) -> IngestReport:
    """Read files and folders into a library."""
    return ingest(library, paths, no_progress)


def put(library: Library, records: Iterable[Record], source: str = "invented") -> list[Outcome]:
    """Store records as if they came from one source, and tell what became of each."""
    with library.transaction() as db:
        writer = RecordWriter(db, source)
        return [writer.put(record) for record in records]


class QuickEmbedder:
    """Unit vectors made from hashes of words; `texts` are all it ever embedded."""

    dimension = 16

    def __init__(self, name: str = "quick", window: int = 60) -> None:
        self.name = name
        self.window = window
        self.texts: list[str] = []

    def count_tokens(self, text: str) -> int:
        """A word is a token."""
        return len(text.split())

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts that share words are near each other."""
        self.texts.extend(texts)
        return np.stack([_bag_of_words(text) for text in texts])


def _bag_of_words(text: str) -> NDArray[np.float32]:
    vector = np.full(QuickEmbedder.dimension, 0.01, dtype=np.float32)
    for word in text.split():
        vector[hashlib.sha256(word.encode()).digest()[0] % QuickEmbedder.dimension] += 1
    return vector / np.linalg.norm(vector)


def assert_settled(indexes: Indexes) -> None:
    """Both indexes hold exactly what the library says, and nothing is left to do."""
    library, embedder = indexes.library, indexes.embedder
    assert library.pending("terms") == library.pending("vectors") == 0
    papers = library.rows("SELECT key, title, abstract FROM papers")
    assert indexes.terms.count() == len(papers)
    assert {row[0] for row in library.rows("SELECT paper FROM chunks")} == {key for key, *_ in papers}
    assert library.rows("SELECT id FROM chunks WHERE NOT live") == []
    for key, title, _ in papers:
        assert key in [found for found, _ in indexes.terms.search(analyse(title), len(papers))]
    texts = {
        f"{key}:{chunk.start}:{hashlib.sha256(chunk.text.encode()).hexdigest()[:12]}": chunk.text
        for key, title, abstract in papers
        for chunk in chunks_of(Paper("", title, abstract), embedder.count_tokens, embedder.window)
    }
    assert {row[0] for row in library.rows("SELECT id FROM chunks")} == texts.keys()
    query = np.ones(embedder.dimension, dtype=np.float32) / np.sqrt(embedder.dimension, dtype=np.float32)
    stored = dict(indexes.vectors.nearest(query, 10_000))
    assert stored.keys() == texts.keys()
    expected = np.stack([_bag_of_words(texts[name]) @ query for name in stored])
    np.testing.assert_allclose(list(stored.values()), expected, atol=1e-4)
