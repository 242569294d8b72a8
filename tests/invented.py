"""Papers that do not exist, a quick embedder, and ways to put both to use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.library.ingest import ingest
from rag.library.store import Library
from rag.library.writing import Outcome, RecordWriter
from rag.readers import read
from rag.types import IngestReport, Record

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
