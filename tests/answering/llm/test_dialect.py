"""Servers that refuse a part of the question are asked without it."""

import pytest
from asking import ask
from model_server import Fails, ModelServer

from rag.types import Message, Prompt


def refusing(names, message="Unsupported parameter: '{}' is not supported with this model.", status=400):
    def answer(asked):
        refused = next((name for name in names if name in asked), None)
        return Fails(status, {"error": {"message": message.format(refused)}}) if refused else "Yes."

    return answer


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("names", [["temperature"], ["seed"], ["seed", "temperature"]])
def test_a_refused_parameter_is_left_out_from_then_on(model_at, names, status):
    with ModelServer(refusing(names, status=status)) as server:
        model = model_at(server.url)
        assert ask(model) == ("Yes.", "")
        tries = len(server.chats)
        assert tries == 1 + len(names)
        assert ask(model) == ("Yes.", "")
        assert len(server.chats) == tries + 1
        assert not set(names) & server.chats[-1].keys()
        assert (model.seed is None, model.temperature is None) == ("seed" in names, "temperature" in names)
        assert server.chats[-1]["max_tokens"] == 1024


def test_the_limit_has_a_newer_name(model_at):
    message = "Unsupported parameter: '{}' is not supported with this model. Use 'max_completion_tokens' instead."
    with ModelServer(refusing(["max_tokens", "temperature"], message)) as server:
        assert ask(model_at(server.url)) == ("Yes.", "")
        assert server.chats[-1]["max_completion_tokens"] == 1024
        assert not {"max_tokens", "temperature"} & server.chats[-1].keys()


def test_a_server_that_takes_no_limit_is_asked_without(model_at):
    with ModelServer(refusing(["max_tokens", "max_completion_tokens"])) as server:
        assert ask(model_at(server.url)) == ("Yes.", "")


NO_SYSTEM = [
    (400, "Conversation roles must alternate user/assistant/user/assistant/..."),
    (500, "System role not supported"),
    (400, "Only user and assistant roles are supported!"),
    (400, "Unsupported value: 'messages[0].role' does not support 'system' with this model."),
]


@pytest.mark.parametrize(("status", "message"), NO_SYSTEM)
def test_without_a_role_for_the_system_its_text_goes_into_the_first_turn(model_at, status, message):
    def answer(asked):
        refused = asked["messages"][0]["role"] == "system"
        return Fails(status, {"error": {"message": message}}) if refused else "Yes."

    turns = (Message("user", "First?"), Message("assistant", "Yes."), Message("user", "Why?"))
    with ModelServer(answer) as server:
        model = model_at(server.url)
        assert ask(model, Prompt("Be brief.", turns)) == ("Yes.", "")
        assert server.chats[-1]["messages"] == [
            {"role": "user", "content": "Be brief.\n\nFirst?"},
            {"role": "assistant", "content": "Yes."},
            {"role": "user", "content": "Why?"},
        ]
        ask(model)
        assert len(server.chats) == 3


def test_a_server_that_refuses_whatever_is_asked_is_not_asked_for_ever(model_at):
    with ModelServer(
        Fails(400, {"error": {"message": "temperature seed max_tokens system role not supported"}})
    ) as server:
        assert "refused the request (error 400" in ask(model_at(server.url))[1]
        assert len(server.chats) <= 6
