"""Work on the indexes goes on in the background, one piece at a time."""

import time
from threading import Event

from rag.errors import IndexDamaged
from rag.types import Progress, Status
from rag.ui.settings.index_work import UNFORESEEN, IndexWork

WELL = Status("library", 2, 3, 1, 0, "minilm", None, True, None)


class Indexes:
    """An assistant whose indexes are worked on until `go` is set."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.go = Event()
        self.failure = failure
        self.rebuilds = 0

    def status(self) -> Status:
        assert self.go.wait(5)
        return WELL

    def rebuild(self, progress: Progress) -> None:
        self.rebuilds += 1
        progress("words", 1, 4)
        assert self.go.wait(5)
        if self.failure:
            raise self.failure


def done(work: IndexWork) -> IndexWork:
    limit = time.monotonic() + 5
    while work.doing:
        assert time.monotonic() < limit
        time.sleep(0.005)
    return work


def test_a_check_tells_what_it_found() -> None:
    indexes = Indexes()
    work = IndexWork(indexes)
    work.check()
    assert (work.doing, work.status) == ("check", None)
    indexes.go.set()
    assert done(work).status == WELL
    assert time.time() - work.checked < 5
    assert work.failure == ""


def test_a_rebuild_shows_how_far_it_is_and_is_not_begun_twice() -> None:
    indexes = Indexes()
    work = IndexWork(indexes)
    assert work.label == "Making the indexes again…"
    work.rebuild()
    work.rebuild()
    work.check()
    while work.progress[1] == 0:
        time.sleep(0.005)
    assert (work.label, work.fraction) == ("Indexing words · 1 of 4", 0.25)
    indexes.go.set()
    assert done(work).status == WELL
    assert work.rebuilt is not None
    assert indexes.rebuilds == 1


def test_a_rebuild_that_fails_says_why_and_can_be_tried_again() -> None:
    indexes = Indexes(IndexDamaged("The disk is full. Free some space."))
    indexes.go.set()
    work = IndexWork(indexes)
    work.rebuild()
    assert done(work).failure == "The disk is full. Free some space."
    assert work.rebuilt is None
    indexes.failure = RuntimeError("secret")
    work.rebuild()
    assert done(work).failure == UNFORESEEN
    indexes.failure = None
    work.rebuild()
    assert done(work).failure == ""
