"""A damaged index as every visitor sees it: it is made again once, whoever asked for it."""

import time
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import IndexDamaged
from rag.settings import Settings
from rag.types import Progress
from rag.ui.settings.index_work import IndexWork

pytestmark = pytest.mark.timeout(30)


class Damaged:
    """An assistant whose index stays damaged until `go` is set."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.damage = IndexDamaged(f"The index {settings.library}/words is damaged.")
        self.go = Event()
        self.rebuilds = 0

    def rebuild(self, progress: Progress) -> None:
        self.rebuilds += 1
        progress("words", 3, 4)
        assert self.go.wait(20)
        raise self.damage


def visit(assistant: Damaged, work: IndexWork) -> AppTest:
    def script(assistant, work):
        import streamlit as st

        from rag.ui import frame, server

        server.index_work = lambda assistant: work
        frame._show_damage(assistant, assistant.damage, st.empty())

    return AppTest.from_function(script, args=(assistant, work), default_timeout=10)


def test_two_visitors_make_one_rebuild_and_a_reload_shows_it(tmp_path, monkeypatch) -> None:
    from rag.ui import server

    monkeypatch.setattr(server, "index_work", server.index_work)  # the script puts another in its place
    assistant = Damaged(Settings(tmp_path))
    work = IndexWork(assistant)  # type: ignore[arg-type]
    first, second = visit(assistant, work).run(), visit(assistant, work).run()
    assert str(tmp_path) not in first.markdown[0].value.replace("\\", "")
    first.button[0].click().run()
    second.button[0].click().run()
    for page in (first, second, visit(assistant, work).run()):
        assert not page.exception
        assert not page.button
        assert "This goes on when the page is closed." in [each.value for each in page.caption]
    assert (assistant.rebuilds, work.label) == (1, "Indexing words · 3 of 4")

    assistant.go.set()
    limit = time.monotonic() + 5
    while work.doing and time.monotonic() < limit:
        time.sleep(0.01)
    failed = visit(assistant, work).run()
    assert [button.label for button in failed.button] == ["Make it again here"]
    assert str(tmp_path) not in failed.error[0].value.replace("\\", "")
