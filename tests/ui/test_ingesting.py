from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import LibraryError
from rag.types import IngestReport, Progress, Removal, Source
from rag.ui.ingesting import Ingests, Run
from rag.ui.pace import Pace
from rag.ui.uploads import Uploads
from rag.ui.wording import lasting

pytestmark = pytest.mark.timeout(20)
SOON = 10


class Reading:
    """What the runs need of an assistant: each file is one paper, whose meaning is indexed when it is `let`."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.let = Event()
        self.let.set()
        self.left = 0
        self.embedding = Event()
        self.sources: list[Source] = []

    def sources_read(self) -> list[Source]:
        return self.sources

    def ingest(self, paths: Sequence[Path], progress: Progress, *, embedding: bool) -> IngestReport:
        assert not embedding
        for path in paths:
            if "unwritable" in path.name:
                raise LibraryError("The disk is full.")
            if "odd" in path.name:
                raise ValueError("a mistake in the program")
            self.read.append(path.name)
            progress("reading", len(self.read), None)
        progress("words", len(paths), len(paths))
        self.left += len(paths)
        return IngestReport(added=len(paths))

    def remove(self, source: str, progress: Progress, *, embedding: bool) -> Removal:
        return Removal(1, 1)

    def embed(self, stopped: Callable[[], bool]) -> None:
        self.embedding.set()
        while self.left and not stopped():
            if self.let.wait(0.01):
                self.left -= 1

    def library_map(self) -> None:
        return None

    def pending(self) -> int:
        return self.left


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def ingests(assistant: Reading, uploads: Uploads) -> Ingests:
    return Ingests(assistant, uploads)  # type: ignore[arg-type]


def test_a_run_is_told_of_until_it_is_over(uploads: Uploads) -> None:
    assistant = Reading()
    assistant.let.clear()
    every = ingests(assistant, uploads)
    run = every.upload([("a.bib", b"one"), ("b.bib", b"two")])
    assert run.settled.wait(SOON)
    assert (run.report.added, run.names) == (2, ("a.bib", "b.bib"))
    assert every.runs == (run,)
    assert not run.finished.is_set()
    assert uploads.waiting() == []
    assert assistant.embedding.wait(SOON)
    assert run.label == "Indexing their meaning · 0 of 2"
    assistant.let.set()
    assert run.finished.wait(SOON)
    assert run.fraction == 1
    assert every.last is run


def test_words_of_the_next_files_do_not_wait_for_the_meaning_of_those_before(uploads: Uploads) -> None:
    assistant = Reading()
    assistant.let.clear()
    every = ingests(assistant, uploads)
    first = every.upload([("a.bib", b"one")])
    assert first.settled.wait(SOON)
    second = every.upload([("b.bib", b"two")])
    assert second.settled.wait(SOON)
    assert (first.finished.is_set(), second.finished.is_set(), assistant.left) == (True, False, 2)
    assistant.let.set()
    assert second.finished.wait(SOON)
    assert assistant.left == 0


@pytest.mark.parametrize(("name", "kind"), [("unwritable.bib", LibraryError), ("odd.bib", ValueError)])
def test_a_failure_is_told_and_the_next_run_goes_on(uploads: Uploads, name: str, kind: type[Exception]) -> None:
    every = ingests(Reading(), uploads)
    failed = every.upload([(name, b"one")])
    well = every.upload([("a.bib", b"two")])
    assert well.finished.wait(SOON)
    assert isinstance(failed.failure, kind)
    assert failed.finished.is_set()
    assert [path.name for path in uploads.waiting()] == [name]


def test_uploads_of_a_killed_server_are_read_at_the_next_start(uploads: Uploads) -> None:
    uploads.keep([("a.bib", b"one")])
    assistant = Reading()
    every = ingests(assistant, Uploads(uploads.folder))
    later = every.upload([("b.bib", b"two")])
    assert later.finished.wait(SOON)
    assert assistant.read == ["a.bib", "b.bib"]


def test_removing_a_source_deletes_its_upload_and_no_other_file(uploads: Uploads, tmp_path: Path) -> None:
    (own,) = uploads.keep([("a.bib", b"one")])
    elsewhere = tmp_path / "b.bib"
    elsewhere.touch()
    every = ingests(Reading(), uploads)
    for path in (own, elsewhere):
        run = every.remove(str(path))
        assert run.finished.wait(SOON)
        assert run.removal == Removal(1, 1)
    assert (own.exists(), elsewhere.exists()) == (False, True)


@pytest.mark.parametrize(
    ("sources", "left"),
    [(["/moved/uploads/kept.bib"], ["kept.bib", "waits.bib"]), ([], ["gone.bib", "kept.bib", "waits.bib"])],
)
def test_an_upload_whose_removal_was_cut_short_is_deleted_at_the_next_start(
    uploads: Uploads, sources: list[str], left: list[str]
) -> None:
    kept = uploads.keep([(name, name.encode()) for name in ("kept.bib", "gone.bib", "waits.bib")])
    uploads.read(kept[:2])
    assistant = Reading()
    assistant.sources = [Source(path, 1, 1) for path in sources]
    every = ingests(assistant, uploads)
    assert every.remove("/elsewhere/b.bib").finished.wait(SOON)
    assert sorted(path.name for path in uploads.folder.glob("*.bib")) == left


@pytest.mark.parametrize("failure", [LibraryError("The disk is full."), ValueError("a mistake in the program")])
def test_a_removal_that_fails_is_told_as_one(uploads: Uploads, failure: Exception) -> None:
    class Failing(Reading):
        def remove(self, source: str, progress: Progress, *, embedding: bool) -> Removal:
            raise failure

    def script(run):
        from rag.ui.library import ledger

        ledger.show(run, "a.bib")

    run = ingests(Failing(), uploads).remove("/elsewhere/a.bib")
    assert run.finished.wait(SOON)
    page = AppTest.from_function(script, args=(run,)).run()
    assert [each.value for each in page.markdown] == [r"Removing **a\.bib** failed"]
    (error,) = page.error
    assert "The file is kept" not in error.value


def test_a_file_that_is_dropped_again_while_it_is_removed_is_read(uploads: Uploads) -> None:
    dropped: list[Run] = []

    class Slow(Reading):
        def remove(self, source: str, progress: Progress, *, embedding: bool) -> Removal:
            dropped.append(every.upload([("a.bib", b"one")]))
            return super().remove(source, progress, embedding=embedding)

    (path,) = uploads.keep([("a.bib", b"one")])
    uploads.read([path])
    every = ingests(Slow(), uploads)
    assert every.remove(str(path)).settled.wait(SOON)
    assert dropped[0].finished.wait(SOON)
    assert dropped[0].failure is None
    assert path.read_bytes() == b"one"


def test_a_pace_knows_how_long_the_rest_takes() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.seconds_left(10) is None
    for second in range(100):
        now[0] = float(second)
        pace.note(second * 5)
    assert pace.rate == pytest.approx(5)
    assert pace.seconds_left(100) == pytest.approx(20)
    pace.note(0)
    assert pace.rate == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "less than a minute"), (61, "about 1 minute"), (1500, "about 25 minutes"), (9000, "about 2 hours")],
)
def test_a_duration_is_said_as_a_person_would(seconds: float, said: str) -> None:
    assert lasting(seconds) == said
