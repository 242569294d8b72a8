"""The kind of a question, which the model is asked for where words leave it open."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from model_server import Fails, ModelServer, Says

from rag.answering import engine
from rag.answering.llm.client import LanguageModel
from rag.answering.stream import AnswerStream
from rag.answering.task import Means
from rag.assistant import Assistant
from rag.library.revision import Revision
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING

OPEN = "Which venues has Orla Wen published in?"
ModelAt = Callable[..., LanguageModel]


def asked(assistant: Assistant, model: LanguageModel, question: str) -> AnswerStream:
    means = Means(assistant.indexes, Revision(assistant.library), model)
    return engine.answer(means, question, (), EVERYTHING)


@pytest.fixture(autouse=True)
def _is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_sure", lambda _, question: question != OPEN)


def test_the_model_names_the_kind(invented: Assistant, model_at: ModelAt) -> None:
    with ModelServer("author") as server:
        stream = asked(invented, model_at(server.url), OPEN)
        next(stream)
        first, *_ = server.chats
        assert first["max_tokens"] <= 16 and OPEN in first["messages"][-1]["content"]
        assert stream.answer.kind == "author"


@pytest.mark.parametrize(
    "script",
    ["Bananas are yellow.", "", "list", "fact or author or compare", "compare", Fails(500, "broken"), Fails(0)],
)
def test_nonsense_and_failures_change_nothing(invented: Assistant, model_at: ModelAt, script: object) -> None:
    with ModelServer(script) as server:  # type: ignore[arg-type]
        answer = asked(invented, model_at(server.url), OPEN).answer
    assert answer.plan == plan(invented.library, OPEN, EVERYTHING)
    assert answer.problem is None


def test_it_is_waited_for_a_few_seconds(
    invented: Assistant, model_at: ModelAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_TO_SORT", 0.2)
    with ModelServer(Says(["author"], first=60)) as server:
        began = time.monotonic()
        answer = asked(invented, model_at(server.url), OPEN).answer
        assert time.monotonic() - began < 3
    assert answer.kind == "list"


def test_a_stop_ends_the_waiting(invented: Assistant, model_at: ModelAt) -> None:
    with ModelServer(Says(["author"], first=60)) as server:
        stream = asked(invented, model_at(server.url), OPEN)
        stream.stop()
        began = time.monotonic()
        assert stream.answer.kind == "list"
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("question", "requests"),
    [
        ("What has Orla Wen worked on?", 1),
        ("Compare KelpNet and PollenGAN", 1),
        ("Which papers are about language models?", 0),
        ("What error does KelpNet reach?", 1),
        ("How are kelp fronds counted?", 1),
        ("How many papers are there?", 0),
    ],
)
def test_nothing_is_asked_where_the_kind_is_plain(
    invented: Assistant, model_at: ModelAt, question: str, requests: int
) -> None:
    with ModelServer("author") as server:
        assert asked(invented, model_at(server.url), question).answer.plan == plan(
            invented.library, question, EVERYTHING
        )
        assert len(server.chats) == requests
        assert all(chat.get("stream") and chat["max_tokens"] > 16 for chat in server.chats)
