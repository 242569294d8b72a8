from types import SimpleNamespace
from typing import Any

import pytest

from rag.errors import LibraryError
from rag.ui.chat import chosen, composer
from rag.ui.chat.choices import Choices
from rag.ui.navigation import CHOSEN

NEW, ASKED, OTHER = (SimpleNamespace(id=name, turns=turns) for name, turns in (("n", ()), ("a", (1,)), ("o", (1,))))


class Tab:
    """The session of a tab, over the choices of the server."""

    def __init__(self, patch: pytest.MonkeyPatch, choices: Choices) -> None:
        self.patch, self.choices, self.state = patch, choices, dict[str, Any]()

    def shows(self, conversation: Any) -> tuple[str, ...]:
        self.patch.setattr(chosen, "st", SimpleNamespace(session_state=self.state))
        self.patch.setattr(chosen.server, "choices", lambda: self.choices)
        self.patch.setattr(chosen.visitor, "current", lambda: "ann")
        chosen.follow(conversation)
        return chosen.kept()


def test_chosen_papers_outlast_a_reload_of_their_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = Choices()
    tab = Tab(monkeypatch, choices)
    tab.state[CHOSEN] = ("p1", "p2")
    new = SimpleNamespace(id="n", turns=())
    assert tab.shows(new) == ("p1", "p2")
    assert Tab(monkeypatch, choices).shows(NEW) == ("p1", "p2")
    tab.shows(new)
    new.turns = (1,)
    chosen.keep(new)  # the first question was asked
    assert Tab(monkeypatch, choices).shows(SimpleNamespace(id="n", turns=(1,))) == ("p1", "p2")
    assert Tab(monkeypatch, choices).shows(OTHER) == ()
    assert Tab(monkeypatch, choices).shows(SimpleNamespace(id="n", turns=(1,))) == ("p1", "p2")


def test_a_new_chat_is_about_all_papers_after_a_reload_too(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = Choices()
    tab = Tab(monkeypatch, choices)
    tab.state[CHOSEN] = ("p1",)
    tab.shows(ASKED)
    again = Tab(monkeypatch, choices)
    assert again.shows(ASKED) == ("p1",)
    assert again.shows(NEW) == ()
    assert Tab(monkeypatch, choices).shows(ASKED) == ()


def test_the_chip_lists_the_titles_of_chosen_papers() -> None:
    def paper(identifier: str) -> SimpleNamespace:
        if identifier == "p2":
            raise LibraryError("There is no such paper.")
        return SimpleNamespace(title=f"On {identifier}")

    assistant: Any = SimpleNamespace(paper=paper)
    listed = composer._listed(assistant, tuple(f"p{number}" for number in range(1, 13)))
    assert listed.startswith("Only these answer:\n\n- On p1\n- a paper that is not in the library any more\n- On p3\n")
    assert listed.endswith("- On p10\n\nand 2 more")
    assert "more" not in composer._listed(assistant, ("p1", "p3"))
