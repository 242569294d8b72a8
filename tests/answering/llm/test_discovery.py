"""Model servers on this machine are found at their usual ports, quickly, with nothing sent to them."""

import socket
import time
from urllib.parse import urlsplit

from model_server import Fails, ModelServer

from rag.answering.llm import discovery
from rag.types import LocalServer


def at(server):
    return urlsplit(server.url).port


def test_servers_that_list_models_are_found(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-foreign")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with ModelServer(models=["a", "b"]) as one, ModelServer(models=[]) as two, ModelServer() as other:
        other.pages["/v1/models"] = Fails(200, "<html>")
        monkeypatch.setattr(discovery, "USUAL", {"Ollama": at(one), "LM Studio": at(two), "vLLM": at(other)})
        assert discovery.local_servers() == (
            LocalServer("Ollama", one.url, ("a", "b")),
            LocalServer("LM Studio", two.url, ()),
        )
    (asked,) = one.requests
    assert (asked.method, asked.path) == ("GET", "/v1/models")
    assert "authorization" not in asked.headers


def test_what_is_no_model_server_is_passed_over(monkeypatch):
    pages = [
        Fails(404),
        Fails(401),
        Fails(0),
        Fails(302, "", {"Location": "/v1/models"}),
        ["a"],
        {"data": 3},
        {"data": [3]},
        7,
    ]
    for page in pages:
        with ModelServer() as server:
            server.pages["/v1/models"] = page
            monkeypatch.setattr(discovery, "USUAL", {"Ollama": at(server)})
            assert discovery.local_servers() == ()
            assert len(server.requests) == 1


def test_it_takes_half_a_second_at_most(monkeypatch):
    with socket.socket() as stuck, ModelServer() as server:
        stuck.bind(("127.0.0.1", 0))
        stuck.listen()
        monkeypatch.setattr(discovery, "USUAL", {"Ollama": stuck.getsockname()[1], "LM Studio": at(server)})
        began = time.monotonic()
        assert [found.name for found in discovery.local_servers()] == ["LM Studio"]
        assert time.monotonic() - began < 1.5


def test_the_usual_ports():
    assert discovery.USUAL == {"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080, "vLLM": 8000}
