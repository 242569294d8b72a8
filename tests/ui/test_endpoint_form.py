"""Where the language model is, changed on the page by visitors who may."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rag.settings import Endpoint, Settings, load_settings
from rag.types import LocalServer

KEY = "sk-of-the-old-server"
OLD = Endpoint("tern", "http://me:word@old.example/v1", KEY)


class Usable:
    """An assistant that notes which model it is to use."""

    def __init__(self, llm: Endpoint | None = OLD) -> None:
        self.settings = Settings(Path("library"), llm=llm, allow_settings=True)
        self.model = llm.model if llm else "extractive"
        self.used: list[tuple[Endpoint | None, int | None]] = []

    def use_model(self, endpoint: Endpoint | None, context_window: int | None = None) -> None:
        self.used.append((endpoint, context_window))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("RAG_LLM_BASE_URL", "RAG_LLM_MODEL", "RAG_LLM_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    st.cache_resource.clear()
    return tmp_path


def form(assistant: Usable) -> AppTest:
    def script(assistant):
        from rag.ui.settings import endpoint

        endpoint.show(assistant)

    return run(AppTest.from_function(script, args=(assistant,)))


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def fill(page: AppTest, **fields: str) -> None:
    for label, value in fields.items():
        next(field for field in page.text_input if field.label == label).set_value(value)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return run(page)


def test_no_secret_is_ever_shown() -> None:
    page = form(Usable())
    shown = {field.label: field.value for field in page.text_input}
    assert shown == {"Address": "http://old.example/v1", "Model": "tern", "Key": ""}
    assert not any(secret in str(page.main) for secret in (KEY, "me:word"))


def test_at_the_same_address_the_key_stays() -> None:
    assistant = Usable()
    page = form(assistant)
    fill(page, Model="auk")
    press(page, "Use it")
    assert assistant.used == [(Endpoint("auk", OLD.base_url, KEY), None)]
    assert not Path(".env").exists()


def test_a_key_is_not_sent_to_another_address() -> None:
    assistant = Usable()
    page = form(assistant)
    fill(page, Address="http://new.example/v1")
    page.number_input[0].set_value(2048)
    press(page, "Use it")
    assert assistant.used == [(Endpoint("tern", "http://new.example/v1", None), 2048)]


def test_what_cannot_be_used_is_said_and_changes_nothing() -> None:
    assistant = Usable()
    page = form(assistant)
    fill(page, Address="me:secret@old.example")
    press(page, "Keep it")
    assert "is not the URL of a server" in page.error[0].value
    fill(page, Address="", Model="")
    press(page, "Use it")
    assert "neither an address nor a model" in page.error[0].value
    assert assistant.used == []
    assert not Path(".env").exists()


def test_what_is_kept_is_there_at_the_next_start_for_its_owner_alone() -> None:
    Path(".env").write_text("# mine\nOTHER=1\nRAG_LLM_CONTEXT_WINDOW=4096\n", encoding="utf-8")
    Path(".env").chmod(0o644)
    page = form(Usable())
    fill(page, Address="http://new.example/v1", Model="it's \\ `a` model", Key="sk-new")
    page = press(page, "Keep it")
    assert "kept in" in page.success[0].value
    assert Path(".env").stat().st_mode & 0o777 == 0o600
    assert Path(".env").read_text(encoding="utf-8").startswith("# mine\nOTHER=1\n")
    kept = load_settings(environment={})
    assert kept.llm == Endpoint("it's \\ `a` model", "http://new.example/v1", "sk-new")
    assert kept.llm_context_window is None


def test_the_environment_comes_first_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_LLM_MODEL", "other")
    page = press(form(Usable()), "Keep it")
    assert "`RAG_LLM_MODEL` is set in the environment" in page.success[0].value


def test_a_file_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / ".env").mkdir()
    page = press(form(Usable()), "Keep it")
    assert "cannot be read" in page.error[0].value


def test_the_model_is_done_without() -> None:
    assistant = Usable()
    page = press(form(assistant), "Do without a language model")
    assert assistant.used == [(None, None)]
    assert "sentences quoted" in page.success[0].value


def test_a_server_of_this_machine_is_used_with_a_click() -> None:
    def script(assistant, found):
        from rag.ui.settings import endpoint

        endpoint.offer(assistant, found)

    assistant = Usable(None)
    found = LocalServer("Ollama", "http://127.0.0.1:11434/v1", ("llama3.2", "qwen3"))
    page = run(AppTest.from_function(script, args=(assistant, found)))
    page.selectbox[0].set_value("qwen3")
    press(page, "Use it")
    assert assistant.used == [(Endpoint("qwen3", "http://127.0.0.1:11434/v1"), None)]
    nothing = run(AppTest.from_function(script, args=(assistant, LocalServer("vLLM", "http://127.0.0.1:1/v1", ()))))
    assert not nothing.button
