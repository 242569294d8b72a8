"""Nothing is sent but to the server that was chosen, and no key becomes known."""

import logging
import threading
import traceback

import pytest
from asking import PROMPT, ask
from model_server import Fails, ModelServer, Says

from rag.errors import LanguageModelError
from rag.settings import Endpoint

KEY = "sk-proj-Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTA"
FOREIGN = "sk-foreign-0000111122223333"
SENT = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"}
LOGGERS = ("httpx", "httpcore", "openai", "llama_index", "llama_index.core", "asyncio", "rag")


@pytest.fixture
def foreign_environment(monkeypatch):
    """An environment full of what was set for other programs."""
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_WEBHOOK_SECRET"):
        monkeypatch.setenv(name, FOREIGN)
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/foreign")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Team: {FOREIGN}")
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


def talk(model, server):
    assert ask(model) == ("Yes.", "")
    assert model.status().reachable
    return server.requests


def test_the_environment_of_other_programs_is_not_used(model_at, foreign_environment):
    with ModelServer() as server:
        for request in talk(model_at(server.url, context_window=None), server):
            assert request.headers.keys() <= SENT
            assert FOREIGN not in str(request)


@pytest.mark.parametrize("key", ["", " "])
def test_an_empty_key_is_no_key(model_at, foreign_environment, key):
    with ModelServer() as server:
        talk(model_at(server.url, key=key), server)
        assert all("authorization" not in request.headers for request in server.requests)


def test_the_key_goes_to_the_server_and_no_further(model_at, foreign_environment, caplog):
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, logger=name)
    with ModelServer() as server:
        model = model_at(server.url, key=f"{KEY}\n", context_window=None)
        requests = talk(model, server)
        assert len(requests) > 2
        assert {request.headers["authorization"] for request in requests} == {f"Bearer {KEY}"}
        assert KEY not in f"{model!r} {vars(model)} {model.status()}"
    assert len(caplog.records) > 5
    assert KEY not in caplog.text
    assert all(KEY not in f"{record.__dict__}" for record in caplog.records)


def test_user_and_password_of_the_address_stay_unseen(model_at, caplog):
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, logger=name)
    with ModelServer() as server:
        model = model_at(server.url.replace("//", "//ann:pass%20word@"))
        requests = talk(model, server)
        assert {request.headers["authorization"] for request in requests} == {"Basic YW5uOnBhc3Mgd29yZA=="}
        status = model.status()
        assert status.address == server.url
        server.script = Fails(401)
        assert "pass" not in ask(model)[1]
    assert "pass" not in f"{status} {caplog.text}"


ECHOES = {
    "the key": KEY,
    "a part of it": f"bad token ...{KEY[-9:]} given",
    "its ends": f"{KEY[:8]}****{KEY[-4:]}",
    "another's key": "use sk-live-abcdefghijkl instead of gsk_00001111",
    "a header": "got Authorization: Bearer abcdef",
}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 200])
@pytest.mark.parametrize("echo", ECHOES)
def test_no_error_shows_a_key_that_the_server_repeats(model_at, caplog, echo, status):
    for name in ("httpx", "openai", "llama_index"):
        caplog.set_level(logging.DEBUG, logger=name)
    words = ECHOES[echo]
    body = {"error": {"message": words, "code": words, "type": words}}
    headers = {"X-Key": words, "Location": f"/{words}"} if status != 200 else {}
    with ModelServer(Fails(status, body, headers)) as server:
        if status == 200:
            server.script = Says(["Half", b"data: " + str(body).replace("'", '"').encode() + b"\n\n"])
        with pytest.raises(LanguageModelError) as raised:
            list(model_at(server.url, key=KEY).stream(PROMPT, threading.Event()))
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + caplog.text
    for secret in (KEY, KEY[-9:], KEY[:8], KEY[-4:], "abcdefghijkl", "00001111", "Bearer abc"):
        assert secret not in shown
    assert raised.value.__cause__ is None


def test_a_key_that_cannot_be_sent_is_told_without_showing_it(model_at):
    with ModelServer() as server:
        model = model_at(server.url, key="sk-first\nX-Second: line")
        text, problem = ask(model)
        assert (text, server.requests) == ("", [])
        assert "has a character that cannot be sent" in problem
        assert "first" not in problem
        assert model.status().problem == problem


def test_a_redirect_is_not_followed(model_at):
    with ModelServer() as elsewhere, ModelServer() as server:
        server.script = Fails(307, "", {"Location": f"{elsewhere.url}/chat/completions"})
        server.pages["/v1/models"] = Fails(302, "", {"Location": f"{elsewhere.url}/models"})
        model = model_at(server.url, key=KEY, context_window=None)
        assert "not followed" in ask(model)[1]
        assert "not followed" in model.status().problem
        assert elsewhere.requests == []


def test_a_proxy_is_used_for_other_machines_only(model_at, monkeypatch):
    with ModelServer() as proxy, ModelServer() as server:
        monkeypatch.setenv("http_proxy", proxy.origin)
        assert ask(model_at(server.url)) == ("Yes.", "")
        assert proxy.requests == []
        ask(model_at("http://models.example/v1"))
        assert [request.path for request in proxy.requests if request.method == "POST"] == [
            "http://models.example/v1/chat/completions"
        ]
        monkeypatch.setenv("no_proxy", "models.example")
        asked = len(proxy.requests)
        ask(model_at("http://models.example/v1"))
        assert len(proxy.requests) == asked


def test_an_unusable_proxy_is_told_of(model_at, monkeypatch):
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:70")
    assert "NO_PROXY" in ask(model_at("http://models.example/v1"))[1]


def test_an_endpoint_keeps_its_key_to_itself():
    assert KEY not in repr(Endpoint("small", "http://localhost", KEY))
