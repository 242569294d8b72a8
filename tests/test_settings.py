"""Where settings come from and what is said about those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import Endpoint, Settings, load_settings


def load(tmp_path: Path, dotenv: str = "", library: Path | None = None, **environment: str) -> Settings:
    path = tmp_path / ".env"
    path.write_text(dotenv, encoding="utf-8")
    return load_settings(library, environment=environment, dotenv=path)


def refused(tmp_path: Path, dotenv: str = "", **environment: str) -> str:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, dotenv, **environment)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_the_argument_comes_before_the_environment_before_the_file(tmp_path: Path) -> None:
    file = "RAG_LIBRARY=/of/file\nCHROMA_URL=http://file:1\n"
    assert load(tmp_path, file).library == Path("/of/file")
    assert load(tmp_path, file, RAG_LIBRARY="/of/environment").library == Path("/of/environment")
    settings = load(tmp_path, file, Path("/of/argument"), RAG_LIBRARY="/of/environment")
    assert settings == Settings(Path("/of/argument"), "http://file:1")


def test_an_empty_value_is_none_at_all(tmp_path: Path) -> None:
    assert load(tmp_path, "RAG_LIBRARY=/of/file", RAG_LIBRARY="").library == Path("/of/file")
    assert load(tmp_path, "CHROMA_URL=\nRAG_LIBRARY=''\n", CHROMA_URL="").chroma_url is None


def test_without_settings_the_library_is_in_the_users_data_folder(tmp_path: Path) -> None:
    settings = load_settings(environment={}, dotenv=tmp_path / "missing")
    assert settings.library.name == "rag"
    assert settings.library.is_absolute()
    assert settings.chroma_url is None


def test_a_library_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/of-somebody")
    assert load(tmp_path, RAG_LIBRARY="papers").library == tmp_path / "papers"
    assert load(tmp_path, RAG_LIBRARY="~/papers").library == Path("/home/of-somebody/papers")


def test_a_home_that_does_not_exist_is_told(tmp_path: Path) -> None:
    assert "names a home folder that does not exist" in refused(tmp_path, RAG_LIBRARY="~nobody-of-this-name/papers")


def test_lines_of_other_programs_are_let_be(tmp_path: Path) -> None:
    file = "# a comment\n\nexport OTHER='1'\nRAG_LIBRARY=\"/a b\"  # where\nPATH=$HOME/x\n"
    assert load(tmp_path, file, RAGTIME="x").library == Path("/a b")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("RAG_LLM_API_KEY sk-secret", " (RAG_LLM_API_KEY)"),
        ("RAG_LLM_API_KEY: sk-secret", " (RAG_LLM_API_KEY)"),
        ("export CHROMA_URL='sk-secret", " (CHROMA_URL)"),
        ('CHROMA_URL="sk-secret', " (CHROMA_URL)"),
        ("RAG LIBRARY=sk-secret", " (RAG)"),
        ("CHROMA_URL", ""),
        ("sk-secret", ""),
        ("SKSECRET", ""),
        ("=sk-secret", ""),
    ],
)
def test_a_malformed_line_is_named_without_its_value(tmp_path: Path, line: str, name: str) -> None:
    message = refused(tmp_path, f"# first\n\nOTHER=1\n{line}\n")
    place = f"Line 4 of {tmp_path / '.env'}{name}"
    assert message == f"{place} is not of the form NAME=value. Correct the line or remove it."


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"RAG_LIBRARY=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read .*readable UTF-8 text file, or remove it\."):
        load_settings(environment={}, dotenv=tmp_path / ".env")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"\.env cannot be read .*remove it\."):
        load_settings(environment={}, dotenv=tmp_path / ".env")


def test_a_file_that_may_not_be_read_is_told(unprivileged_folder: Path) -> None:
    (unprivileged_folder / ".env").touch(mode=0)
    with pytest.raises(SettingsError, match=r"\.env cannot be read .*remove it\."):
        load_settings(environment={}, dotenv=unprivileged_folder / ".env")


def test_a_mark_of_utf8_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffRAG_LIBRARY=/of/file").library == Path("/of/file")


@pytest.mark.parametrize("url", ["http://localhost:8000", "https://chroma.example", "http://[::1]:1"])
def test_urls_of_servers_are_taken(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, CHROMA_URL=url).chroma_url == url


@pytest.mark.parametrize(
    "url",
    ["localhost:8000", "localhost", "ftp://localhost", "http://", "http://a:b", "http://a:99999", "http://[::1", "/x"],
)
def test_other_urls_are_refused_with_an_example(tmp_path: Path, url: str) -> None:
    message = refused(tmp_path, CHROMA_URL=url)
    assert message.startswith("CHROMA_URL is ")
    assert "http://localhost:8000" in message


@pytest.mark.parametrize("url", ["user:secret@localhost/v1", "ftp://user:secret@localhost", "secret"])
def test_the_password_of_a_url_is_not_repeated(tmp_path: Path, url: str) -> None:
    assert "secret" not in refused(tmp_path, RAG_LLM_BASE_URL=url)


def test_names_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    assert load(tmp_path, RAG_OTHER="x", OPENAI_API_KEY="k") == load(tmp_path)


def test_a_model_is_chosen_by_name_or_address(tmp_path: Path) -> None:
    assert load(tmp_path).llm is None
    assert load(tmp_path, RAG_LLM_MODEL="m", OPENAI_API_KEY="k").llm == Endpoint("m", None, "k")
    local = load(tmp_path, RAG_LLM_BASE_URL="http://localhost:11434/v1", OPENAI_API_KEY="k")
    assert local.llm == Endpoint("", "http://localhost:11434/v1", None), "OpenAI's key is for OpenAI alone"
    assert "secret" not in repr(load(tmp_path, RAG_LLM_MODEL="m", RAG_LLM_API_KEY="secret"))


def test_openais_own_address_takes_openais_key(tmp_path: Path) -> None:
    spelt_out = load(tmp_path, RAG_LLM_BASE_URL="https://api.openai.com/v1", RAG_LLM_MODEL="m", OPENAI_API_KEY="k")
    assert spelt_out.llm and spelt_out.llm.api_key == "k"
    similar = load(tmp_path, RAG_LLM_BASE_URL="https://api.openai.com.example/v1", OPENAI_API_KEY="k")
    assert similar.llm and similar.llm.api_key is None


def test_an_endpoint_shows_no_secret_of_its_url(tmp_path: Path) -> None:
    endpoint = load(tmp_path, RAG_LLM_BASE_URL="http://me:hidden@localhost:1/v1/?key=hidden").llm
    assert endpoint and endpoint.address == "http://localhost:1/v1"
    assert "hidden" not in repr(endpoint)
    assert Endpoint("m").address == "https://api.openai.com/v1"


def test_visitors_are_not_told_where_the_model_is_unless_they_may_know(tmp_path: Path) -> None:
    url = "http://me:hidden@models.example:1/v1"
    kept = load(tmp_path, RAG_LLM_BASE_URL=url).for_visitors().llm
    assert kept and kept.private and kept.base_url == url
    assert kept.address == ""
    assert "models.example" not in repr(kept)
    told = load(tmp_path, RAG_LLM_BASE_URL=url, RAG_ALLOW_SETTINGS="1").for_visitors()
    assert told.allow_settings and told.llm and told.llm.address == "http://models.example:1/v1"
    assert load(tmp_path).for_visitors() == load(tmp_path, RAG_ALLOW_SETTINGS="0")
    assert "RAG_ALLOW_SETTINGS is 'yes'" in refused(tmp_path, RAG_ALLOW_SETTINGS="yes")


@pytest.mark.parametrize("tokens", ["many", "0", "-1", "1.5"])
@pytest.mark.parametrize("name", ["RAG_LLM_CONTEXT_WINDOW", "RAG_LLM_MAX_OUTPUT"])
def test_limits_are_numbers_of_tokens(tmp_path: Path, name: str, tokens: str) -> None:
    assert f"{name} is " in refused(tmp_path, **{name: tokens})


def test_limits_and_strictness(tmp_path: Path) -> None:
    chosen = load(tmp_path, RAG_LLM_CONTEXT_WINDOW="8192", RAG_LLM_MAX_OUTPUT="500", RAG_STRICT="1")
    assert (chosen.llm_context_window, chosen.llm_max_output, chosen.strict) == (8192, 500, True)
    assert load(tmp_path, RAG_STRICT="0") == load(tmp_path)
    assert "RAG_STRICT is 'yes'" in refused(tmp_path, RAG_STRICT="yes")
