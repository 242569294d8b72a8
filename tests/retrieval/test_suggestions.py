"""Questions to start with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.settings import Settings


@pytest.mark.parametrize("library", ["invented", "seeds"])
def test_suggestions_are_answered(request: pytest.FixtureRequest, library: str) -> None:
    assistant: Assistant = request.getfixturevalue(library)
    suggested = assistant.suggestions()
    assert len(set(suggested)) == 4
    for question in suggested:
        answer = assistant.ask(question).answer
        assert not answer.refused, question
        assert ("worked on" in question) == (answer.kind == "author")


def test_an_empty_library_suggests_nothing(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        assert assistant.suggestions() == ()


def test_what_fits_nothing_is_left_out(tmp_path: Path) -> None:
    papers = [
        {"title": "On snow", "abstract": "Snow is cold.", "authors": ["Aesop", "Atlantis Survey Team"]},
        {"title": "About rain", "abstract": "", "authors": ["Aesop"]},
    ]
    source = tmp_path / "papers.jsonl"
    source.write_text("\n".join(map(json.dumps, papers)))
    with Assistant(Settings(tmp_path / "library")) as assistant:
        assistant.ingest([source])
        (question,) = assistant.suggestions()
        assert question == "What has Atlantis Survey Team worked on?"
        assert not assistant.ask(question).answer.refused
