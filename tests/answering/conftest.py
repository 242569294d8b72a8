"""Libraries to answer from: invented papers, and the project's own seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.settings import Settings

TESTS = Path(__file__).parents[1]


def filled(folder: Path, source: Path) -> Iterator[Assistant]:
    with Assistant(Settings(folder)) as assistant:
        report = assistant.ingest([source])
        assert not report.failed
        yield assistant


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Twelve invented papers (tests/fixtures/answers_papers.jsonl)."""
    yield from filled(tmp_path_factory.mktemp("invented"), TESTS / "fixtures" / "answers_papers.jsonl")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from filled(tmp_path_factory.mktemp("seeds"), TESTS.parent / "seeds")
