"""Streaming, stopping, and what is sent."""

import threading
import time

import pytest
from asking import PROMPT, ask
from model_server import Fails, ModelServer, Says, in_turn

from rag.answering.llm import chat, client
from rag.answering.llm.client import LanguageModel, import_llama_index
from rag.answering.llm.problems import ContextExceeded
from rag.errors import LanguageModelError
from rag.settings import Endpoint
from rag.types import Message, Prompt

TEXT = "Two papers say so [1][2]. Nothing else is known."


def test_the_text_comes_as_it_was_sent(model_at):
    with ModelServer(TEXT) as server:
        assert ask(model_at(server.url)) == (TEXT, "")


def test_the_first_delta_comes_before_the_second_is_written(model_at):
    with ModelServer(Says(["One", " two"], delay=0.3)) as server:
        stream = model_at(server.url).stream(PROMPT, threading.Event())
        assert next(stream) == "One"
        assert server.sent == 1
        assert list(stream) == [" two"]


def test_what_is_asked_is_the_prompt_cold_and_seeded(model_at):
    turns = (Message("user", "First?"), Message("assistant", "Yes."), Message("user", "Why?"))
    with ModelServer() as server:
        ask(model_at(server.url, max_output=77), Prompt("Be brief.", turns))
    (asked,) = server.chats
    assert asked == {
        "model": "small",
        "stream": True,
        "temperature": 0.0,
        "seed": 7,
        "max_tokens": 77,
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "First?"},
            {"role": "assistant", "content": "Yes."},
            {"role": "user", "content": "Why?"},
        ],
    }


def test_another_attempt_has_another_seed_and_is_not_cold(model_at):
    with ModelServer() as server:
        model = model_at(server.url)
        again = [model.again(attempt) for attempt in (1, 2)]
        for each in (model, *again, model.again(0)):
            ask(each)
        assert [(asked["seed"], asked["temperature"]) for asked in server.chats] == [
            (7, 0.0),
            (8, 0.5),
            (9, 0.5),
            (7, 0.0),
        ]
        assert [(each.seed, each.temperature) for each in again] == [(8, 0.5), (9, 0.5)]
        assert len({id(each._server) for each in (model, *again)}) == 1


def test_what_is_completed_is_the_same_at_every_attempt(model_at):
    with ModelServer() as server:
        model_at(server.url).again(3).complete(PROMPT, 8, 5.0, threading.Event())
        assert (server.chats[0]["seed"], server.chats[0]["temperature"]) == (7, 0.0)


def test_what_one_attempt_learns_all_know(model_at):
    def refusing(asked):
        return Fails(400, {"error": {"message": "seed is not supported"}}) if "seed" in asked else "Yes."

    with ModelServer(refusing) as server:
        model = model_at(server.url)
        assert ask(model.again(1)) == ("Yes.", "")
        assert ask(model) == ("Yes.", "")
        assert ["seed" in asked for asked in server.chats] == [True, False, False]
        assert model.seed is None


def test_making_a_model_asks_nothing(model_at):
    with ModelServer() as server:
        assert model_at(server.url).name == "small"
        assert model_at(server.url).address == server.url
        assert server.requests == []


def test_questions_share_a_connection(model_at):
    with ModelServer(TEXT) as server:
        model = model_at(server.url)
        for _ in range(3):
            assert ask(model) == (TEXT, "")
        assert server.accepted == 1


def stops_within_a_moment(server: ModelServer) -> bool:
    sent = server.sent
    return server.hung_up.wait(2) and server.sent <= sent + 20


def test_a_stop_closes_the_connection_so_that_the_server_ends(model_at):
    stopping = threading.Event()
    with ModelServer(Says((f"w{n} " for n in range(10_000)), delay=0.01)) as server:
        stream = model_at(server.url).stream(PROMPT, stopping)
        assert next(stream) == "w0 "
        stopping.set()
        assert list(stream) == []
        assert stops_within_a_moment(server)


@pytest.mark.parametrize("pings", [False, True])
def test_a_stop_is_heard_before_the_first_token(model_at, pings):
    stopping = threading.Event()
    with ModelServer(Says(["late"], first=60, pings=pings)) as server:
        threading.Timer(0.2, stopping.set).start()
        began = time.monotonic()
        assert list(model_at(server.url).stream(PROMPT, stopping)) == []
        assert time.monotonic() - began < 5
        assert stops_within_a_moment(server)


def test_an_iterator_that_is_closed_or_forgotten_closes_the_connection(model_at):
    for leave in ("close", "__del__"):
        with ModelServer(Says((f"w{n} " for n in range(10_000)), delay=0.01)) as server:
            stream = model_at(server.url).stream(PROMPT, threading.Event())
            next(stream)
            if leave == "close":
                stream.close()
            else:
                del stream
            assert stops_within_a_moment(server)


def test_after_a_stop_the_model_answers_the_next_question(model_at):
    with ModelServer(in_turn(Says(["a "] * 100, delay=0.05), TEXT)) as server:
        model = model_at(server.url)
        stream = model.stream(PROMPT, threading.Event())
        next(stream)
        stream.close()
        assert ask(model) == (TEXT, "")


