"""Work that goes on while questions are answered."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from rag.assistant import Assistant, open_assistant
from rag.errors import IndexDamaged, LibraryBusy
from rag.library.ingest import ingest
from rag.library.store import Library
from rag.settings import Settings

PAPERS = Path(__file__).parent / "fixtures" / "answers_papers.jsonl"


def filled(folder: Path) -> None:
    """A library of twelve papers that are in no index yet."""
    library = Library(folder)
    ingest(library, [PAPERS], lambda *_: None)
    library.close()


def test_what_is_pending_is_embedded_in_the_background(tmp_path: Path) -> None:
    filled(tmp_path)
    with open_assistant(Settings(tmp_path)) as assistant:
        assistant.prepare_in_background()
        deadline = time.monotonic() + 20
        while assistant.pending() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert assistant.pending() == 0
        assert assistant.search("depth of snow", 1)[0].cosine > 0


def test_only_one_owner(tmp_path: Path) -> None:
    with open_assistant(Settings(tmp_path)), pytest.raises(LibraryBusy, match="Another rag process"):
        open_assistant(Settings(tmp_path))
    open_assistant(Settings(tmp_path)).close()


def test_a_failure_in_the_background_is_told_by_the_next_question(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "index-1").write_text("This is in the way.")
    with open_assistant(Settings(tmp_path)) as assistant:
        with pytest.raises(IndexDamaged, match="rag rebuild"):
            assistant.search("snow")
        assert not assistant.status().healthy


def test_what_a_broken_off_ingest_left_is_found_by_its_words(tmp_path: Path) -> None:
    filled(tmp_path)
    with Assistant(Settings(tmp_path)) as assistant:
        assert assistant.search("depth of snow", 1)[0].paper.id == "inv:12"
        assert assistant.pending() == 12
    with Assistant(Settings(tmp_path)) as owner:
        owner.own()
        assert owner.search("depth of snow", 1)[0].paper.id == "inv:12"


def test_a_damaged_index_is_known_after_the_start_and_mended(tmp_path: Path) -> None:
    with open_assistant(Settings(tmp_path)) as assistant:
        assistant.ingest([PAPERS])
    shutil.rmtree(tmp_path / "index-1" / "terms")
    with open_assistant(Settings(tmp_path)) as assistant:
        deadline = time.monotonic() + 20
        while assistant.damage is None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert "rag rebuild" in str(assistant.damage)
        assistant.rebuild()
        assert assistant.damage is None
        assert assistant.search("depth of snow", 1)[0].paper.id == "inv:12"


def test_a_question_does_not_wait_for_who_works_on_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    working, go_on = threading.Event(), threading.Event()

    def fill(*_: object) -> None:
        working.set()
        assert go_on.wait(20)

    with Assistant(Settings(tmp_path)) as assistant:
        assistant.ingest([PAPERS])
        assistant.indexes.check()
        with assistant.library.transaction() as db:
            db.execute("INSERT INTO pending (search_index, paper) SELECT 'terms', key FROM papers LIMIT 1")
        found: list[str] = []
        monkeypatch.setattr("rag.index.filling.fill_terms", fill)
        rebuild = threading.Thread(target=assistant.rebuild)
        question = threading.Thread(target=lambda: found.append(assistant.search("depth of snow", 1)[0].paper.id))
        rebuild.start()
        assert working.wait(20)
        question.start()
        question.join(5)
        waited = question.is_alive()
        go_on.set()
        rebuild.join()
        question.join()
        assert not waited
        assert found == ["inv:12"]
