"""The commands with a language model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Rag
from model_server import Fails, ModelServer

SAYS = "KelpNet reaches a mean absolute error of 2.7 fronds per image [1]. It won 99 medals [1]."
ASKED = "What error does KelpNet reach?"
KEY = "sk-a-secret-that-nobody-may-see"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(SAYS) as server:
        monkeypatch.setenv("RAG_LLM_BASE_URL", server.url)
        monkeypatch.setenv("RAG_LLM_MODEL", "small")
        monkeypatch.setenv("RAG_LLM_API_KEY", KEY)
        yield server


def test_status_tells_of_the_model(rag: Rag, library: Path, server: ModelServer) -> None:
    ran = rag("status", "--library", library, "--json")
    model = ran.json["llm"]
    assert (model["model"], model["address"], model["reachable"], model["problem"]) == ("small", server.url, True, None)
    assert model["latency_ms"] > 0 and model["context_window"] == 4096 and model["max_output"] == 1024
    assert ran.json["offers"] == []
    told = rag("status", "--library", library).out
    assert f"small at {server.url}, 4096 tokens: reachable in " in told
    assert KEY not in told + ran.out


def test_status_says_why_the_model_cannot_be_asked(rag: Rag, library: Path, server: ModelServer) -> None:
    server.pages["/v1/models"] = Fails(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})
    ran = rag("status", "--library", library)
    assert ran.code == 0
    assert "RAG_LLM_API_KEY" in ran.out and KEY not in ran.out + ran.err


def test_an_answer_of_the_model(rag: Rag, library: Path, server: ModelServer) -> None:
    ran = rag("ask", "--library", library, ASKED, "--json")
    assert (ran.code, ran.json["model"], ran.json["problem"]) == (0, "small", None)
    assert ran.json["answer"] == SAYS.replace("[1].", "[1].", 1).replace("medals [1].", "medals [2]. [?]")
    assert [citation["supported"] for citation in ran.json["citations"]] == [True, False]
    assert ran.json["unsupported"] == ["It won 99 medals."]
    assert ran.json["provenance"]["address"] == server.url
    assert (ran.json["provenance"]["temperature"], ran.json["provenance"]["seed"]) == (0, server.chats[0]["seed"])
    told = rag("ask", "--library", library, ASKED)
    assert "Written by small." in told.err and "[?]" in told.out
    assert KEY not in ran.out + told.out + told.err


def test_strict(rag: Rag, library: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_STRICT", "1")
    ran = rag("ask", "--library", library, ASKED, "--json")
    assert "medals" not in ran.json["answer"] and "2.7" in ran.json["answer"]
    assert ran.json["provenance"]["strict"]


def test_a_model_that_fails_is_replaced_by_quotations(rag: Rag, library: Path, server: ModelServer) -> None:
    server.script = Fails(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})
    ran = rag("ask", "--library", library, ASKED)
    assert ran.code == 0
    assert "2.7" in ran.out and "Traceback" not in ran.err
    assert "does not accept the key" in ran.err and "These are sentences quoted" in ran.err
    assert KEY not in ran.out + ran.err


def test_nothing_is_asked_when_no_model_was_chosen(
    rag: Rag, library: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RAG_LLM_BASE_URL")
    monkeypatch.delenv("RAG_LLM_MODEL")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    ran = rag("ask", "--library", library, ASKED, "--json")
    assert (ran.json["model"], server.requests) == ("extractive", [])


def test_a_batch_with_histories(rag: Rag, library: Path, server: ModelServer, tmp_path: Path) -> None:
    history = [{"role": "user", "content": "What is KelpNet?"}, {"role": "assistant", "content": "A network [1]."}]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "f", "question": "Which error does it reach?", "history": history}))
    ran = rag("ask", "--library", library, "--batch", file)
    answer = json.loads(ran.out)
    # The model does not restate the question, so that the rules do.
    assert "KelpNet" in answer["standalone_question"] and answer["citations"]
    last = server.chats[-1]["messages"]
    assert [turn["role"] for turn in last] == ["system", "user", "assistant", "user"]
    assert "[1]" not in last[2]["content"]
