"""Files and folders into the library: what is kept, what is reported, what a failure leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from invented import PAGE_FILE, PAPERS_FILE, RECORDS, SEEDS, ingested, no_progress

from rag.errors import LibraryError, SourceError
from rag.library import ingest as ingesting
from rag.library.ingest import ingest
from rag.library.store import Library
from rag.library.writing import RecordWriter
from rag.types import IngestReport, Paper, Record


def outcomes(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.merged


def papers(library: Library) -> list[Paper]:
    return library.papers([row[0] for row in library.rows("SELECT key FROM papers ORDER BY key")])


def everything(library: Library) -> list[list[tuple[object, ...]]]:
    tables = ("papers", "records", "authors", "authorships", "sources", "pending")
    return [library.rows(f"SELECT * FROM {table}") for table in tables]


def write(path: Path, *records: Record) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({key: value for key, value in asdict(record).items() if value}) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_seeds_are_twenty_records_of_nineteen_papers(library: Library) -> None:
    report = ingested(library, SEEDS)
    assert outcomes(report) == (19, 0, 0, 1)
    assert (report.failed, report.papers, library.count("authors")) == ((), 19, 2)
    shared = [paper for paper in papers(library) if len(paper.authors) > 1]
    assert [paper.authors for paper in shared] == [("Jiacheng Sun", "Di He")]
    assert not any(paper.authors_complete for paper in papers(library))
    before = everything(library)
    assert outcomes(ingested(library, SEEDS)) == (0, 0, 20, 0)
    assert everything(library) == before


def test_new_papers_wait_for_both_indexes(library: Library) -> None:
    ingested(library, PAPERS_FILE)
    assert library.pending("terms") == library.pending("vectors") == 8


def test_progress_tells_how_many_records_were_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH", 3)
    seen: list[tuple[str, int, int | None]] = []
    ingest(library, [PAPERS_FILE], lambda *told: seen.append(told))
    assert seen == [("reading", 3, None), ("reading", 6, None), ("reading", 8, None)]


def test_latex_is_readable_in_papers_and_kept_in_records(library: Library) -> None:
    assert outcomes(ingested(library, PAGE_FILE)) == (2, 0, 0, 0)
    paper = papers(library)[1]
    assert paper.title == "Paper Boats on the Ampère Channel"
    assert "The longest journey took" in paper.abstract
    (content,) = library.rows("SELECT content FROM records WHERE paper = 2")[0]
    assert json.loads(content)["title"] == r"Paper Boats on the Amp\`ere Channel"
    assert r"\textbf{longest}" in json.loads(content)["abstract"]


def test_another_source_of_a_paper_adds_what_it_knows(library: Library) -> None:
    ingested(library, PAGE_FILE)
    assert outcomes(ingested(library, PAPERS_FILE)) == (7, 0, 0, 1)
    paper = papers(library)[0]
    assert paper.authors == ("Juniper Vale", "Ines Abernoth")
    assert (paper.authors_complete, paper.year) == (True, 2023)


def test_what_cannot_be_read_is_reported_and_the_rest_kept(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    mixed = write(folder / "mixed.jsonl", RECORDS[0], RECORDS[1])
    with mixed.open("a") as file:
        file.write('\n{"id": "x"}\nno json\n{"title": "The Last Paper of the File"}')
    (folder / "empty.txt").touch()
    (folder / "picture").write_bytes(b"\x89PNG\r\n")
    (folder / "gone.bib").symlink_to(tmp_path / "nowhere")
    report = ingested(library, folder)
    assert (report.added, report.papers) == (3, 3)
    assert [(Path(failure.source).name, failure.record) for failure in report.failed] == [
        ("empty.txt", "file"),
        ("gone.bib", "file"),
        ("mixed.jsonl", "line 3"),
        ("mixed.jsonl", "line 4"),
        ("picture", "file"),
    ]
    assert all(failure.reason for failure in report.failed)


def test_folders_are_walked_and_hidden_files_left_out(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    write(folder / "deep" / "er" / "one.jsonl", RECORDS[0])
    write(folder / ".hidden.jsonl", RECORDS[1])
    write(folder / ".git" / "two.jsonl", RECORDS[2])
    report = ingested(library, folder, folder / "deep" / "er" / "one.jsonl")
    assert (outcomes(report), report.failed) == ((1, 0, 0, 0), ())


def test_a_file_is_one_source_however_it_is_named(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "exports" / "papers.jsonl", *RECORDS)
    ingested(library, file)
    monkeypatch.chdir(tmp_path)
    for way in ("exports/papers.jsonl", "exports/../exports/papers.jsonl", "./exports"):
        assert outcomes(ingested(library, Path(way))) == (0, 0, 8, 0)
    assert library.rows("SELECT path FROM sources") == [(str(file),)]


def test_a_hidden_file_that_was_named_is_read(library: Library, tmp_path: Path) -> None:
    assert ingested(library, write(tmp_path / ".papers.jsonl", *RECORDS)).added == 8


def test_a_file_name_that_is_no_text_is_no_obstacle(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.jsonl")).write_bytes(PAPERS_FILE.read_bytes() + b"{")
    report = ingested(library, folder)
    assert report.added == 8
    assert [failure.source for failure in report.failed] == [f"{folder}/caf\\xe9.jsonl"]


def test_a_missing_path_is_an_error_before_anything_is_read(library: Library, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file or folder .*nowhere\. Check the name"):
        ingested(library, PAPERS_FILE, tmp_path / "nowhere")
    assert library.count("papers") == 0


def test_a_folder_that_may_not_be_read_is_reported(unprivileged_folder: Path) -> None:
    exports = unprivileged_folder / "exports"
    write(exports / "papers.jsonl", *RECORDS)
    locked = exports / "locked"
    locked.mkdir(mode=0)
    library = Library(unprivileged_folder / "library")
    report = ingested(library, exports)
    assert report.added == 8
    (failure,) = report.failed
    assert (failure.source, failure.record) == (str(locked), "folder")
    assert "Permission denied" in failure.reason
    with pytest.raises(SourceError):
        ingested(library, locked / "papers.jsonl")
    library.close()


def test_a_batch_is_kept_whole_or_not_at_all(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH", 3)
    original = RecordWriter.put

    def failing(writer: RecordWriter, record: Record) -> str:
        if record.id == "lab:5":
            raise RuntimeError("the power is gone")
        return original(writer, record)

    monkeypatch.setattr(RecordWriter, "put", failing)
    with pytest.raises(RuntimeError, match="power"):
        ingested(library, PAPERS_FILE)
    assert [paper.id for paper in papers(library)] == ["lab:1", "lab:2", "lab:3"]
    assert library.pending("vectors") == 3
    assert library.count("authors") == 3
    monkeypatch.setattr(RecordWriter, "put", original)
    assert outcomes(ingested(library, PAPERS_FILE)) == (5, 0, 3, 0)


@pytest.fixture
def full_disk(library: Library) -> Iterator[Library]:
    """A library of two papers with no room for a large third."""
    ingested(library, PAGE_FILE)
    with library.transaction() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    yield library


def test_a_full_disk_leaves_the_library_as_it_was(full_disk: Library, tmp_path: Path) -> None:
    large = replace(RECORDS[2], abstract="word " * 20_000)
    before = everything(full_disk)
    with pytest.raises(LibraryError, match=r"cannot be written \(.*full\).*make room on the disk"):
        ingest(full_disk, [write(tmp_path / "large.jsonl", RECORDS[0], large)], no_progress)
    assert everything(full_disk) == before
    assert full_disk.rows("PRAGMA integrity_check") == [("ok",)]
    with full_disk.transaction() as db:
        db.execute("PRAGMA max_page_count = 100000")
    assert ingested(full_disk, tmp_path / "large.jsonl").added == 2
