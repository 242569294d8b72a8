from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag.ui.telling import told

PAGE = Path(__file__).parents[2] / "rag" / "ui" / "script.py"


def test_where_the_library_is_is_told_to_those_only_who_may_see_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path))
    problem = f"The file {tmp_path}/x cannot be used. Run `rag rebuild`."
    assert told(problem).replace("\\", "") == "The file the library's folder/x cannot be used. Run `rag rebuild`."
    monkeypatch.setenv("RAG_ALLOW_SETTINGS", "1")
    assert tmp_path.name in told(problem).replace("\\", "")


def test_a_problem_with_the_settings_themselves_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMA_URL", "no address")
    assert told("CHROMA_URL is wrong") == "CHROMA\\_URL is wrong"


def shown(page: AppTest) -> str:
    return " ".join(each.value for each in (*page.markdown, *page.warning, *page.error)).replace("\\", "")


def test_a_library_that_cannot_be_opened_is_shown_without_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("a file is in the way")
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "secret"))

    def script():

        import streamlit as st

        from rag.errors import LibraryError
        from rag.settings import load_settings
        from rag.ui import frame

        frame._show_failure(LibraryError(f"The folder {load_settings().library} cannot be used."), st.empty())

    page = AppTest.from_function(script).run()
    assert "The folder the library's folder cannot be used." in shown(page)
    assert str(tmp_path) not in shown(page)


def test_conversations_that_cannot_be_kept_are_told_without_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path))

    def script():

        from rag.conversations.schema import FILE
        from rag.settings import load_settings
        from rag.ui import server, visitor
        from rag.ui.chat import history

        (load_settings().library / FILE).mkdir(exist_ok=True)
        server.conversations.clear()
        visitor.current = lambda: "browser:ann"
        history.show()
        server.conversations.clear()

    page = AppTest.from_function(script).run()
    assert not page.exception
    assert "Conversations cannot be kept: the library's folder" in shown(page)
    assert str(tmp_path) not in shown(page)
