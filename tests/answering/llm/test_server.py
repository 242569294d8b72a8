"""What a server tells of itself, and what is assumed if it does not."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from model_server import Fails, ModelServer

WINDOWS = {
    "vLLM": ([{"id": "small", "max_model_len": 2048}], {}, 2048),
    "llama.cpp, new": (
        [{"id": "other", "owned_by": "llamacpp", "meta": {"n_ctx": 4096, "n_ctx_train": 8192}}],
        {},
        4096,
    ),
    "llama.cpp": (
        [{"id": "other", "owned_by": "llamacpp", "meta": {"n_ctx_train": 131072}}],
        {"/props": {"default_generation_settings": {"n_ctx": 6144}}},
        6144,
    ),
    "LM Studio": (
        ["small", "big"],
        {
            "/api/v0/models": {
                "data": [
                    {"id": "big", "max_context_length": 99999},
                    {"id": "small", "loaded_context_length": 5000, "max_context_length": 32768},
                ]
            }
        },
        5000,
    ),
    "LM Studio, not loaded": (
        ["small"],
        {"/api/v0/models": {"data": [{"id": "small", "max_context_length": 131072, "state": "not-loaded"}]}},
        4096,
    ),
    "Ollama, running": (
        ["small:latest"],
        {"/api/ps": {"models": [{"name": "small:latest", "context_length": 8192}]}, "/api/show": {"parameters": ""}},
        8192,
    ),
    "Ollama, not running": (
        ["small:latest"],
        {"/api/ps": {"models": []}, "/api/show": {"parameters": 'stop  "x"\nnum_ctx    16384\n'}},
        16384,
    ),
    "Ollama, silent": (["small:latest"], {"/api/ps": {"models": []}, "/api/show": {"parameters": "top_k 3"}}, 4096),
    "a gateway": ([{"id": "big", "context_length": 9}, {"id": "small", "context_length": 65536}], {}, 65536),
    "unknown": (["small"], {}, 4096),
    "nonsense": (
        [{"id": "small", "max_model_len": "many"}],
        {
            "/props": ["?"],
            "/api/v0/models": {"data": [3, {"id": "small", "max_context_length": -1}]},
            "/api/ps": {"models": {"name": 3}},
            "/api/show": {"parameters": None},
        },
        4096,
    ),
    "failing": (["small"], {"/v1/models": Fails(500), "/props": Fails(0)}, 4096),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_window_is_asked_of_the_server_once(model_at, name):
    models, pages, window = WINDOWS[name]
    with ModelServer(models=models) as server:
        server.pages = pages
        model = model_at(server.url, context_window=None)
        assert model.context_window == window
        asked = len(server.requests)
        assert model.max_output == min(1024, window // 4)
        assert model.context_window == window
        assert len(server.requests) == asked


def test_two_who_ask_at_once_are_told_the_same_window(model_at):
    with ModelServer(models=[{"id": "small", "max_model_len": 2048}]) as server, ThreadPoolExecutor() as pool:
        model = model_at(server.url, context_window=None)
        assert list(pool.map(lambda _: model.context_window, range(3))) == [2048] * 3
        assert len(server.requests) == 1


def test_the_settings_are_believed_without_asking(model_at):
    with ModelServer() as server:
        model = model_at(server.url, context_window=2048)
        assert (model.context_window, model.max_output) == (2048, 512)
        assert model_at(server.url, max_output=99).max_output == 99
        assert model_at(server.url, max_output=9000).max_output == 4096
        assert server.requests == []


def test_openai_is_not_asked(model_at):
    model = model_at(None, model="gpt-4o-mini", context_window=None)
    assert (model.context_window, model.max_output) == (16384, 1024)


def test_a_slow_server_does_not_hold_up_for_long(model_at, monkeypatch):
    from rag.answering.llm import server as module

    monkeypatch.setattr(module, "QUICK", 0.2)
    stuck = __import__("socket").socket()
    with stuck:
        stuck.bind(("127.0.0.1", 0))
        stuck.listen()
        model = model_at(f"http://127.0.0.1:{stuck.getsockname()[1]}", context_window=None)
        began = time.monotonic()
        assert model.context_window == 4096
        assert model.context_window == 4096
        assert time.monotonic() - began < 1.5
        status = model.status()
        assert not status.reachable
        assert "did not begin to answer in time" in status.problem


def test_the_status_of_a_model_that_is_there(model_at):
    with ModelServer(models=["small:latest", "big"]) as server:
        status = model_at(server.url).status()
    assert status.model == "small"
    assert status.address == server.url
    assert status.reachable
    assert 0 < status.latency_ms < 2000
    assert (status.context_window, status.max_output) == (8192, 1024)
    assert status.models == ("small:latest", "big")
    assert status.problem is None


def test_the_status_names_the_model_that_the_server_chooses(model_at):
    with ModelServer() as server:
        assert model_at(server.url, model="").status().model == "small"


PROBLEMS = {
    "not listed": (["big"], {}, "does not have the model small. It offers big: set RAG_LLM_MODEL"),
    "many others": ([f"m{n}" for n in range(9)], {}, "It offers m0, m1, m2, m3 and 5 more"),
    "key refused": ([], {"/v1/models": Fails(401)}, "asks for a key. Set RAG_LLM_API_KEY"),
    "no protocol": ([], {"/v1/models": {"hello": "world"}}, "should. Check that RAG_LLM_BASE_URL leads"),
    "no JSON": ([], {"/v1/models": Fails(200, "<html>Hello</html>")}, "should. Check that RAG_LLM_BASE_URL leads"),
    "no such page": ([], {"/v1/models": Fails(404)}, "(404). Check RAG_LLM_BASE_URL"),
    "broken": ([], {"/v1/models": Fails(500)}, "failed (error 500)"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_status_says_why_a_model_cannot_be_asked(model_at, name):
    models, pages, sentence = PROBLEMS[name]
    with ModelServer(models=models) as server:
        server.pages = pages
        status = model_at(server.url, context_window=None).status()
    assert status.reachable
    assert sentence in status.problem
    assert status.context_window == 4096


def test_the_status_of_a_server_that_is_not_there(model_at):
    with ModelServer() as server:
        pass
    status = model_at(server.url, context_window=None).status()
    assert not status.reachable
    assert status.latency_ms is None
    assert status.models == ()
    assert "No language model's server can be reached" in status.problem


def test_llama_cpp_answers_to_any_name(model_at):
    with ModelServer(models=[{"id": "x.gguf", "owned_by": "llamacpp"}]) as server:
        assert model_at(server.url).status().problem is None
