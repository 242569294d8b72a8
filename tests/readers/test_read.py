"""Opening, detection, encodings and damage, whatever the format."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.readers import read, source
from rag.types import BadRecord, Record

LINE = json.dumps({"title": "Glaciers of the Zürich Alps", "abstract": "They melt."}, ensure_ascii=False) + "\n"


def write(tmp_path: Path, data: bytes, name: str = "export") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def only_bad(path: Path) -> BadRecord:
    [bad] = read(path)
    assert isinstance(bad, BadRecord)
    return bad


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / "none.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path)


def test_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path / "pipe")


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, b"x")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"cannot be read \(Permission denied\)"):
        read(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (gzip.compress(b"", mtime=0), "the file is empty"),
        (b" \n\r\n\t ", "nothing but blanks"),
        (b"\0" * 5000, "nothing but blanks"),
        (bytes(range(256)) * 40, "binary file"),
        (os.urandom(5000), "binary file"),
        (b"\x89PNG\r\n\x1a\n1234", "a PNG picture"),
        (b"%PDF-1.7 x", "a PDF document"),
        (b"PK\x03\x04" + b"\0" * 60, "a zip archive"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "gzip file inside"),
        (b"Dear all,\nplease find the papers attached.\n", "the format is not known"),
        (b"<html><body>no</body></html>", "the format is not known"),
        (b"[" * 100_000, "the format is not known"),
        (b'[\n{"title": "T"},\n{"title": "U"}\n]', "the format is not known"),
        (b"\x1f\x8b", "ends too early"),
        (b"\x1f\x8b\x08junk and more junk", ""),
    ],
)
def test_what_no_format_claims_is_one_bad_record(tmp_path: Path, data: bytes, reason: str) -> None:
    bad = only_bad(write(tmp_path, data))
    assert bad.position == "file"
    assert reason in bad.reason


def test_unknown_format_says_what_can_be_read(tmp_path: Path) -> None:
    assert "author page, JSON lines" in only_bad(write(tmp_path, b"hello")).reason


@pytest.mark.parametrize("name", ["a.jsonl", "a.gz", "a.bib", "a"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_names_do_not_matter_and_encodings_are_told(tmp_path: Path, name: str, pack, encoding: str) -> None:
    found = list(read(write(tmp_path, pack((LINE * 3).encode(encoding)), name)))
    assert [item.position for item in found] == ["line 1", "line 2", "line 3"]
    assert {item.title for item in found if isinstance(item, Record)} == {"Glaciers of the Zürich Alps"}


def test_one_line_in_another_encoding(tmp_path: Path) -> None:
    found = list(read(write(tmp_path, LINE.encode() + LINE.encode("cp1252") + LINE.encode())))
    assert [item.title for item in found if isinstance(item, Record)] == ["Glaciers of the Zürich Alps"] * 3


def test_multibyte_character_across_the_head(tmp_path: Path) -> None:
    for shift in range(4):
        line = json.dumps({"title": "x" * shift + "é何" * 30_000}, ensure_ascii=False)
        [record] = read(write(tmp_path, line.encode()))
        assert isinstance(record, Record)
        assert record.title == "x" * shift + "é何" * 30_000


def test_truncated_gzip_keeps_the_whole_records(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"Paper {n} {os.urandom(200).hex()}"}) for n in range(2000)]
    packed = gzip.compress("\n".join(lines).encode())
    *records, bad = read(write(tmp_path, packed[: len(packed) // 2]))
    assert 500 < len(records) < 1500
    assert all(isinstance(record, Record) for record in records)
    assert isinstance(bad, BadRecord)
    assert bad.position == f"after line {len(records)}"
    assert "ends too early" in bad.reason


def test_damaged_gzip_keeps_the_records_before(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"Paper {n} {os.urandom(200).hex()}"}) for n in range(2000)]
    packed = bytearray(gzip.compress("\n".join(lines).encode()))
    middle = len(packed) // 2
    packed[middle : middle + 300] = b"\xff" * 300
    found = list(read(write(tmp_path, bytes(packed))))
    assert sum(isinstance(item, Record) for item in found) > 500
    assert isinstance(found[-1], BadRecord)
    assert "damaged" in found[-1].reason


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_overlong_line_is_skipped_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack) -> None:
    monkeypatch.setattr(source, "MAX_LINE_BYTES", 2**20)
    noise = os.urandom(2**20).hex().encode()
    path = write(tmp_path, pack(LINE.encode() + noise * 12 + b"\n" + LINE.encode()))
    tracemalloc.start()
    first, bad, last = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Record)
    assert bad == BadRecord("line 2", "the line is longer than 1 MB, no paper needs that")
    assert last.position == "line 3"
    assert peak < 8 * 2**20


@pytest.mark.parametrize("filling", [b"\n", b"a"])
def test_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filling: bytes) -> None:
    monkeypatch.setattr(source, "BOMB_BYTES", 2**18)
    first, *_, bad = read(write(tmp_path, gzip.compress(LINE.encode() + filling * 2**20)))
    assert isinstance(first, Record)
    assert isinstance(bad, BadRecord)
    assert "times its size" in bad.reason


def test_records_come_lazily(tmp_path: Path) -> None:
    path = write(tmp_path, LINE.encode() * 20_000)
    tracemalloc.start()
    assert sum(1 for _ in read(path)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**21


def test_abandoned_reading_leaves_no_open_file(tmp_path: Path) -> None:
    path = write(tmp_path, LINE.encode() * 10)
    read(path)
    records = read(path)
    next(records)
    del records


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=300),
    start=st.sampled_from([b"", b"\x1f\x8b\x08", LINE.encode(), b"Goto\n\n", b"\xff\xfe"]),
)
def test_any_bytes_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes) -> None:
    found = list(read(write(tmp_path_factory.getbasetemp(), start + data)))
    assert found
    assert all(item.position for item in found)
