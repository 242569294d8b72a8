"""Open a source file as lines of text, whatever its compression and encoding, in bounded memory."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rag.errors import SourceError
from rag.types import BadRecord

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES = 64 * 1024
MAX_LINE_BYTES = 16 * 2**20
# Text compresses 3 to 20 times, gzip ends at about 1,030: what lies near that end is a bomb.
BOMB_BYTES = 16 * 2**20
BOMB_RATIO = 500

_GZIP_MAGIC = b"\x1f\x8b"
# The marks of UTF-32 begin with those of UTF-16, so they are looked for first.
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Line(NamedTuple):
    """A line of a source: its 1-based number and its text without the line end."""

    number: int
    text: str


class Source:
    """An open source file.

    `head` is its decoded beginning (at most `HEAD_BYTES` bytes); `damage` tells, once the lines
    have been read, why they ended before the file did.
    """

    def __init__(self, stream: io.BufferedReader[Any], guard: _Guard) -> None:
        self._stream = stream
        self._guard = guard
        self.raw_head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        self.head = decode(self.raw_head)
        self.line_number = 0

    @property
    def damage(self) -> str | None:
        """Why the file could not be read to its end, or None where it could."""
        return self._guard.damage

    def lines(self) -> Iterator[Line | BadRecord]:
        """Yield the lines one by one; a line longer than `MAX_LINE_BYTES` is a `BadRecord`."""
        while raw := self._stream.readline(MAX_LINE_BYTES + 1):
            if len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
                self._skip_line()
                self.line_number += 1
                reason = f"the line is longer than {MAX_LINE_BYTES // 2**20} MB, no paper needs that"
                yield BadRecord(f"line {self.line_number}", reason)
            elif raw.endswith(b"\n") or self.damage is None:
                for part in raw.rstrip(b"\r\n").split(b"\r"):
                    self.line_number += 1
                    yield Line(self.line_number, decode(part))

    def _skip_line(self) -> None:
        while (rest := self._stream.readline(2**20)) and not rest.endswith(b"\n"):
            pass


class _Guard(io.RawIOBase):
    """A byte stream that ends where the file under it breaks or turns out to be a bomb, and says why."""

    def __init__(self, stream: io.BufferedIOBase | gzip.GzipFile, file_bytes: int, packed: bool) -> None:
        self._stream = stream
        self._limit = max(BOMB_BYTES, file_bytes * BOMB_RATIO) if packed else None
        self._total = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        filled = 0
        while filled < len(view) and (data := self._read(len(view) - filled)):
            view[filled : filled + len(data)] = data
            filled += len(data)
        return filled

    def _read(self, size: int) -> bytes:
        if self.damage is not None:
            return b""
        try:
            data = self._stream.read1(size)
        except EOFError:
            self.damage = "the compressed file ends too early: copy or download it again"
        except (zlib.error, gzip.BadGzipFile):
            self.damage = "the compressed data is damaged here: copy or download the file again"
        except OSError as error:
            self.damage = f"reading stopped: {error.strerror or error}"
        else:
            self._total += len(data)
            if self._limit is None or self._total <= self._limit:
                return data
            self.damage = f"the file unpacks to over {BOMB_RATIO} times its size: it is no list of papers"
        return b""


class _Transcoded(io.RawIOBase):
    """A byte stream of UTF-8 made of one in UTF-16 or UTF-32."""

    def __init__(self, stream: io.BufferedReader[Any], encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._ready:
            raw = self._stream.read1(HEAD_BYTES)
            self._ready = self._decoder.decode(raw, final=not raw).encode("utf-8", "replace")
            if not raw:
                break
        size = min(len(memoryview(buffer)), len(self._ready))
        memoryview(buffer)[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def decode(raw: bytes) -> str:
    """Text of UTF-8 bytes, or of cp1252 (else Latin-1) where they are not UTF-8; NUL bytes are left out."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # A head may end inside a character: that does not make the rest Latin-1.
        if error.reason == "unexpected end of data" and len(raw) - error.start < 4 and len(raw) >= HEAD_BYTES:
            return raw[: error.start].decode("utf-8")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a plain or gzip-compressed file (told by its first bytes, not by its name).

    Raises:
        SourceError: the file does not exist, is a folder or a device, or may not be read.
    """
    if not path.exists():
        raise SourceError(f"{path} does not exist: check the path.")
    if path.is_dir():
        raise SourceError(f"{path} is a folder: give the files in it.")
    if not path.is_file():
        raise SourceError(f"{path} is not a regular file: give a file of papers.")
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}): check its permissions.") from error
    with file:
        packed = file.peek(2)[:2] == _GZIP_MAGIC
        inner = gzip.GzipFile(fileobj=file) if packed else file
        guard = _Guard(inner, path.stat().st_size, packed)
        stream: io.BufferedReader[Any] = io.BufferedReader(guard, HEAD_BYTES)
        start = stream.peek(4)[:4]
        for mark, encoding in _WIDE_BOMS:
            if start.startswith(mark):
                stream = io.BufferedReader(_Transcoded(stream, encoding), HEAD_BYTES)
                break
        yield Source(stream, guard)
