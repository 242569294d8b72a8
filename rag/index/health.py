"""Whether an embedded vector store can be read, found out where a crash does no harm.

A damaged store can end the process that opens it (Chroma is native code), so a store that
changed since it was last seen well is opened in a process of its own first.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import IndexDamaged
from rag.index.damage import remedy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PATIENCE = 120  # seconds
_SAME = 0.99  # cosine of a vector and its own copy
_MOST = 0.9  # the graph is approximate: one in many may be missed


def fingerprint(folder: Path) -> str:
    """Names, sizes and times of the files below `folder`: equal as long as nobody wrote there."""
    facts = []
    for path in sorted(folder.rglob("*")):
        # A journal of Chroma's may be gone by the time it is looked at.
        with suppress(FileNotFoundError):
            if not path.is_dir():
                facts.append((str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def check(folder: Path, name: str, expected: int, sample: NDArray[np.float32]) -> None:
    """Open the store in `folder` in another process, count it and look for a `sample` [n, dimension] of its vectors.

    Raises:
        IndexDamaged: It cannot be read, holds fewer than `expected` vectors, or does not find those it should.
    """
    command = [sys.executable, "-m", "rag.index.health", str(folder), name]
    try:
        # Started where rag is installed, so that no file of the user's folder is taken for a module.
        done = subprocess.run(  # noqa: S603
            command,
            input=json.dumps(sample.tolist()),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    except subprocess.TimeoutExpired:
        raise _damaged(folder, f"it did not answer within {_PATIENCE} seconds") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"its process ended with {done.returncode}"])[-1]
        raise _damaged(folder, reason[:200])
    seen = json.loads(done.stdout)
    if seen["count"] < expected:
        raise _damaged(folder, f"it holds {seen['count']} of {expected} vectors")
    found = sum(cosine > _SAME for cosine in seen["cosines"])
    if found < _MOST * len(sample):
        raise _damaged(folder, f"it finds {found} of {len(sample)} vectors it should hold")


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(f"The vector index in {folder} is damaged ({reason}). {remedy(folder.parents[1])}")


def _main(folder: str, name: str) -> None:
    import numpy as np

    from rag.index.vectors import Vectors

    sample = np.array(json.load(sys.stdin), dtype=np.float32)
    try:
        vectors = Vectors(Path(folder), name)
        count = vectors.count()
        found = [vectors.nearest(vector, 1) for vector in sample] if count else []
    except IndexDamaged as error:
        sys.exit(str(error.__cause__))
    json.dump({"count": count, "cosines": [cosine for ((_, cosine),) in found]}, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
