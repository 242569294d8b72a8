"""What goes wrong is said in one sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Rag

from rag.index.embedder import BUNDLED, MODEL_FILE, MiniLMEmbedder


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bake"],
        ["ingest"],
        ["search"],
        ["search", "x", "-k", "0"],
        ["search", "x", "-k", "many"],
        ["search", "x", "--year", "20"],
        ["search", "x", "--year", "-"],
        ["search", "x", "--year", "2024-2021"],
        ["search", "x", "--year", "2020-2021-2022"],
        ["search", "x", "--year", "99999999999999999999999"],
        ["search", "x", "--year", "2_21"],
        ["ask"],
        ["ask", "x", "--batch", "y"],
        ["ask", "--batch", "x", "--history", "y"],
        ["chat", "--json"],
        ["eval"],
        ["eval", "answers"],
    ],
    ids=" ".join,
)
def test_wrong_usage(rag: Rag, arguments: list[str]) -> None:
    ran = rag(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: rag")
    assert "error: " in ran.err


@pytest.mark.parametrize("arguments", [["search", "x"], ["ask", "x"], ["ask", "x", "--json"], ["chat"]], ids=" ".join)
def test_an_empty_library(rag: Rag, arguments: list[str]) -> None:
    rag(*arguments).failed("holds no papers", "rag ingest PATH")


def test_an_empty_library_has_a_status(rag: Rag) -> None:
    ran = rag("status", "--json")
    assert (ran.code, ran.json["papers"], ran.json["healthy"]) == (0, 0, True)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b'{"id": "1"}', 'no "question"'),
        (b'{"id": "1", "question": 3}', 'no "question"'),
        (b'{"id": ["1"], "question": "x"}', '"id"'),
        (b'{"question": "x"}\n["x"]', "line 2"),
        (b'{"question": "x"}\n\n{"question": "x"', "line 3"),
        (b'{"question": "x", "history": "y"}', "history"),
        (b'{"question": "x", "history": [{"role": "system", "content": "y"}]}', "history"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_bad_batches(rag: Rag, library: Path, tmp_path: Path, content: bytes, part: str) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(content)
    rag("ask", "--library", library, "--batch", batch, "--json").failed(part, str(batch))


@pytest.mark.parametrize(
    "content", ["", "{}", '[{"role": "user"}]', '["x"]', "[{}]", '{"role": "user", "content": "x"}']
)
def test_bad_histories(rag: Rag, library: Path, tmp_path: Path, content: str) -> None:
    history = tmp_path / "history.json"
    history.write_text(content)
    rag("ask", "--library", library, "x", "--history", history).failed(str(history))


@pytest.mark.parametrize("option", ["--batch", "--history"])
def test_files_that_are_not_there(rag: Rag, library: Path, tmp_path: Path, option: str) -> None:
    question = [] if option == "--batch" else ["x"]
    rag("ask", "--library", library, *question, option, tmp_path / "gone").failed("cannot be read", "gone")
    rag("ask", "--library", library, *question, option, tmp_path).failed("cannot be read")


def test_a_source_that_is_not_there(rag: Rag, copy: Path) -> None:
    rag("ingest", "--library", copy, "gone.jsonl").failed("gone.jsonl")
    assert rag("status", "--library", copy, "--json").json["papers"] == 12


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "no questions"),
        ('{"question": "x"}', '"kind"'),
        ('{"question": "x", "kind": "fact", "titles": "T", "must_include": []}', '"titles"'),
        ('{"question": "x", "kind": "fact", "titles": [], "must_include": ["2.7"]}', '"must_include"'),
        ("{", "not JSON"),
    ],
)
def test_bad_evaluation_files(rag: Rag, library: Path, tmp_path: Path, content: str, part: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(content)
    rag("eval", "answers", "--library", library, file, "--json").failed(part, str(file))


@pytest.mark.parametrize(
    "line", ["this is not a setting", "CHROMA_URL=not a url", "RAG_LLM_CONTEXT_WINDOW=big", "CHROMA_URL='open"]
)
def test_a_malformed_env_file(rag: Rag, line: str) -> None:
    Path(".env").write_text(line + "\n")
    ran = rag("status")
    ran.failed(line.partition("=")[0].split()[0])


def test_a_key_in_a_malformed_env_file_is_not_repeated(rag: Rag) -> None:
    Path(".env").write_text("RAG_LLM_API_KEY='sk-secret\n")
    ran = rag("status")
    ran.failed("Line 1")
    assert "secret" not in ran.err


@pytest.mark.parametrize("command", [["status"], ["ingest", "."], ["search", "x"]], ids=" ".join)
def test_a_folder_that_cannot_be_a_library(rag: Rag, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "file"
    file.write_text("I am here.")
    rag(*command, "--library", file / "library").failed("--library")
    rag(*command, "--library", file).failed("--library")
    assert file.read_text() == "I am here."


def test_a_file_that_is_no_database(rag: Rag, copy: Path) -> None:
    (copy / "library.sqlite").write_bytes(b"not a database at all" * 500)
    rag("search", "--library", copy, "snow").failed("library.sqlite")


def test_a_wrong_model(rag: Rag, copy: Path, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "model"))
    with (folder / MODEL_FILE).open("ab") as model:
        model.write(b"!")
    with monkeypatch.context() as patched:
        patched.setattr("rag.assistant.upkeep.MiniLMEmbedder", lambda: MiniLMEmbedder(folder))
        rag("search", "--library", copy, "snow").failed(MODEL_FILE, "restore")
        rag("ingest", "--library", tmp_path / "new", papers).failed(MODEL_FILE, "restore")
        status = rag("status", "--library", copy, "--json").json
        assert (status["healthy"], status["papers"]) == (False, 12)
        assert MODEL_FILE in status["problem"]
    assert rag("search", "--library", copy, "snow depth", "--json").json["hits"][0]["paper_id"] == "inv:12"


def test_a_damaged_vector_index(rag: Rag, copy: Path) -> None:
    before = rag("search", "--library", copy, "snow", "--json").json
    (database,) = copy.glob("index-*/chroma/chroma.sqlite3")
    database.write_bytes(b"broken" * 1000)
    rag("search", "--library", copy, "snow").failed("rag rebuild", "papers are safe")
    rag("ask", "--library", copy, "What is KelpNet?", "--json").failed("rag rebuild")
    status = rag("status", "--library", copy, "--json").json
    assert (status["healthy"], status["papers"]) == (False, 12)
    assert rag("rebuild", "--library", copy).code == 0
    assert rag("search", "--library", copy, "snow", "--json").json == before


def test_a_damaged_word_index(rag: Rag, copy: Path) -> None:
    before = rag("search", "--library", copy, "snow", "--json").json
    (folder,) = copy.glob("index-*/terms")
    shutil.rmtree(folder)
    rag("search", "--library", copy, "snow").failed("rag rebuild")
    assert rag("rebuild", "--library", copy).code == 0
    assert rag("search", "--library", copy, "snow", "--json").json == before


def test_stopped_from_the_keyboard(rag: Rag, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stop)
    ran = rag("chat", "--library", library)
    assert ran.code == 130
    assert ran.err == "rag: stopped; what was finished is kept.\n"


@pytest.fixture
def unwritable(copy: Path) -> Iterator[Path]:
    """A library of somebody else; permissions do not count for root, who is nobody while the test runs."""
    paths = [copy, *copy.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield copy
    os.seteuid(user)
    for path in paths:
        path.chmod(0o700)


def test_a_library_that_cannot_be_written(rag: Rag, unwritable: Path, papers: Path) -> None:
    for command in (["status"], ["search", "snow"], ["ingest", papers], ["rebuild"]):
        rag(*command, "--library", unwritable).failed(str(unwritable), "--library")
