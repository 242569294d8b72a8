"""The map of a library, kept in its folder. It can always be made again."""

from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rag.retrieval.library_map import Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FORMAT = 2
_KEPT = "map-*.npz"


def keep(folder: Path, places: Places) -> None:
    """Write the map into the library's folder, in place of the one before.

    Raises:
        OSError: The folder cannot be written.
    """
    import numpy as np

    path = folder / f"map-{places.revision}.npz"
    unfinished = folder / f"map-{os.getpid()}.unfinished"
    with unfinished.open("wb") as file:
        np.savez(
            file,
            format=_FORMAT,
            revision=places.revision,
            papers=places.papers,
            positions=places.positions,
            theme=places.theme,
            labels=np.array(places.labels, dtype=np.str_),
            counts=np.array([places.missing, places.pending, places.changed]),
        )
    unfinished.replace(path)
    for other in folder.glob(_KEPT):
        if other != path:
            other.unlink(missing_ok=True)


def kept(folder: Path) -> Places | None:
    """The map that was written last; None if there is none or it cannot be read, and then it is removed."""
    for path in sorted(folder.glob(_KEPT), key=lambda path: path.name):
        try:
            return _read(path)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            with suppress(OSError):
                path.unlink()
    return None


def _read(path: Path) -> Places:
    import numpy as np

    with path.open("rb") as whole, np.load(whole, allow_pickle=False) as file:
        if int(file["format"]) != _FORMAT:
            raise ValueError(f"{path} is of another format")
        papers, positions, theme = file["papers"], file["positions"], file["theme"]
        labels = tuple(str(label) for label in file["labels"])
        missing, pending, changed = (int(count) for count in file["counts"])
        _check(papers, positions, theme, len(labels))
        return Places(str(file["revision"]), papers, positions, theme, labels, missing, pending, changed)


def _check(papers: NDArray[np.uint64], positions: NDArray[np.float32], theme: NDArray[np.uint8], labels: int) -> None:
    """Make sure that what was read is a map.

    Raises:
        ValueError: It is not.
    """
    import numpy as np

    shapes = papers.shape == theme.shape == (len(papers),) and positions.shape == (len(papers), 2)
    kinds = papers.dtype == np.uint64 and positions.dtype == np.float32 and theme.dtype == np.uint8
    if not (shapes and kinds and len(papers) and np.isfinite(positions).all() and int(theme.max()) < labels):
        raise ValueError("not a map")
