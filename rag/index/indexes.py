"""The two search indexes of a library: opened, checked, brought up to date, built anew."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import IndexDamaged
from rag.index.damage import remedy
from rag.index.terms import Terms
from rag.index.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rag.index.embedder import Embedder
    from rag.library.store import Library
    from rag.types import Progress

# What opens, fills and checks an index is imported where it is done: most commands only read.

_SAMPLE = 40
_PATIENCE_SECONDS = 0.2  # of a caller that waits for another and may be stopped


class Indexes:
    """Word and vector index of one library.

    They live in a numbered folder of the library, named in SQLite: a rebuild makes the next
    folder and changes the name in one transaction, so that there is always a whole one.
    Both are opened when first used; Chroma alone takes a second to import.
    """

    def __init__(self, library: Library, embedder: Embedder, chroma_url: str | None = None) -> None:
        self.library = library
        self.embedder = embedder
        self._chroma_url = chroma_url
        self._opening = threading.RLock()
        # Embedding takes long: words do not wait for it.
        self._syncing_words = threading.Lock()
        self._syncing_vectors = threading.Lock()
        self._terms: Terms | None = None
        self._vectors: Vectors | None = None

    @property
    def terms(self) -> Terms:
        """The word index.

        Raises:
            IndexDamaged: It cannot be read or lacks papers.
        """
        with self._opening:
            if self._terms is None:
                # Counted first: another process may be adding papers meanwhile, and more than these is well.
                expected = self.library.count("papers") - self.library.pending("terms")
                terms = Terms(self._folder() / "terms")
                if terms.count() < expected:
                    raise IndexDamaged(
                        f"The word index in {self._folder()} holds {terms.count()} of {expected} papers. "
                        f"{remedy(self.library.folder)}"
                    )
                self._terms = terms
            return self._terms

    @property
    def vectors(self) -> Vectors:
        """The vector index.

        Raises:
            IndexDamaged: It cannot be read, lacks vectors, or was made with another embedder.
        """
        with self._opening:
            if self._vectors is None:
                made_with = self.library.meta("embedder")
                if made_with not in (None, self.embedder.name):
                    raise IndexDamaged(
                        f"The vector index was made with the embedder {made_with}, not with {self.embedder.name}. "
                        f"{remedy(self.library.folder)}"
                    )
                self._vectors = self._opened_vectors()
            return self._vectors

    @property
    def server(self) -> str | None:
        """The URL of the Chroma server that keeps the vectors; None where they are in the library's folder."""
        return self._chroma_url

    def check(self) -> None:
        """Open both indexes, the vector index in a process of its own first.

        Raises:
            IndexDamaged: One cannot be read.
        """
        self.terms.count()
        self.vectors.count()

    def close(self) -> None:
        """Let go of the vector store's files."""
        with self._opening:
            if self._vectors is not None:
                self._vectors.close()
            self._terms = self._vectors = None

    def sync(self, progress: Progress, stopped: Callable[[], bool] = lambda: False) -> None:
        """Bring both indexes up to date, words first, until done or `stopped()`. One caller at a time works on each."""
        from rag.index.sync import sync_vectors

        self.sync_words(progress)
        while not self._syncing_vectors.acquire(timeout=_PATIENCE_SECONDS):
            if stopped():
                return
        try:
            if self.library.pending("vectors"):
                if self.library.meta("embedder") is None:
                    self.library.set_meta("embedder", self.embedder.name)
                sync_vectors(self.library, self.vectors, self.embedder, progress, stopped)
                self._seen_well()
        finally:
            self._syncing_vectors.release()

    def sync_words(self, progress: Progress, *, wait: bool = True) -> None:
        """Bring the word index up to date; unless callers `wait`, nothing is done while another works on it."""
        from rag.index.sync import sync_terms

        if self._syncing_words.acquire(blocking=wait):
            try:
                sync_terms(self.library, self.terms, progress)
            finally:
                self._syncing_words.release()

    def rebuild(self, progress: Progress) -> None:
        """Make both indexes again beside the old ones from what SQLite holds, then change over.

        Nothing is embedded again that was embedded before.
        """
        from rag.index.filling import fill_terms, fill_vectors

        with self._syncing_vectors, self._syncing_words:  # words do not wait while papers are embedded
            old, new = self._folder(), self._next_folder()
            vectors = self._empty_vectors(new)
            try:
                terms = Terms(new / "terms")
                fill_terms(self.library, terms, progress)
                unembedded = fill_vectors(self.library, vectors, self.embedder.name, progress)
                with self._opening:
                    self._change_over(new, unembedded)
                    replaced, self._terms, self._vectors = self._vectors, terms, vectors
            except BaseException:
                vectors.close()
                raise
            if replaced is not None:
                replaced.close()
            self._seen_well()
            self._remove(old, new)
        self.sync(progress)

    def _empty_vectors(self, folder: Path) -> Vectors:
        """A vector index with nothing of an earlier rebuild that was broken off."""
        shutil.rmtree(folder, ignore_errors=True)
        self._drop_collection(folder)
        return Vectors(self._chroma_url or folder / "chroma", self._collection(folder))

    def _change_over(self, folder: Path, unembedded: set[int]) -> None:
        with self.library.transaction() as db:
            db.execute("DELETE FROM chunks WHERE NOT live")
            db.executemany("UPDATE chunks SET live = 0 WHERE paper = ?", [(key,) for key in unembedded])
            db.executemany(
                "INSERT OR IGNORE INTO pending (search_index, paper) VALUES ('vectors', ?)",
                [(key,) for key in unembedded],
            )
            db.executemany(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                [("index_folder", folder.name), ("embedder", self.embedder.name)],
            )

    def _remove(self, old: Path, kept: Path) -> None:
        """Remove the indexes a rebuild has replaced, and those of one that was killed before it came to this."""
        for folder in self.library.folder.glob("index-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)
        self._drop_collection(old)

    def _drop_collection(self, folder: Path) -> None:
        if self._chroma_url:
            vectors = Vectors(self._chroma_url, self._collection(folder))
            vectors.drop()
            vectors.close()

    def _opened_vectors(self) -> Vectors:
        import numpy as np

        from rag.index import health

        store = self._store()
        (expected,) = self.library.rows("SELECT count(*) FROM chunks WHERE live")[0]
        if isinstance(store, Path):
            if expected and not store.is_dir():
                raise IndexDamaged(f"The vector index {store} is gone. {remedy(self.library.folder)}")
            if store.is_dir() and health.fingerprint(store) != self.library.meta("vectors_seen_well"):
                health.check(store, self._collection(), expected, self._sample(expected))
        vectors = Vectors(store, self._collection())
        if expected:
            try:
                # The first query loads the graph, and Chroma then touches its files: only now can they be remembered.
                vectors.nearest(np.ones(self.embedder.dimension, dtype=np.float32), 1)
            except IndexDamaged:
                vectors.close()
                raise
        self._seen_well()
        return vectors

    def _sample(self, live: int) -> NDArray[np.float32]:
        """Some vectors the store should find [n, dimension], spread evenly over its `live` chunks."""
        import numpy as np

        from rag.index.sync import stored_embeddings

        rows = self.library.rows("SELECT digest FROM chunks WHERE live ORDER BY id")
        digests = [digest for (digest,) in rows[:: 1 + live // _SAMPLE]]
        stored = stored_embeddings(self.library, self.embedder.name, digests)
        return np.reshape(list(stored.values()), (len(stored), self.embedder.dimension))

    def _seen_well(self) -> None:
        from rag.index import health

        store = self._store()
        if isinstance(store, Path) and (seen := health.fingerprint(store)) != self.library.meta("vectors_seen_well"):
            self.library.set_meta("vectors_seen_well", seen)

    def _store(self) -> Path | str:
        return self._chroma_url or self._folder() / "chroma"

    def _collection(self, folder: Path | None = None) -> str:
        """The name of the collection, one of its own for every library and rebuild on a shared server."""
        if self.library.meta("uid") is None:
            with self.library.transaction() as db:  # another process may have been quicker
                db.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('uid', ?)", (uuid.uuid4().hex[:12],))
        return f"rag-{self.library.meta('uid')}-{(folder or self._folder()).name}"

    def _folder(self) -> Path:
        return self.library.folder / (self.library.meta("index_folder") or "index-1")

    def _next_folder(self) -> Path:
        return self.library.folder / f"index-{int(self._folder().name.partition('-')[2]) + 1}"
