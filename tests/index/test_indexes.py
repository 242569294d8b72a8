"""Opening, checking and rebuilding the indexes of a library."""

from __future__ import annotations

import gc
import random
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from invented import RECORDS, QuickEmbedder, assert_settled, no_progress, put

from rag.errors import IndexDamaged
from rag.index import health
from rag.index.damage import remedy
from rag.index.embedder import MiniLMEmbedder
from rag.index.indexes import Indexes
from rag.index.terms import Terms, analyse
from rag.index.vectors import Vectors
from rag.library.store import Library
from rag.types import Record


def many(count: int) -> list[Record]:
    """Papers of a few words each, so that no two of them are near each other."""
    words = random.Random(2)
    return [
        Record(f"line {n}", f"Cloud {n}", " ".join(f"w{words.randrange(10_000)}" for _ in range(4)), id=f"lab:{n}")
        for n in range(count)
    ]


@contextmanager
def opened(folder: Path, embedder: QuickEmbedder | None = None, url: str | None = None) -> Iterator[Indexes]:
    library = Library(folder)
    indexes = Indexes(library, embedder or QuickEmbedder(), url)
    yield indexes
    indexes.close()
    library.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library large enough for Chroma to keep a graph in files."""
    folder = tmp_path_factory.mktemp("large")
    with opened(folder) as indexes:
        put(indexes.library, many(1200))
        indexes.sync(no_progress)
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A library of eight papers whose indexes are up to date."""
    with opened(tmp_path) as indexes:
        put(indexes.library, RECORDS)
        indexes.sync(no_progress)
    return tmp_path


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many vectors were expected in each health check of this test."""
    done: list[int] = []

    def check(folder: Path, name: str, expected: int, sample: Any) -> None:
        done.append(expected)
        original(folder, name, expected, sample)

    original = health.check
    monkeypatch.setattr(health, "check", check)
    return done


def test_the_bundled_model_finds_papers_by_meaning(library: Library, embedder: MiniLMEmbedder) -> None:
    put(library, RECORDS)
    indexes = Indexes(library, embedder)
    indexes.sync(no_progress)
    ((chunk, cosine), *_) = indexes.vectors.nearest(embedder.embed(["machines saying sorry to people"])[0], 3)
    assert chunk.startswith("8:")
    assert 0.3 < cosine < 1
    indexes.close()


def test_an_untouched_store_is_opened_at_once(made: Path, checks: list[int]) -> None:
    for _ in range(2):
        with opened(made) as indexes:
            indexes.check()
            assert_settled(indexes)
    assert checks == []


def test_a_store_that_changed_is_looked_at_elsewhere_first(made: Path, checks: list[int]) -> None:
    (made / "index-1" / "chroma" / "chroma.sqlite3").touch()
    for _ in range(2):
        with opened(made) as indexes:
            indexes.check()
    assert checks == [8]


def test_an_empty_library_is_healthy(tmp_path: Path, checks: list[int]) -> None:
    for _ in range(2):
        with opened(tmp_path) as indexes:
            indexes.check()
            indexes.sync(no_progress)
            assert indexes.terms.count() == indexes.vectors.count() == 0
    assert checks == []


def test_a_rebuild_embeds_nothing_again_and_leaves_one_folder(made: Path) -> None:
    (made / "index-7").mkdir()
    embedder = QuickEmbedder()
    with opened(made, embedder) as indexes:
        told: list[tuple[str, int, int | None]] = []
        indexes.rebuild(lambda *progress: told.append(progress))
        assert told == [("words", 8, 8), ("meaning", 8, 8)]
        assert_settled(indexes)
    with opened(made, embedder) as indexes:
        indexes.check()
        assert_settled(indexes)
    assert embedder.texts == []
    assert [folder.name for folder in made.glob("index-*")] == ["index-2"]


def test_a_rebuild_brings_what_was_pending_too(made: Path) -> None:
    embedder = QuickEmbedder()
    with opened(made, embedder) as indexes:
        put(
            indexes.library, [replace(RECORDS[0], abstract="Walls have moss."), replace(RECORDS[1], id="lab:9", year=1)]
        )
        indexes.rebuild(no_progress)
        assert_settled(indexes)
    assert len(embedder.texts) == 1


@pytest.mark.parametrize("part", ["terms", "chroma", ""])
@pytest.mark.parametrize("how", ["gone", "garbage"])
def test_a_rebuild_needs_nothing_of_the_old_indexes(made: Path, part: str, how: str) -> None:
    damaged = made / "index-1" / part
    files = [path for path in damaged.rglob("*") if path.is_file()]
    if how == "gone":
        shutil.rmtree(damaged)
    else:
        for file in files:
            file.write_bytes(random.Random(3).randbytes(file.stat().st_size))
    embedder = QuickEmbedder()
    with opened(made, embedder) as indexes:
        with pytest.raises(IndexDamaged, match="papers are safe: run `rag rebuild --library "):
            indexes.check()
        indexes.rebuild(no_progress)
        assert_settled(indexes)
    assert embedder.texts == []


def test_a_rebuild_that_fails_leaves_the_old_indexes_in_use(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = QuickEmbedder()
    with opened(made, embedder) as indexes:
        assert indexes.vectors.count() == 8
        for owner, step in ((Terms, "put"), (Vectors, "add"), (Library, "transaction")):
            with monkeypatch.context() as patch, pytest.raises(IndexDamaged, match="no room"):
                patch.setattr(owner, step, _no_room)
                indexes.rebuild(no_progress)
            assert_settled(indexes)
        indexes.rebuild(no_progress)
        assert_settled(indexes)
    assert embedder.texts == []


def _no_room(*_: object) -> None:
    raise IndexDamaged("no room")


def test_questions_are_answered_during_a_rebuild(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []
    original = Vectors.add

    def asked_meanwhile(vectors: Vectors, *args: Any) -> None:
        found.extend(key for key, _ in indexes.terms.search(analyse("kettles"), 1))
        found.append(indexes.vectors.count())
        original(vectors, *args)

    with opened(made) as indexes:
        monkeypatch.setattr(Vectors, "add", asked_meanwhile)
        indexes.rebuild(no_progress)
    assert found == [2, 8]


def test_another_embedder_needs_a_rebuild(made: Path) -> None:
    other = QuickEmbedder("other", window=12)
    with opened(made, other) as indexes:
        with pytest.raises(
            IndexDamaged, match=r"made with the embedder quick, not with other\. .*run `rag rebuild --library "
        ):
            indexes.check()
        indexes.rebuild(no_progress)
        assert_settled(indexes)
        assert len(indexes.library.rows("SELECT id FROM chunks")) > 16
    back = QuickEmbedder()
    with opened(made, back) as indexes:
        indexes.rebuild(no_progress)
        assert_settled(indexes)
    assert back.texts == []


def test_a_word_index_that_lacks_papers_is_damaged(made: Path) -> None:
    with opened(made) as indexes:
        indexes.terms.put([(1, None)])
    with (
        opened(made) as indexes,
        pytest.raises(IndexDamaged, match=r"word index in .* holds 7 of 8 papers\. .* `rag rebuild --library "),
    ):
        indexes.check()


def overwrite(file: Path) -> None:
    file.write_bytes(random.Random(5).randbytes(file.stat().st_size))


def blank(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.write(bytes(size // 2))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("chroma.sqlite3", cut),
        ("chroma.sqlite3", Path.unlink),
        ("data_level0.bin", overwrite),
        ("data_level0.bin", blank),
        ("header.bin", overwrite),
        ("index_metadata.pickle", overwrite),
    ],
)
def test_a_damaged_store_is_told_and_made_again(
    large: Path, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = shutil.copytree(large, tmp_path / "library")
    (file,) = (folder / "index-1" / "chroma").rglob(name)
    damage(file)
    embedder = QuickEmbedder()
    with opened(folder, embedder) as indexes:
        with pytest.raises(IndexDamaged) as error:
            indexes.check()
        assert str(error.value).endswith(remedy(indexes.library.folder))
        assert len(str(error.value)) < 700
        if (name, damage) == ("chroma.sqlite3", cut):
            indexes.rebuild(no_progress)
            assert_settled(indexes)
    assert embedder.texts == []


def test_a_check_that_never_ends_is_given_up(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_PATIENCE", 0.05)
    with pytest.raises(IndexDamaged, match=r"did not answer within .*rag rebuild"):
        health.check(made / "index-1" / "chroma", "papers", 8, np.ones((1, 16), dtype=np.float32))


def test_a_module_of_the_users_folder_is_not_run(
    made: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "numpy.py").write_text("raise SystemExit('not mine')")
    monkeypatch.chdir(elsewhere)
    (made / "index-1" / "chroma" / "chroma.sqlite3").touch()
    with opened(made) as indexes:
        indexes.check()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "import sys; from chromadb.cli.cli import app; sys.exit(app())"
    options = ["--path", str(tmp_path_factory.mktemp("server")), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", start, "run", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=10)
    # Chroma's client leaves its sockets to the garbage collector.
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_two_libraries_share_a_chroma_server(server: str, tmp_path: Path) -> None:
    with opened(tmp_path / "one", url=server) as one, opened(tmp_path / "two", url=server) as two:
        for indexes in (one, two):
            put(indexes.library, RECORDS[: 8 if indexes is one else 3])
            indexes.sync(no_progress)
            assert_settled(indexes)
        # What a rebuild that was killed has left behind:
        left = Vectors(server, f"rag-{one.library.meta('uid')}-index-2")
        left.add(["99:0:stale"], np.ones((1, 16), dtype=np.float32))
        for indexes in (one, two):
            indexes.rebuild(no_progress)
            assert_settled(indexes)
        uid = one.library.meta("uid")
        assert Vectors(server, f"rag-{uid}-index-1").count() == 0
    with opened(tmp_path / "one", url=server) as one:
        one.check()
        assert_settled(one)
