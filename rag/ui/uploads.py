"""Files that visitors gave, kept in the library's folder under safe names.

A file is kept once it is whole on the disk, and waits, by a marker beside it, until it has been read: a server
that is killed before reads it when it starts again.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from itertools import count
from pathlib import Path
from threading import Lock

from rag.errors import LibraryError

_LONGEST = 120  # bytes of a name, its suffix with it
_LONGEST_SUFFIX = 12
_UNSAFE = re.compile(r"[^\w .,+=@#%&()\[\]'–-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_WAITING = ".waiting"


class Uploads:
    """The uploads in `folder`, which is made when there is one. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()

    def keep(self, files: Iterable[tuple[str, bytes]]) -> list[Path]:
        """Keep files, given by the names they were given under and what is in them, and where each is now.

        A file with other content than the one of its name gets a number: visitors share the folder, and exporters
        give every file the same name. Nothing is written where the same is kept already.

        Raises:
            LibraryError: A file cannot be written; those before it wait to be read.
        """
        kept: list[Path] = []
        with self._lock:
            try:
                (self.folder / _WAITING).mkdir(parents=True, exist_ok=True)
                for name, content in files:
                    path = self._place(safe_name(name), content)
                    self._write(path, content)
                    kept.append(path)
            except OSError as error:
                raise LibraryError(
                    f"The file cannot be kept in {self.folder} ({error.strerror or error}). "
                    "Make room on the disk or make the folder writable, and drop it again."
                ) from error
        return list(dict.fromkeys(kept))

    def waiting(self) -> list[Path]:
        """The uploads that have not been read yet, by name."""
        names = sorted(marker.name for marker in (self.folder / _WAITING).glob("*"))
        return [path for name in names if (path := self.folder / name).is_file()]

    def read(self, paths: Sequence[Path]) -> None:
        """Say that files have been read."""
        with self._lock:
            for path in paths:
                (self.folder / _WAITING / path.name).unlink(missing_ok=True)

    def holds(self, path: Path) -> bool:
        """Whether a file is an upload."""
        return path.parent == self.folder.absolute()

    def forget(self, path: Path) -> None:
        """Remove an upload, if there is one at `path`; one that waits to be read, and any other file, stays."""
        with self._lock:
            if self.holds(path) and not self._waits(path):
                path.unlink(missing_ok=True)

    def tidy(self, sources: Container[str]) -> None:
        """Remove the uploads that neither wait to be read nor have the name of one of the `sources`."""
        with self._lock:
            for path in self.folder.glob("*"):
                if path.is_file() and path.name not in sources and not self._waits(path):
                    path.unlink(missing_ok=True)

    def _waits(self, path: Path) -> bool:
        return (self.folder / _WAITING / path.name).exists()

    def _place(self, name: str, content: bytes) -> Path:
        """Where a file goes: where the same is already, or the first name that no other file has."""
        stem, suffix = os.path.splitext(name)
        folder = self.folder.absolute()
        digest = hashlib.sha256(content).digest()
        for number in count(1):
            path = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
            if not path.exists() or hashlib.sha256(path.read_bytes()).digest() == digest:
                break
        return path

    def _write(self, path: Path, content: bytes) -> None:
        """The marker first: a file that is whole is never one that nobody reads."""
        (self.folder / _WAITING / path.name).touch()
        part = self.folder / _WAITING / f".{path.name}.part"  # which is the name of no upload
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


def safe_name(name: str) -> str:
    """A file's name that any system can keep and any page can show: no path, no control characters, not too long."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode("utf-8"))
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    stem, suffix = os.path.splitext(name)
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    stem = stem.encode()[: _LONGEST - len(suffix.encode())].decode("utf-8", "ignore").strip(" .")
    if not stem.strip("_ ."):
        stem = "papers"
    return f"_{stem}{suffix}" if _RESERVED.match(stem) else f"{stem}{suffix}"