def test_several_threads_ask_one_model(model_at):
    with ModelServer(lambda asked: asked["messages"][1]["content"]) as server:
        model = model_at(server.url)
        answers: dict[int, tuple[str, str]] = {}

        def one(number: int) -> None:
            answers[number] = ask(model, Prompt("", (Message("user", "x"), Message("user", f"I am {number}"))))

        threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {number: (f"I am {number}", "") for number in range(8)}


def test_complete_gives_the_whole_text_without_thoughts(model_at):
    with ModelServer(["<think>hm", "m</think>\n\n", "What is ", "it?"]) as server:
        assert model_at(server.url).complete(PROMPT, 60, 5, threading.Event()) == "What is it?"
    assert server.chats[0]["max_tokens"] == 60


def test_complete_drops_thoughts_that_only_end(model_at):
    with ModelServer(["I should ask", ".</think>", "What is it?"]) as server:
        assert model_at(server.url).complete(PROMPT, 60, 5, threading.Event()) == "What is it?"


def test_a_model_that_opens_its_thoughts_unseen_is_known_from_then_on(model_at):
    with ModelServer(["Hm.", "</think>", "Yes."]) as server:
        model = model_at(server.url)
        assert ask(model) == ("Hm.Yes.", "")
        assert ask(model) == ("Yes.", "")
        assert ask(model_at(server.url, model="deepseek-r1")) == ("Yes.", "")


def test_complete_keeps_to_its_seconds(model_at):
    with ModelServer(Says(["word "] * 1000, delay=0.05)) as server:
        began = time.monotonic()
        with pytest.raises(LanguageModelError, match=r"did not finish within 0\.4 seconds"):
            model_at(server.url).complete(PROMPT, 1000, 0.4, threading.Event())
        assert time.monotonic() - began < 5
        assert stops_within_a_moment(server)


def test_complete_gives_no_half_answer(model_at):
    with ModelServer(Says(["What is"], finish="length")) as server, pytest.raises(LanguageModelError, match="cut off"):
        model_at(server.url).complete(PROMPT, 2, 5, threading.Event())


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_address_may_be_written_in_every_usual_way(model_at, path):
    with ModelServer(TEXT) as server:
        assert ask(model_at(server.origin + path)) == (TEXT, "")
        assert [request.path for request in server.requests] == ["/v1/chat/completions"]


def test_an_address_with_a_path_is_used_as_it_is_and_then_with_v1(model_at):
    with ModelServer(TEXT) as server:
        server.pages["/v1/chat/completions"] = Fails(404)
        model = model_at(f"{server.origin}/proxy")
        ask(model)
        assert [request.path for request in server.requests if request.method == "POST"] == [
            "/proxy/chat/completions",
            "/proxy/v1/chat/completions",
        ]


def test_a_query_of_the_address_is_sent_with_every_request(model_at):
    with ModelServer(TEXT) as server:
        assert ask(model_at(f"{server.origin}/v1?api-version=2")) == (TEXT, "")
        assert server.requests[0].path == "/v1/chat/completions?api-version=2"


def test_with_an_address_alone_the_first_model_that_can_chat_answers(model_at):
    with ModelServer(TEXT, models=["nomic-embed-text", "first", "second"]) as server:
        model = model_at(server.url, model="")
        assert model.name == ""
        assert ask(model) == (TEXT, "")
        assert model.name == "first"
        assert server.chats[0]["model"] == "first"


def test_a_model_named_by_the_path_of_its_file_is_called_by_the_file(model_at):
    with ModelServer(TEXT, models=["/home/someone/models/tiny.gguf"]) as server:
        model = model_at(server.url, model="")
        ask(model)
        assert model.name == "tiny.gguf"
        assert server.chats[0]["model"] == "/home/someone/models/tiny.gguf"


def test_a_server_without_models_is_told_of(model_at):
    with ModelServer(TEXT, models=[]) as server:
        assert "has no model to answer with" in ask(model_at(server.url, model=""))[1]


def test_a_window_that_a_refusal_tells_is_remembered(model_at):
    refusal = {"error": {"code": 400, "message": "too long", "type": "exceed_context_size_error", "n_ctx": 2048}}
    with ModelServer(in_turn(Fails(400, refusal), TEXT)) as server:
        model = model_at(server.url)
        with pytest.raises(ContextExceeded, match="2,048 tokens") as raised:
            list(model.stream(PROMPT, threading.Event()))
        assert raised.value.window == 2048
        assert (model.context_window, model.max_output) == (2048, 512)
        assert ask(model) == (TEXT, "")


def test_the_libraries_can_be_imported_ahead():
    import_llama_index().join()
    assert chat.FIRST_TOKEN == 90
    assert client.POLL <= 0.05


def test_a_model_can_be_closed_twice_and_used_again():
    with ModelServer(TEXT) as server:
        model = LanguageModel(Endpoint("small", server.url), context_window=4096)
        assert ask(model) == (TEXT, "")
        model.close()
        model.close()
        assert ask(model) == (TEXT, "")
        model.close()
