"""A map of the library: where each paper lies among those like it, and which theme it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from rag.library.store import Library
from rag.retrieval.layout import beside, layout
from rag.retrieval.map_themes import densest, map_themes
from rag.retrieval.paper_vectors import paper_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MANY = 5000  # papers: of more, the few that are new are put beside those like them
_CHANGED = 0.1  # of the papers: when more than that have come or gone, all are laid out again
_LAYING_OUT = 0.85  # of the work of making a map


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What is kept of a map: `papers` [n] by `marks`, `positions` [n, 2] in the unit square, `theme` [n].

    Keys would not do: a paper that comes may get the key of one that is gone. `labels` name the themes,
    `revision` is the library's. `missing` papers were not embedded, of which `pending` would be. `changed` papers have
    come or gone since all were laid out.
    """

    revision: str
    papers: NDArray[np.uint64]
    positions: NDArray[np.float32]
    theme: NDArray[np.uint8]
    labels: tuple[str, ...]
    missing: int
    pending: int
    changed: int


@dataclass(frozen=True, slots=True, eq=False)
class LibraryMap:
    """The map of a library: of each of n papers its id, title, year (0 where not known), position and theme.

    `x` and `y` [n] are in [0, 1], y downwards; `theme` [n] are places in `labels`, whose papers are densest at
    `label_places` [len(labels), 2]. `missing` papers are not embedded yet and left off. `name` tells one map from
    another.
    """

    name: str
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    years: NDArray[np.uint16]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    theme: NDArray[np.uint8]
    labels: tuple[str, ...]
    label_places: NDArray[np.float32]
    missing: int


def marks(ids: Iterable[str]) -> NDArray[np.uint64]:
    """A number for each id that no other paper has."""
    import numpy as np

    digests = (hashlib.blake2b(identifier.encode(), digest_size=8).digest() for identifier in ids)
    return np.frombuffer(b"".join(digests), dtype=np.uint64)


def laid_out(library: Library, revision: str, old: Places | None, progress: Callable[[float], None]) -> Places | None:
    """Where the papers of the library lie now; None if none is embedded. `old` is where they lay before.

    Raises:
        LibraryError: The library cannot be read.
    """
    import numpy as np

    pending = library.pending("vectors")
    rows = library.rows("SELECT key, id FROM papers ORDER BY key")
    keys, papers = np.array([key for key, _ in rows], dtype=np.int64), marks(identifier for _, identifier in rows)
    vectors = paper_vectors(library, library.meta("embedder") or "", keys.tolist())
    embedded = vectors.any(axis=1)
    missing = int(len(keys) - embedded.sum())
    if missing == len(keys):
        return None
    if missing:
        keys, papers, vectors = keys[embedded], papers[embedded], vectors[embedded]
    places = _with_new(old, papers, vectors) if old else None
    if places is None:
        positions = layout(vectors, lambda done: progress(_LAYING_OUT * done))
        progress(_LAYING_OUT)
        labels, theme = map_themes(partial(_texts, library, keys), vectors)
        places = Places("", papers, positions, theme, labels, 0, 0, 0)
    progress(1.0)
    return replace(places, revision=revision, missing=missing, pending=pending)


def library_map(library: Library, places: Places) -> LibraryMap:
    """The map of the papers that are still there, as the library describes them now.

    Raises:
        LibraryError: The library cannot be read.
    """
    import numpy as np

    rows = library.rows("SELECT id, title, year FROM papers")
    described = dict(zip(marks(identifier for identifier, *_ in rows).tolist(), rows, strict=True))
    there = np.array([paper in described for paper in places.papers.tolist()], dtype=bool)
    told = [described[paper] for paper in places.papers[there].tolist()]
    positions, theme = places.positions[there], places.theme[there]
    years = np.array([year if year and 0 < year < 2**16 else 0 for _, _, year in told], dtype=np.uint16)
    return LibraryMap(
        f"{places.revision}-{len(told)}-{places.pending}",
        tuple(identifier for identifier, _, _ in told),
        tuple(title for _, title, _ in told),
        years,
        positions[:, 0],
        positions[:, 1],
        theme,
        places.labels,
        densest(positions, theme, len(places.labels)),
        max(0, len(described) - len(told)),
    )


def _with_new(old: Places, papers: NDArray[np.uint64], vectors: NDArray[np.float32]) -> Places | None:
    """The papers where they were and the new ones beside those like them; None where too much has changed."""
    import numpy as np

    _, known, before = np.intersect1d(papers, old.papers, assume_unique=True, return_indices=True)
    new = np.setdiff1d(np.arange(len(papers)), known, assume_unique=True)
    changed = old.changed + len(new) + len(old.papers) - len(known)
    if len(papers) < _MANY or changed > _CHANGED * len(papers):
        return None
    positions, theme = np.empty((len(papers), 2), dtype=np.float32), np.empty(len(papers), dtype=np.uint8)
    positions[known], theme[known] = old.positions[before], old.theme[before]
    if len(new):
        nearest = beside(vectors[new], vectors[known])
        positions[new], theme[new] = positions[known][nearest], theme[known][nearest]
    return replace(old, papers=papers, positions=positions, theme=theme, changed=changed)


def _texts(library: Library, keys: NDArray[np.int64], at: Sequence[int]) -> list[tuple[str, str]]:
    chosen = keys[at].tolist()
    rows = library.rows_in("SELECT key, title, abstract FROM papers WHERE key IN ({})", chosen)
    texts = {key: (title, abstract) for key, title, abstract in rows}
    return [texts.get(key, ("", "")) for key in chosen]
