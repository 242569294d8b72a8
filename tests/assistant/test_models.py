"""The language model is changed while others are asked."""

from pathlib import Path
from threading import Event

import pytest
from model_server import Fails, ModelServer, Says

from rag.assistant import Assistant
from rag.assistant.models import Models
from rag.errors import LanguageModelError
from rag.settings import Endpoint, Settings
from rag.types import Message, Prompt

PROMPT = Prompt("s", (Message("user", "q"),))


def test_another_model_of_the_same_server_is_asked_by_its_name() -> None:
    with ModelServer("Kelp.", ["tern", "auk"]) as server:
        models = Models(Endpoint("tern", server.url), 4096, None)
        auk = models.named("auk")
        assert auk is not None and auk is models.named("auk")
        assert "".join(auk.stream(PROMPT, Event())) == "Kelp."
        assert models.named("tern") is models.named(None) is models.chosen
        models.close()
    assert [chat["model"] for chat in server.chats] == ["auk"]


def test_an_answer_is_ended_by_the_model_that_began_it() -> None:
    with ModelServer(Says(["Kelp ", "is ", "brown."], delay=0.05)) as old, ModelServer("Moss.") as new:
        models = Models(Endpoint("tern", old.url), 4096, None)
        assert models.chosen
        answer = models.chosen.stream(PROMPT, Event())
        begun = next(answer)
        models.use(Endpoint("auk", new.url), 4096)
        assert begun + "".join(answer) == "Kelp is brown."
        assert "".join(models.chosen.stream(PROMPT, Event())) == "Moss."
        models.use(None, None)
        assert models.chosen is None and models.named("auk") is None
        models.close()


def test_an_assistant_uses_another_model_at_once(tmp_path: Path) -> None:
    with ModelServer("Ready.", ["tern"]) as server, Assistant(Settings(tmp_path)) as assistant:
        assert assistant.model == "extractive"
        with pytest.raises(LanguageModelError, match="No language model is set"):
            assistant.try_model()
        assistant.use_model(Endpoint("tern", server.url, private=True), 2048)
        assert assistant.model == "tern"
        assert assistant.settings.llm_context_window == 2048
        status = assistant.model_status()
        assert status and status.reachable and status.context_window == 2048 and status.address == ""
        assert 0 < assistant.try_model() < 5
        assistant.use_model(None)
        assert assistant.model == "extractive" and assistant.model_status() is None


@pytest.mark.parametrize("answer", [Says(["Ready", " and", " more"], finish="length"), Says(["<think>Hm.</think>"])])
def test_a_model_that_has_more_to_say_answers(tmp_path: Path, answer: Says) -> None:
    with ModelServer(answer) as server, Assistant(Settings(tmp_path, llm=Endpoint("tern", server.url))) as assistant:
        assert assistant.try_model() > 0


def test_a_model_that_does_not_answer_says_why(tmp_path: Path) -> None:
    with (
        ModelServer(Fails(401, {"error": "no"})) as server,
        Assistant(Settings(tmp_path, llm=Endpoint("tern", server.url, private=True))) as assistant,
        pytest.raises(LanguageModelError, match="asks for a key") as raised,
    ):
        assistant.try_model()
    assert "127.0.0.1" not in str(raised.value)
