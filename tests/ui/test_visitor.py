from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag.ui import visitor

PAGE = Path(__file__).parents[2] / "rag" / "ui" / "script.py"
PERSON = {"is_logged_in": True, "iss": "https://id.example", "sub": "7", "email": "ann@example.org"}


def test_a_person_is_the_same_in_every_browser_and_no_other() -> None:
    ann = visitor._account(PERSON)
    assert visitor._account({**PERSON, "email": "ann@other.example"}) == ann
    others = [
        {**PERSON, "sub": "8"},
        {**PERSON, "iss": "https://other.example"},
        {"is_logged_in": True, "email": "a@b"},
    ]
    assert len({ann, *map(visitor._account, others)}) == 4
    assert visitor._account({"is_logged_in": False, "sub": "7"}) == ""
    assert visitor._account({}) == ""


def test_a_browser_is_known_by_a_digest_and_never_as_a_person() -> None:
    identifier = "a" * 43
    assert visitor._valid(identifier) == identifier
    assert identifier not in visitor._digest(identifier)
    assert visitor._digest(identifier).startswith("browser:")
    assert visitor._account(PERSON).startswith("person:")


@pytest.mark.parametrize("cookie", ["", "a" * 42, "a" * 44, "a" * 42 + "\n", "é" * 43, "person:" + "a" * 36])
def test_other_cookies_are_nobody(cookie: str) -> None:
    assert visitor._valid(cookie) == ""


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"redirect_uri": "x", "client_id": "y"}, [""]),
        ({"redirect_uri": "x", "google": {"client_id": "y"}, "okta": {}}, ["google", "okta"]),
    ],
)
def test_every_service_to_sign_in_with_is_offered(settings: dict[str, object], names: list[str]) -> None:
    assert visitor._providers(settings) == names


def test_who_has_not_signed_in_sees_how_and_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path))
    monkeypatch.setattr("streamlit.user_info.get_secrets_auth_section", lambda: True)
    page = AppTest.from_file(str(PAGE), default_timeout=10)
    page.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "s", "client_id": "c"}
    page.run()
    assert [title.value for title in page.title] == ["Sign in to ask the library"]
    assert [button.label for button in page.button] == ["Sign in"]
    assert len(page.chat_input) == 0
