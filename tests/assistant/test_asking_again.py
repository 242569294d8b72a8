"""The same question asked anew, and of another model."""

from __future__ import annotations

import shutil
from pathlib import Path

from model_server import ModelServer

from rag.assistant import Assistant
from rag.settings import Endpoint, Settings

TEXT = "KelpNet counts canopy fronds in images taken by drifting buoys [1]."


def test_another_attempt_and_another_model_are_told_by_the_provenance(invented: Assistant, tmp_path: Path) -> None:
    shutil.copytree(invented.settings.library, tmp_path / "library")
    with ModelServer(TEXT) as server:
        endpoint = Endpoint("small", server.url)
        with Assistant(Settings(tmp_path / "library", llm=endpoint, llm_context_window=8192)) as assistant:
            first = assistant.ask("What is KelpNet?").answer
            again = assistant.ask("What is KelpNet?", attempt=2).answer
            other = assistant.ask("What is KelpNet?", model="large").answer
    made = [answer.provenance for answer in (first, again, other)]
    assert [(each.seed, each.temperature) for each in made if each] == [(7, 0.0), (9, 0.5), (7, 0.0)]
    assert [answer.model for answer in (first, again, other)] == ["small", "small", "large"]
    assert [asked["model"] for asked in server.chats] == ["small", "small", "large"]


def test_without_a_model_nothing_changes(invented: Assistant) -> None:
    plain = invented.ask("What is KelpNet?").answer
    assert invented.ask("What is KelpNet?", model="any", attempt=3).answer == plain
