"""Sources that are taken away again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.errors import LibraryError
from rag.library.ingest import ingest
from rag.library.revision import Revision
from rag.library.sources import forget_unused, remove_source, source_name, sources_read
from rag.library.store import Library
from rag.types import Removal, Source


def source(folder: Path, name: str, *records: dict[str, Any]) -> str:
    path = folder / name
    path.write_text("\n".join(map(json.dumps, records)))
    return str(path)


def read(library: Library, *paths: str) -> None:
    ingest(library, [Path(path) for path in paths], lambda *_: None)


def state(library: Library) -> dict[str, Any]:
    """All that a library says of its papers."""
    papers = library.papers([key for (key,) in library.rows("SELECT key FROM papers ORDER BY id")])
    names = sorted(library.rows("SELECT name_key FROM authors"))
    return {"papers": papers, "authors": names, "revision": str(Revision(library))}


KELP = {"id": "x:1", "title": "Counting Kelp from Buoys", "abstract": "We count kelp.", "authors": ["O. Wen"]}
SAME = {
    "id": "x:1",
    "title": "Counting Kelp from Buoys",
    "abstract": "We count kelp from drifting buoys, and it works.",
    "authors": ["Orla Wen", "Bo He"],
    "year": 2021,
}
ICE = {"id": "x:2", "title": "Ice on Slow Rivers", "abstract": "Ice grows.", "authors": ["Ada Frost"]}


def test_a_library_without_a_source_is_as_if_that_was_never_read(tmp_path: Path) -> None:
    first, second = source(tmp_path, "a.jsonl", KELP), source(tmp_path, "b.jsonl", SAME, ICE)
    both, one = Library(tmp_path / "both"), Library(tmp_path / "one")
    read(both, first, second)
    read(one, first)
    assert len(state(both)["papers"][0].authors) == 2
    assert remove_source(both, second) == Removal(records=2, papers=1)
    assert state(both) == state(one)
    assert sources_read(both) == [Source(first, 1, 1)]
    for library in (both, one):
        library.close()


def test_the_source_that_came_first_can_go_too(tmp_path: Path, library: Library) -> None:
    first, second = source(tmp_path, "a.jsonl", KELP), source(tmp_path, "b.jsonl", SAME)
    read(library, first, second)
    assert remove_source(library, first) == Removal(records=1, papers=0)
    (paper,) = library.papers([1])
    assert (paper.authors, paper.year) == (("Orla Wen", "Bo He"), 2021)


def test_what_is_removed_waits_to_leave_both_indexes_and_changes_the_revision(tmp_path: Path, library: Library) -> None:
    path = source(tmp_path, "a.jsonl", KELP, ICE)
    read(library, path)
    revision = Revision(library)
    before = str(revision)
    with library.transaction() as db:
        db.execute("DELETE FROM pending")
    assert remove_source(library, path) == Removal(2, 2)
    assert (library.pending("terms"), library.pending("vectors")) == (2, 2)
    assert str(revision) != before
    assert [library.count(table) for table in ("papers", "authors", "sources")] == [0, 0, 0]
    assert library.rows("SELECT 1 FROM authorships UNION ALL SELECT 1 FROM records") == []


def test_a_source_that_was_not_read_cannot_be_removed(library: Library) -> None:
    with pytest.raises(LibraryError, match="has read no file"):
        remove_source(library, "/nowhere")


def test_a_removal_that_fails_changes_nothing(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source(tmp_path, "a.jsonl", KELP, ICE)
    read(library, path)
    before = state(library)
    calls = []

    def failing(*_: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError

    monkeypatch.setattr("rag.library.sources.remove", failing)
    with pytest.raises(MemoryError):
        remove_source(library, path)
    assert state(library) == before
    assert sources_read(library) == [Source(path, 2, 2)]


def test_vectors_are_kept_while_papers_wait(library: Library) -> None:
    with library.transaction() as db:
        db.execute("INSERT INTO embeddings VALUES (x'00', 'any', x'00')")
        db.execute("INSERT INTO pending VALUES ('vectors', 1)")
    forget_unused(library)
    assert library.rows("SELECT count(*) FROM embeddings") == [(1,)]
    with library.transaction() as db:
        db.execute("DELETE FROM pending")
    forget_unused(library)
    assert library.rows("SELECT count(*) FROM embeddings") == [(0,)]


def test_a_file_has_one_name_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_name(Path("a.bib")) == source_name(tmp_path / "x" / ".." / "a.bib") == str(tmp_path / "a.bib")
    assert source_name(Path("\udcff.bib")).endswith("\\xff.bib")
