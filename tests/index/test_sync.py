"""The indexes follow the library, whatever comes between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from invented import RECORDS, ROOT, QuickEmbedder, assert_settled, no_progress, put
from numpy.typing import NDArray

from rag.index import health, sync
from rag.index.indexes import Indexes
from rag.index.terms import Terms, analyse
from rag.index.vectors import Vectors
from rag.library.store import Library
from rag.types import Record

LONG = " ".join(f"Cloud {n} weighs little on our scale." for n in range(40))


class Interrupted(BaseException):
    """What stands for a crash."""


@pytest.fixture
def embedder() -> QuickEmbedder:
    return QuickEmbedder()


@pytest.fixture
def indexes(library: Library, embedder: QuickEmbedder) -> Iterator[Indexes]:
    indexes = Indexes(library, embedder)
    yield indexes
    indexes.close()


@pytest.fixture
def no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the second that a look in another process takes."""
    monkeypatch.setattr(health, "check", lambda *_: None)


def ids(library: Library) -> set[str]:
    return {row[0] for row in library.rows("SELECT id FROM chunks")}


def edited(record: Record) -> Record:
    return replace(record, abstract=LONG)


def test_pending_papers_are_put_into_both_indexes(indexes: Indexes) -> None:
    put(indexes.library, [*RECORDS, edited(replace(RECORDS[0], id="lab:9", title="Clouds of Several Chunks"))])
    told: list[tuple[str, int, int | None]] = []
    indexes.sync(lambda *progress: told.append(progress))
    assert told == [("words", 9, 9), ("meaning", 9, 9)]
    assert_settled(indexes)
    assert len(ids(indexes.library)) > 9


def test_syncing_again_changes_nothing(indexes: Indexes, embedder: QuickEmbedder) -> None:
    put(indexes.library, RECORDS)
    indexes.sync(no_progress)
    before, texts = ids(indexes.library), list(embedder.texts)
    told: list[object] = []
    indexes.sync(lambda *progress: told.append(progress))
    assert (told, ids(indexes.library), embedder.texts) == ([], before, texts)
    assert_settled(indexes)


def test_words_are_found_before_anything_is_embedded(indexes: Indexes, embedder: QuickEmbedder) -> None:
    put(indexes.library, RECORDS)
    indexes.sync(no_progress, stopped=lambda: True)
    assert [key for key, _ in indexes.terms.search(analyse("kettles"), 3)] == [2]
    assert (indexes.library.pending("terms"), indexes.library.pending("vectors")) == (0, 8)
    assert embedder.texts == []


def test_words_do_not_wait_while_others_are_embedded(
    indexes: Indexes, embedder: QuickEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed, began, go_on = embedder.embed, threading.Event(), threading.Event()

    def slowly(texts: Sequence[str]) -> NDArray[np.float32]:
        began.set()
        assert go_on.wait(10)
        return embed(texts)

    monkeypatch.setattr(embedder, "embed", slowly)
    put(indexes.library, RECORDS[:4])
    background = threading.Thread(target=indexes.sync, args=(no_progress,))
    background.start()
    assert began.wait(10)
    put(indexes.library, RECORDS[4:])
    indexes.sync(no_progress, stopped=lambda: True)
    assert indexes.library.pending("terms") == 0
    go_on.set()
    background.join()
    indexes.sync(no_progress)
    assert_settled(indexes)


def test_work_stops_between_batches_and_goes_on_later(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "VECTORS_BATCH", 3)
    put(indexes.library, RECORDS)
    answers = iter([False, False, True])
    indexes.sync(no_progress, stopped=lambda: next(answers))
    assert indexes.library.pending("vectors") == 2
    indexes.sync(no_progress)
    assert_settled(indexes)


def test_a_changed_paper_replaces_its_chunks(indexes: Indexes) -> None:
    put(indexes.library, RECORDS)
    indexes.sync(no_progress)
    before = ids(indexes.library)
    put(indexes.library, [edited(RECORDS[0])])
    indexes.sync(no_progress)
    assert_settled(indexes)
    assert len(before - ids(indexes.library)) == 1
    assert indexes.terms.search(analyse("odometry"), 3) == []


def test_what_is_not_in_the_text_needs_no_embedding(indexes: Indexes, embedder: QuickEmbedder) -> None:
    put(indexes.library, RECORDS)
    indexes.sync(no_progress)
    embedder.texts.clear()
    put(indexes.library, [replace(record, year=1999) for record in RECORDS])
    indexes.sync(no_progress)
    assert embedder.texts == []
    assert_settled(indexes)


def test_a_paper_that_is_gone_leaves_both_indexes(indexes: Indexes) -> None:
    put(indexes.library, RECORDS)
    indexes.sync(no_progress)
    remove(indexes.library, 3)
    indexes.sync(no_progress)
    assert_settled(indexes)
    assert indexes.terms.search(analyse("bird song"), 3) == []


def remove(library: Library, key: int) -> None:
    with library.transaction() as db:
        db.execute("DELETE FROM authorships WHERE paper = ?", (key,))
        db.execute("DELETE FROM records WHERE paper = ?", (key,))
        db.execute("DELETE FROM papers WHERE key = ?", (key,))
        db.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?)", [("terms", key), ("vectors", key)])


