"""What is made of a library is made again only when its papers have changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rag.library.ingest import ingest
from rag.library.sources import remove_source
from rag.library.store import Library

ONE = '{"title": "A Paper on Kelp", "authors": ["Orla Wen"]}'
TWO = '{"title": "A Paper on Ice", "authors": ["Bo He"]}'


def papers(library: Library, made: list[int]) -> int:
    def make() -> int:
        made.append(1)
        return library.count("papers")

    return library.kept("papers", make)


def read(library: Library, path: Path, text: str) -> None:
    path.write_text(text)
    ingest(library, [path], lambda *_: None)


def test_until_this_process_changes_papers(tmp_path: Path, library: Library) -> None:
    made: list[int] = []
    assert [papers(library, made), papers(library, made)] == [0, 0]
    read(library, tmp_path / "a.jsonl", ONE)
    assert [papers(library, made), papers(library, made)] == [1, 1]
    read(library, tmp_path / "b.jsonl", TWO)
    assert papers(library, made) == 2
    remove_source(library, str(tmp_path / "b.jsonl"))
    assert papers(library, made) == 1
    assert len(made) == 4


def test_until_another_process_changes_papers(tmp_path: Path, library: Library) -> None:
    made: list[int] = []
    papers(library, made)
    other = Library(library.folder)
    read(other, tmp_path / "a.jsonl", ONE)
    other.close()
    assert papers(library, made) == 1


def test_what_is_indexed_changes_nothing(tmp_path: Path, library: Library) -> None:
    made: list[int] = []
    read(library, tmp_path / "a.jsonl", ONE)
    papers(library, made)
    with library.transaction() as db:
        db.execute("DELETE FROM pending")
    papers(library, made)
    assert len(made) == 1


def test_within_an_ingest_every_batch_counts(library: Library) -> None:
    made: list[int] = []
    for number in range(3):
        with library.transaction() as db:
            db.execute("INSERT INTO papers VALUES (NULL, ?, 't', '', 0, NULL, NULL, NULL, 't')", (f"x:{number}",))
        assert papers(library, made) == number + 1


def add(library: Library, number: int) -> None:
    with library.transaction() as db:
        db.execute("INSERT INTO papers VALUES (NULL, ?, 't', '', 0, NULL, NULL, NULL, 't')", (f"x:{number}",))


def test_what_is_wanted_roughly_is_not_made_for_every_batch(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("rag.library.kept.time.monotonic", lambda: now)

    def counted() -> int:
        def make() -> int:
            nonlocal now
            now += 0.3
            return library.count("papers")

        return library.kept("overview", make, roughly=True)

    found = []
    for number in range(3):
        add(library, number)
        found.append(counted())
    assert found == [1, 1, 1]
    now += 4
    assert counted() == 3, "nothing comes in any more, but what is kept is old"
    add(library, 3)
    assert (counted(), papers(library, [])) == (3, 4)
    read(library, tmp_path / "a.jsonl", ONE)
    assert counted() == 5, "all has come in"


def test_what_takes_longer_than_a_batch_serves_the_next(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("rag.library.kept.time.monotonic", lambda: now)

    def make() -> int:
        nonlocal now
        for number in range(2):
            now += 1
            add(library, number)
            papers(library, [])  # another looks at the library meanwhile
        return 1

    assert library.kept("overview", make, roughly=True) == 1
    assert library.kept("overview", lambda: 2, roughly=True) == 1


def test_only_who_wants_the_same_waits(library: Library) -> None:
    begun, go_on = threading.Event(), threading.Event()
    made: list[int] = []

    def slowly() -> int:
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        return 7

    library.kept("quick", lambda: 1)
    got: list[int] = []
    waiting = [threading.Thread(target=lambda: got.append(library.kept("slow", slowly))) for _ in range(2)]
    other = threading.Thread(target=lambda: got.append(library.kept("quick", lambda: 2)))
    for thread in waiting:
        thread.start()
    assert begun.wait(10)
    other.start()
    other.join(5)
    found = list(got)
    go_on.set()
    for thread in (*waiting, other):
        thread.join()
    assert found == [1]
    assert (sorted(got), made) == ([1, 7, 7], [1])


def test_what_is_wanted_often_outlasts_what_was_typed_once(library: Library) -> None:
    made: list[int] = []
    for number in range(1200):
        library.kept("columns", lambda: made.append(1))
        library.kept(("names", number), lambda: 0)
    assert made == [1]


def test_only_so_much_is_kept(library: Library) -> None:
    for number in range(600):
        library.kept(number, lambda: 0)
    made: list[int] = []
    library.kept(599, lambda: made.append(1))
    library.kept(0, lambda: made.append(1))
    assert made == [1]


def test_what_fails_is_not_kept(library: Library) -> None:
    def failing() -> int:
        raise MemoryError

    with pytest.raises(MemoryError):
        library.kept("it", failing)
    assert library.kept("it", lambda: 1) == 1
