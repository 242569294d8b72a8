"""One sentence for everything that can go wrong, and what had come before it."""

import email.utils
import re
import socket
import ssl
import threading
import time

import httpx
import pytest
from asking import PROMPT, ask
from model_server import Fails, ModelServer, Says, in_turn

from rag.answering.llm import chat, client, connection
from rag.answering.llm.failures import failure
from rag.answering.llm.problems import ContextExceeded
from rag.settings import Endpoint

KEY = "sk-test-0123456789abcdef"


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_refused_connection(model_at):
    url = f"http://127.0.0.1:{unused_port()}"
    assert ask(model_at(url)) == (
        "",
        f"No language model's server can be reached at {url}. Start it, or check RAG_LLM_BASE_URL.",
    )


def test_an_unknown_name(model_at, monkeypatch):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    text, problem = ask(model_at("http://nowhere.invalid/v1"))
    assert text == ""
    assert problem == (
        "The language model's server nowhere.invalid was not found: no such name is known. Check RAG_LLM_BASE_URL."
    )


def test_openai_out_of_reach_is_no_matter_of_the_address(model_at, monkeypatch):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    _, problem = ask(model_at(None, key=KEY))
    assert "api.openai.com" in problem
    assert "connection to the internet" in problem


def test_a_server_without_tls_at_an_https_address(model_at):
    with ModelServer() as server:
        _, problem = ask(model_at(server.url.replace("http:", "https:")))
    assert problem.startswith("No secure connection to the language model's server at https://127.0.0.1")
    assert "http:// and https://" in problem


def test_a_call_that_nobody_takes(model_at, monkeypatch):
    async def unanswered(*_: object, **__: object) -> None:
        raise httpx.ConnectTimeout("")

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", unanswered)
    assert "does not answer the call for a connection" in ask(model_at("http://127.0.0.1:9"))[1]


