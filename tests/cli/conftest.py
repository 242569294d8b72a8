"""The command line in this process, on a library of invented papers."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from command_line import Rag, Ran

from rag.assistant import Assistant
from rag.cli import main
from rag.index.embedder import MiniLMEmbedder
from rag.settings import Settings

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def papers() -> Path:
    return TESTS / "fixtures" / "answers_papers.jsonl"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Path:
    """A library that tests only read."""
    folder = tmp_path_factory.mktemp("library")
    with Assistant(Settings(folder)) as assistant:
        assistant.ingest([papers])
    return folder


@pytest.fixture
def copy(library: Path, tmp_path: Path) -> Path:
    """A library of this test's own."""
    return Path(shutil.copytree(library, tmp_path / "copy"))


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the test; the library that would be used without --library is the test's own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith(("RAG_", "CHROMA_URL", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "unnamed"))
    monkeypatch.setattr("rag.assistant.upkeep.MiniLMEmbedder", _embedder)


@cache
def _embedder() -> MiniLMEmbedder:
    return MiniLMEmbedder()


@pytest.fixture
def rag(capsys: pytest.CaptureFixture[str]) -> Rag:
    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit:
            code = int(exit.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
