import time
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import LanguageModelError
from rag.types import LocalServer, ModelStatus
from rag.ui.settings.model_watch import ModelWatch, Seen

HOSTILE = "a`b:red[x]\n$(id) ![x](//evil.example)"
REACHABLE = ModelStatus("tern", "http://localhost:8080/v1", True, 12.3, 8192, 1024)


class Server:
    """An assistant's view of its model, given when `ready` is set."""

    def __init__(self, model: str, status: ModelStatus | None = None, offers: tuple[LocalServer, ...] = ()) -> None:
        self.model = model
        self.status = status
        self.offers = offers
        self.looks = 0
        self.ready = Event()
        self.ready.set()

    def model_status(self) -> ModelStatus | None:
        self.looks += 1
        self.ready.wait(5)
        if self.status is None:
            raise LanguageModelError("It is gone. Start it.")
        return self.status

    def local_servers(self) -> tuple[LocalServer, ...]:
        self.looks += 1
        return self.offers


def seen_by(watch: ModelWatch) -> Seen:
    limit = time.monotonic() + 5
    while (seen := watch.latest()) is None:
        assert time.monotonic() < limit
        time.sleep(0.005)
    return seen


def sidebar(server: Server) -> AppTest:
    """What the section looks like once the model was looked at."""

    def script(model, seen):
        from rag.ui.settings import model_state

        model_state._show(model, seen)

    page = AppTest.from_function(script, args=(server.model, seen_by(ModelWatch(server)))).run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    return "\n".join(element.value for element in [*page.markdown, *page.caption, *page.warning, *page.code])


def test_looking_does_not_wait_and_is_not_repeated_at_once() -> None:
    server = Server("tern", REACHABLE)
    server.ready.clear()
    watch = ModelWatch(server)
    assert watch.latest() is None
    assert watch.latest() is None
    server.ready.set()
    assert seen_by(watch) == Seen(REACHABLE)
    watch.latest()
    assert server.looks == 1


def test_a_look_that_fails_shows_nothing_and_is_over() -> None:
    assert seen_by(ModelWatch(Server("tern"))) == Seen()


def test_a_reachable_model_has_its_address_latency_and_window() -> None:
    page = sidebar(Server("tern", REACHABLE))
    assert "tern" in shown(page)
    assert r"http\:" in shown(page)
    assert "Reachable · 12 ms" in shown(page)
    assert "8,192 tokens" in shown(page)
    assert not page.warning


def test_an_unreachable_model_says_what_to_do() -> None:
    status = ModelStatus("tern", "http://localhost:8080/v1", False, None, 4096, 512, (), "Nothing answers. Start it.")
    page = sidebar(Server("tern", status))
    assert "Not reachable" in shown(page)
    assert page.warning[0].value == r"Nothing answers\. Start it\."


def test_a_local_server_is_offered_with_the_settings_that_use_it() -> None:
    page = sidebar(Server("extractive", offers=(LocalServer("Ollama", "http://localhost:11434/v1", ("a:3b", "b")),)))
    assert page.expander[0].label == "Ollama is running"
    assert page.code[0].value == "RAG_LLM_BASE_URL=http://localhost:11434/v1\nRAG_LLM_MODEL=a:3b"
    assert "It also has b" in shown(page)


def test_a_local_server_without_a_model_is_not_offered_as_one() -> None:
    page = sidebar(Server("extractive", offers=(LocalServer("LM Studio", "http://localhost:1234/v1", ()),)))
    assert not page.code
    assert "no model yet" in shown(page)


@pytest.mark.parametrize("chosen", [True, False])
def test_the_names_that_servers_give_are_data(chosen: bool) -> None:
    if chosen:
        status = ModelStatus(HOSTILE, HOSTILE, False, None, 1, 1, (), HOSTILE.replace("`", ""))
        page = sidebar(Server(HOSTILE, status))
    else:
        page = sidebar(
            Server("extractive", offers=(LocalServer(HOSTILE, "http://localhost:1/v1", (HOSTILE, HOSTILE)),))
        )
        assert page.code[0].value.count("\n") == 1
        assert page.code[0].value.endswith("RAG_LLM_MODEL='a`b:red[x] $(id) ![x](//evil.example)'")
    texts = [element.value for element in [*page.markdown, *page.caption, *page.warning]]
    texts += [expander.label for expander in page.expander]
    assert not any(":red[" in text or "![x]" in text or "]( " in text for text in texts)