REFUSALS = {
    "401 with a key": (
        Fails(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}}),
        "does not accept the key",
    ),
    "400 for a key": (Fails(400, [{"error": {"message": "API key not valid."}}]), "does not accept the key"),
    "403": (Fails(403, {"error": "no"}), r"does not allow this model or this place \(403\)"),
    "404 model": (
        Fails(404, {"error": {"message": "model 'small' not found, try pulling it first"}}),
        "does not have the model small. It offers tiny, large: set RAG_LLM_MODEL to one of them",
    ),
    "418": (Fails(418, {"error": {"message": "short and stout"}}), r"\(error 418: “short and stout”\)"),
    "422 of another framework": (Fails(422, {"detail": [{"msg": "n must be 1"}]}), "n must be 1"),
    "307": (Fails(307, "", {"Location": "http://127.0.0.1:9/elsewhere"}), "points to another address"),
    "429 for long": (Fails(429, "", {"Retry-After": "37"}), "too many requests. Ask again in 37 seconds"),
    "429 without end": (
        Fails(429, {"error": {"message": "quota"}}),
        "too many requests: “quota”. Ask again in a minute",
    ),
    "402": (Fails(402, {"error": {"message": "Insufficient Balance"}}), "no credit left: “Insufficient Balance”. Add"),
    "429 for money": (Fails(429, {"error": {"message": "Pay", "code": "insufficient_quota"}}), "no credit left: “Pay”"),
    "500": (Fails(500, {"error": {"message": "out of memory"}}), r"failed \(error 500: “out of memory”\)"),
    "502 in HTML": (Fails(502, "<html><title>Bad gateway</title></html>"), r"failed \(error 502\). Ask again"),
    "503": (Fails(503, {"error": {"message": "Loading model"}}), r"not ready or overloaded \(503\)"),
    "no answer": (Fails(0), "closed the connection without an answer"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal(model_at, refusal):
    answer, sentence = REFUSALS[refusal]
    with ModelServer(answer, models=["tiny", "large"]) as server:
        text, problem = ask(model_at(server.url, key=KEY))
    assert text == ""
    assert re.search(sentence, problem), problem
    assert "0123" not in problem
    assert problem.endswith(".")


def test_a_missing_key_is_asked_for(model_at):
    with ModelServer(Fails(401)) as server:
        assert ask(model_at(server.url))[1].endswith("asks for a key. Set RAG_LLM_API_KEY.")


def test_a_404_of_something_else(model_at):
    with ModelServer() as server:
        server.pages = {"/v1/chat/completions": Fails(404, "<html>"), "/v1/models": Fails(404, "<html>")}
        assert (
            "nothing at the address of a language model (404). Check RAG_LLM_BASE_URL" in ask(model_at(server.url))[1]
        )


def test_a_date_of_retry_after(model_at):
    when = email.utils.formatdate(time.time() + 90, usegmt=True)
    with ModelServer(Fails(429, "", {"Retry-After": when})) as server:
        problem = ask(model_at(server.url))[1]
    assert int(problem.rpartition("in ")[2].partition(" ")[0]) in range(85, 92)


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_wait_is_waited(model_at, status):
    with ModelServer(in_turn(Fails(status, "", {"Retry-After": "0.3"}), "Yes.")) as server:
        began = time.monotonic()
        assert ask(model_at(server.url)) == ("Yes.", "")
        assert time.monotonic() - began >= 0.3


def test_it_is_waited_once(model_at):
    with ModelServer(Fails(429, "", {"Retry-After": "0.1"})) as server:
        assert "too many requests" in ask(model_at(server.url))[1]
        assert len(server.chats) == 2


def test_a_wait_can_be_stopped(model_at):
    stopping = threading.Event()
    threading.Timer(0.2, stopping.set).start()
    with ModelServer(Fails(503, "", {"Retry-After": "4"})) as server:
        began = time.monotonic()
        assert list(model_at(server.url).stream(PROMPT, stopping)) == []
        assert time.monotonic() - began < 3


BROKEN = {
    "disconnected": (Says(["Half", " of"], drop_after=1), "Half", "was lost in the middle of its answer. Ask again."),
    "no finish reason": (Says(["Half"], finish=None), "Half", "was lost in the middle of its answer. Ask again."),
    "malformed": (Says(["Half", b"data: {not json\n\n"]), "Half", "answers in a form that no language model's server"),
    "no object": (Says(["Half", b'data: "text"\n\n']), "Half", "answers in a form that no language model's server"),
    "no choices": (Says(["Half", b'data: {"choices": 3}\n\n']), "Half", "answers in a form that no"),
    "bytes": (Says(["Half", b"data: \xff\xfe\n\n"]), "Half", "answers in a form that no language model's server"),
    "an error": (
        Says(["Half", b'data: {"error": {"message": "CUDA out of memory"}}\n\n']),
        "Half",
        "broke off with an error: “CUDA out of memory”. Ask again",
    ),
    "an error in words": (Says(["Half", b'data: {"error": "boom"}\n\n']), "Half", "broke off with an error: “boom”."),
    "cut": (Says(["Half"], finish="length"), "Half", "cut off after the 1,024 tokens"),
    "filtered": (Says(["Half"], finish="content_filter"), "Half", "because of its content rules"),
    "empty": (Says([]), "", "gave an empty answer"),
    "blank": (Says([" ", "\n"]), "", "gave an empty answer"),
    "nothing": (Says([], finish=None), "", "gave an empty answer"),
    "thoughts alone": (Says(["<think>", "So what?"]), "", "only thought and wrote no answer"),
    "thoughts apart": (Says([{"reasoning_content": "So"}, {"reasoning_content": " what?"}]), "", "only thought"),
    "thoughts to the end": (Says([{"reasoning_content": "So"}] * 2, finish="length"), "", "only thought"),
    "disconnected at once": (Says(["Half"], drop_after=0), "", "closed the connection without an answer"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_answer_is_given_as_far_as_it_came(model_at, broken):
    answer, came, sentence = BROKEN[broken]
    with ModelServer(answer) as server:
        text, problem = ask(model_at(server.url))
    assert text.strip() == came
    assert sentence in problem
    assert problem.endswith(".")


def test_an_event_without_a_delta_is_passed_over(model_at):
    with ModelServer(
        Says([b'data: {"choices": [{}]}\n\n', b'data: {"choices": []}\n\n', b": ping\n\n", "Yes."])
    ) as server:
        assert ask(model_at(server.url)) == ("Yes.", "")


def test_silence_before_the_first_token(model_at, monkeypatch):
    monkeypatch.setattr(chat, "FIRST_TOKEN", 0.3)
    with ModelServer(Says(["late"], first=60)) as server:
        assert "did not begin to answer in time" in ask(model_at(server.url))[1]
        assert server.hung_up.wait(2)


def test_silence_in_the_middle(model_at, monkeypatch):
    monkeypatch.setattr(chat, "NEXT_TOKEN", 0.3)
    with ModelServer(Says(["Half", " more"], stall_after=1)) as server:
        text, problem = ask(model_at(server.url))
        assert server.hung_up.wait(2)
    assert text == "Half"
    assert "fell silent in the middle of its answer" in problem


def test_pings_and_thoughts_are_signs_of_life(model_at, monkeypatch):
    monkeypatch.setattr(chat, "FIRST_TOKEN", 0.3)
    monkeypatch.setattr(chat, "NEXT_TOKEN", 0.3)
    with ModelServer(Says([{"reasoning_content": "Hm"}] * 4 + ["Yes."], first=0.8, pings=True, delay=0.15)) as server:
        assert ask(model_at(server.url)) == ("Yes.", "")


def test_life_without_end_ends(model_at, monkeypatch):
    monkeypatch.setattr(client, "LONGEST", 0.5)
    with ModelServer(Says(["late"], first=60, pings=True)) as server:
        assert "did not finish within 0.5 seconds" in ask(model_at(server.url))[1]


def test_an_endless_answer_is_cut(model_at):
    with ModelServer(Says(f"w{n} " for n in range(10**9))) as server:
        text, problem = ask(model_at(server.url, max_output=50))
        assert server.hung_up.wait(2)
    assert len(text.split()) == 100
    assert "wrote on beyond the 50 tokens it may" in problem


def test_an_answer_of_endless_size_is_cut(model_at):
    with ModelServer(Says([" ".join(f"word{n}x{k}" for k in range(200)) for n in range(99)])) as server:
        text, problem = ask(model_at(server.url, max_output=500))
    assert len(text) <= 12 * 500
    assert "wrote on beyond the 500 tokens" in problem


def test_endless_thoughts_are_cut(model_at):
    with ModelServer(Says({"reasoning_content": "hm "} for _ in range(10**9))) as server:
        assert "beyond the 50 tokens" in ask(model_at(server.url, max_output=50))[1]


def test_a_line_without_end_is_cut(model_at, monkeypatch):
    monkeypatch.setattr(connection, "LONGEST_BODY", 100_000)
    with ModelServer(Says(b"x" * 1000 for _ in range(10**9))) as server:
        assert "answers in a form that no language model's server should" in ask(model_at(server.url))[1]
        assert server.hung_up.wait(2)


def test_an_answer_that_comes_letter_by_letter_is_not_cut(model_at):
    text = " ".join(f"w{n}" for n in range(60))
    with ModelServer(list(text)) as server:
        assert ask(model_at(server.url, max_output=60)) == (text, "")


def test_a_sentence_over_and_over_is_cut(model_at):
    with ModelServer(Says(["The method ", "is new [1]. "] * 50)) as server:
        text, problem = ask(model_at(server.url))
    assert text.count("is new") <= 4
    assert "repeated itself" in problem


WINDOWS = {
    "llama.cpp": (
        Fails(
            400,
            {
                "error": {
                    "code": 400,
                    "message": "request (9 tokens) exceeds the available context size (4096 tokens), try increasing it",
                    "type": "exceed_context_size_error",
                    "n_ctx": 4096,
                }
            },
        ),
        4096,
    ),
    "an older llama.cpp": (Fails(500, {"error": {"message": "the request exceeds the available context size"}}), None),
    "OpenAI": (
        Fails(
            400,
            {
                "error": {
                    "message": "This model's maximum context length is 16,385 tokens. "
                    "However, your messages resulted in 20000 tokens.",
                    "code": "context_length_exceeded",
                }
            },
        ),
        16385,
    ),
    "vLLM": (
        Fails(
            400,
            {
                "object": "error",
                "message": "'max_tokens' is too large: 1024. This model's maximum context length is "
                "2048 tokens and your request has 1800 input tokens",
                "code": 400,
            },
        ),
        2048,
    ),
    "LM Studio": (
        Fails(
            400,
            {
                "error": "Trying to keep the first 5000 tokens when context the overflows. "
                "However, the model is loaded with context length of only 4096 tokens, which is not enough."
            },
        ),
        4096,
    ),
    "LM Studio, within the stream": (
        Says([b'event: error\ndata: {"error": {"message": "Reached context length of 4096 tokens"}}\n\n']),
        4096,
    ),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_an_exceeded_context_is_an_error_of_its_own(model_at, name):
    answer, window = WINDOWS[name]
    with ModelServer(answer) as server:
        with pytest.raises(ContextExceeded) as raised:
            list(model_at(server.url).stream(PROMPT, threading.Event()))
        assert len(server.chats) == 1
    assert raised.value.window == window
    assert "RAG_LLM_CONTEXT_WINDOW" in str(raised.value)


@pytest.mark.parametrize("error", [KeyError("x"), TypeError(KEY), RuntimeError()])
def test_an_exception_that_nobody_knows_has_a_sentence_too(error):
    told = str(failure(error, Endpoint("m", "http://h", KEY)))
    assert "OpenAI's protocol" in told
    assert KEY not in told


def raised(error: type[Exception], cause: Exception) -> Exception:
    made = error(str(cause))
    made.__cause__ = cause
    return made


@pytest.mark.parametrize("answer", [fails for fails, _ in REFUSALS.values()])
def test_a_private_server_is_not_named_when_it_refuses(model_at, answer):
    with ModelServer(answer, ["other"]) as server:
        host = server.url.split("/")[2]
        model = client.LanguageModel(Endpoint("small", server.url, KEY, private=True), context_window=4096)
        _, problem = ask(model)
        status = model.status()
        model.close()
    for told in (problem, status.problem or "", status.address):
        assert host.split(":")[0] not in told
        assert host.split(":")[1] not in told


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize(
    "error",
    [
        raised(httpx.ConnectError, socket.gaierror(-2, "http://secret.example")),
        raised(httpx.ConnectError, ssl.SSLError("secret.example")),
        httpx.ConnectTimeout("secret.example"),
        httpx.ProxyError("secret.example"),
        httpx.ConnectError("secret.example"),
        httpx.ReadTimeout("secret.example"),
        httpx.ReadError("secret.example"),
        ValueError("secret.example"),
    ],
)
def test_a_private_server_is_not_named_when_it_is_out_of_reach(error, begun):
    told = str(failure(error, Endpoint("m", "http://secret.example:1/v1", private=True), begun=begun))
    assert "secret" not in told
    assert "  " not in told
    assert told.endswith(".")
