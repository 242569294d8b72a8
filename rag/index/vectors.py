"""Embeddings of chunks in Chroma. The only module that imports chromadb."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from rag.errors import IndexDamaged
from rag.index.damage import damage_told, remedy

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from numpy.typing import NDArray

BATCH = 5000  # Chroma takes 5,461 at most
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}


class Vectors:
    """Unit vectors by chunk id, searched by cosine.

    Args:
        place: The folder of an embedded store (made if missing), or the URL of a Chroma server.
        name: The collection's name on that store.

    Raises:
        IndexDamaged: The store cannot be opened.
    """

    def __init__(self, place: Path | str, name: str) -> None:
        self._place = place
        self._name = name
        with damage_told(self._damaged):
            self._client = _client(place)
            self._collection = self._client.get_or_create_collection(
                name, configuration=cast(Any, {"hnsw": _HNSW}), embedding_function=None
            )

    def drop(self) -> None:
        """Delete the collection from the store."""
        with damage_told(self._damaged):
            self._client.delete_collection(self._name)

    def close(self) -> None:
        """Let go of the store's files."""
        cast(Any, self._client).close()

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, dimension] under `ids`; an id that is there already keeps its vector."""
        with damage_told(self._damaged):
            for first in range(0, len(ids), BATCH):
                some = slice(first, first + BATCH)
                self._collection.add(ids=list(ids[some]), embeddings=cast(Any, vectors[some]))

    def delete(self, ids: Sequence[str]) -> None:
        """Forget these ids; one that is not there is passed over."""
        with damage_told(self._damaged):
            for first in range(0, len(ids), BATCH):
                self._collection.delete(ids=list(ids[first : first + BATCH]))

    def nearest(
        self, vector: NDArray[np.float32], k: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `k` ids whose vectors are nearest to `vector` [dimension], with their cosine, best first.

        `among` limits the search to these ids; one that is not there is passed over.
        """
        with damage_told(self._damaged):
            if among is None:
                return self._query(vector, k, None)
            try:
                return self._query(vector, k, list(among)) if among else []
            except Exception:
                # Chroma refuses to search among ids of which one is gone: another thread may just have deleted it.
                there = self._collection.get(ids=list(among), include=[])["ids"]
                return self._query(vector, k, there) if there else []

    def _query(self, vector: NDArray[np.float32], k: int, among: list[str] | None) -> list[tuple[str, float]]:
        found = self._collection.query(
            query_embeddings=cast(Any, vector[None, :]), n_results=k, ids=among, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """How many vectors there are."""
        with damage_told(self._damaged):
            return self._collection.count()

    def _damaged(self, error: BaseException) -> IndexDamaged:
        if isinstance(self._place, str):
            return IndexDamaged(
                f"The Chroma server at {self._place} does not answer as expected ({_first_line(error)}). "
                "Check that it runs and that CHROMA_URL is right, or remove CHROMA_URL."
            )
        return IndexDamaged(
            f"The vector index in {self._place} cannot be read ({_first_line(error)}). {remedy(self._place.parents[1])}"
        )


def import_chroma() -> threading.Thread:
    """Begin to import Chroma in a thread: it takes a second, in which the embedding model can be loaded.

    The thread has to be joined before the process ends.
    """
    import_module("numpy")  # which two threads cannot import at once
    thread = threading.Thread(target=import_module, args=("chromadb",), name="import chromadb")
    thread.start()
    return thread


def _client(place: Path | str) -> ClientAPI:
    import logging

    import chromadb
    import chromadb.config

    logging.getLogger("chromadb").setLevel(logging.ERROR)
    settings = chromadb.config.Settings(anonymized_telemetry=False)
    if isinstance(place, Path):
        place.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(place), settings=settings)
    url = urlsplit(place)
    return chromadb.HttpClient(
        url.hostname or "",
        port=url.port or (443 if url.scheme == "https" else 8000),
        ssl=url.scheme == "https",
        settings=settings,
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
