"""The library's file: who may read and write it, and what is said when it cannot be used."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from invented import RECORDS, put

from rag.errors import LibraryError
from rag.library.schema import VERSION, library_file
from rag.library.store import Library


def refused(folder: Path) -> str:
    with pytest.raises(LibraryError) as error:
        Library(folder)
    sentence = str(error.value)
    assert str(folder) in sentence
    assert "\n" not in sentence
    return sentence


def test_papers_come_in_the_order_asked_for_with_their_authors(library: Library) -> None:
    put(library, RECORDS)
    found = library.papers([6, 404, 2])
    assert [paper.id for paper in found] == ["lab:6", "lab:2"]
    assert found[0].authors == ("Ines Abernoth", "Caspian Rook", "Juniper Vale")
    assert (found[0].year, found[0].venue, found[0].url) == (2023, "Journal of Imaginary Control", None)
    assert found[0].authors_complete
    assert library.papers([]) == []


def test_more_papers_than_one_statement_may_name(library: Library) -> None:
    put(library, RECORDS)
    assert len(library.papers([*range(5000)])) == 8


def test_a_paper_is_found_by_its_id(library: Library) -> None:
    put(library, RECORDS)
    assert library.paper("lab:7").title == RECORDS[6].title
    with pytest.raises(LibraryError, match=r"No paper of the library has the id 'lab:9'\. `rag search`"):
        library.paper("lab:9")


def test_counts_are_of_known_tables(library: Library) -> None:
    put(library, RECORDS)
    assert [library.count(table) for table in ("papers", "authors", "sources")] == [8, 6, 1]
    with pytest.raises(ValueError, match="records; DROP"):
        library.count("records; DROP TABLE papers")


def test_facts_about_the_library_last(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.meta("colour") is None
    library.set_meta("colour", "green")
    library.set_meta("colour", "blue")
    library.close()
    library = Library(tmp_path)
    assert library.meta("colour") == "blue"
    library.close()


def test_a_transaction_is_kept_whole_or_not_at_all(library: Library) -> None:
    with pytest.raises(KeyboardInterrupt), library.transaction() as db:
        db.execute("INSERT INTO meta VALUES ('a', '1')")
        raise KeyboardInterrupt
    assert library.meta("a") is None
    library.set_meta("a", "2")
    assert library.meta("a") == "2"


def test_readers_neither_wait_for_a_writer_nor_see_half_of_its_work(library: Library) -> None:
    library.set_meta("a", "before")
    with library.transaction() as db:
        db.execute("UPDATE meta SET value = 'after' WHERE name = 'a'")
        seen: list[str | None] = []
        reader = threading.Thread(target=lambda: seen.append(library.meta("a")))
        reader.start()
        reader.join(timeout=5)
        assert seen == ["before"]
    assert library.meta("a") == "after"


def test_writers_wait_for_each_other(library: Library) -> None:
    library.set_meta("count", "0")

    def add() -> None:
        for _ in range(20):
            with library.transaction() as db:
                (value,) = db.execute("SELECT value FROM meta WHERE name = 'count'").fetchone()
                db.execute("UPDATE meta SET value = ? WHERE name = 'count'", (str(int(value) + 1),))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.meta("count") == "80"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "library", Path("/proc/library"), tmp_path / "a\0b"):
        assert "Choose a folder you can write to with --library or RAG_LIBRARY." in refused(folder)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    library_file(tmp_path).mkdir()
    assert "Choose a folder you can write to" in refused(tmp_path)


def test_a_folder_that_may_not_be_written_is_refused(unprivileged_folder: Path) -> None:
    unprivileged_folder.chmod(0o500)
    for folder in (unprivileged_folder, unprivileged_folder / "below"):
        assert "Choose a folder you can write to" in refused(folder)


def test_a_library_that_may_not_be_written_is_refused(unprivileged_folder: Path) -> None:
    library = Library(unprivileged_folder)
    put(library, RECORDS)
    library.close()
    library_file(unprivileged_folder).chmod(0o400)
    unprivileged_folder.chmod(0o500)
    assert "Check that the folder is writable" in refused(unprivileged_folder)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + bytes(range(256)) * 64])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    library_file(tmp_path).write_bytes(content)
    assert "move it away and ingest the sources again" in refused(tmp_path)
    assert library_file(tmp_path).read_bytes() == content


def test_a_library_of_another_version_is_refused(tmp_path: Path) -> None:
    Library(tmp_path).close()
    connection = sqlite3.connect(library_file(tmp_path))
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    assert f"made by another version of rag (layout {VERSION + 1}, not {VERSION})" in refused(tmp_path)


def test_damage_met_later_is_told_in_a_sentence(tmp_path: Path) -> None:
    library = Library(tmp_path)
    put(library, RECORDS)
    library.close()
    with library_file(tmp_path).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (library_file(tmp_path).stat().st_size - 4096))
    library = Library(tmp_path)
    for use in (lambda: library.papers([1, 2]), lambda: library.set_meta("a", "b"), lambda: put(library, RECORDS)):
        with pytest.raises(LibraryError, match=r"is not a readable SQLite file .*Restore it from a backup"):
            use()
    library.close()


def test_two_may_make_a_library_at_once(tmp_path: Path) -> None:
    made: list[Library] = []
    threads = [threading.Thread(target=lambda: made.append(Library(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    for library in made:
        library.close()