@pytest.mark.parametrize(("owner", "step"), [(Terms, "put"), (Vectors, "add")])
def test_a_paper_changed_while_it_is_indexed_is_indexed_again(
    indexes: Indexes, monkeypatch: pytest.MonkeyPatch, owner: type, step: str
) -> None:
    put(indexes.library, RECORDS)
    original = getattr(owner, step)
    edits = iter([[edited(RECORDS[5])]])

    def while_indexing(*args: Any) -> None:
        original(*args)
        put(indexes.library, next(edits, []))

    monkeypatch.setattr(owner, step, while_indexing)
    indexes.sync(no_progress)
    assert indexes.library.pending("vectors") == 0
    # The words came first: an edit that follows them waits for the next time.
    indexes.sync(no_progress)
    assert_settled(indexes)


@contextmanager
def crash_at(moment: int, embedder: QuickEmbedder) -> Iterator[list[str]]:
    """Raise before or after the step with this number; the steps that were taken until then."""
    steps: list[str] = []

    def guarded(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            for at in ("before", "after"):
                steps.append(f"{at} {name}")
                if len(steps) == moment:
                    raise Interrupted
                if at == "before":
                    result = original(*args)
            return result

        return call

    @contextmanager
    def transaction(library: Library) -> Iterator[Any]:
        with original_transaction(library) as db:
            yield db
            steps.append("before commit")
            if len(steps) == moment:
                raise Interrupted
        steps.append("after commit")
        if len(steps) == moment:
            raise Interrupted

    original_transaction = Library.transaction
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "transaction", transaction)
        patch.setattr(Terms, "put", guarded("put", Terms.put))
        patch.setattr(Vectors, "delete", guarded("delete", Vectors.delete))
        patch.setattr(Vectors, "add", guarded("add", Vectors.add))
        patch.setattr(embedder, "embed", guarded("embed", embedder.embed))
        yield steps


@pytest.mark.usefixtures("no_check")
def test_a_crash_between_any_two_steps_loses_nothing(tmp_path: Path) -> None:
    embedder = QuickEmbedder()
    library = Library(tmp_path / "whole")
    put(library, RECORDS)
    indexes = Indexes(library, embedder)
    indexes.sync(no_progress)
    indexes.close()
    library.close()
    moment = 0
    while True:
        moment += 1
        folder = shutil.copytree(tmp_path / "whole", tmp_path / str(moment))
        library = Library(folder)
        indexes = Indexes(library, embedder)
        put(library, [edited(RECORDS[0]), edited(RECORDS[1]), replace(RECORDS[2], id="lab:9", title="New Birds Sing")])
        remove(library, 8)
        with crash_at(moment, embedder) as steps:
            try:
                indexes.sync(no_progress)
            except Interrupted:
                finished = False
            else:
                finished = True
        indexes.close()
        library.close()
        library = Library(folder)
        indexes = Indexes(library, embedder)
        if moment % 2:
            # What was half indexed changes again: back to what it was, and to something new.
            put(library, [RECORDS[0], replace(RECORDS[1], abstract="Kettles sing.")])
        indexes.sync(no_progress)
        assert_settled(indexes)
        indexes.close()
        library.close()
        if finished:
            break
    assert {"after put", "before commit", "after embed", "after delete", "after add"} <= set(steps)
    assert moment > 14


SPAWNER = """
import os, sys
sys.path[:0] = ["tests", "."]
from dataclasses import replace
from pathlib import Path
import chromadb, tantivy, numpy
from invented import RECORDS, QuickEmbedder, no_progress, put
from rag.errors import IndexDamaged
from rag.index import health
from rag.index.indexes import Indexes
from rag.library.ownership import Ownership
from rag.library.store import Library

def work(folder, turn):
    health.check = lambda *_: None
    library = Library(folder)
    Ownership(folder)
    for first in range(0, 600, 100):
        put(library, [
            replace(RECORDS[n % 8], id=f"lab:{n}", title=f"Cloud {n}", abstract=f"Rain. Turn {turn * (n % 2)}.")
            for n in range(first, first + 100)
        ])
    indexes = Indexes(library, QuickEmbedder())
    try:
        indexes.sync(no_progress)
    except IndexDamaged:
        indexes.rebuild(no_progress)

for line in sys.stdin:
    child = os.fork()
    if not child:
        work(Path(sys.argv[1]), int(line))
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    moments = random.Random(11)
    command = [sys.executable, "-c", SPAWNER, str(tmp_path)]
    kills = 0
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as spawner:
        assert spawner.stdin is not None
        assert spawner.stdout is not None
        for turn in range(9):
            spawner.stdin.write(f"{turn}\n")
            child = int(spawner.stdout.readline())
            if turn < 8:
                time.sleep(moments.uniform(0.05, 0.8))
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            kills += int(spawner.stdout.readline()) == signal.SIGKILL
        spawner.stdin.close()
    assert kills >= 4
    library = Library(tmp_path)
    assert library.rows("PRAGMA integrity_check") == [("ok",)]
    assert library.rows("SELECT count(*) FROM papers WHERE abstract LIKE '% Turn 8.'") == [(300,)]
    indexes = Indexes(library, QuickEmbedder())
    indexes.check()
    assert_settled(indexes)
    indexes.close()
    library.close()
