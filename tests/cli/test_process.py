"""The command line as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HEAVY = ["llama_index", "llama_index.core", "chromadb", "streamlit", "onnxruntime", "tantivy", "numpy"]
PROJECT = Path(__file__).parents[2]
RAG = [sys.executable, "-m", "rag.cli"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT), **more}


def run(*arguments: str | Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*RAG, *map(str, arguments)], input=stdin, capture_output=True, env=environment(**more))


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom rag.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit as exit: assert exit.code == 0\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert done.returncode == 0
    assert done.stdout.startswith("usage: rag")
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_is_quick() -> None:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - began)
    assert min(times) < 0.3


def test_an_answer_and_its_notice(library: Path) -> None:
    done = run("ask", "--library", library, "What error does KelpNet reach?", "--json")
    assert done.returncode == 0
    assert done.stderr == b""
    assert "2.7" in json.loads(done.stdout)["answer"]


def test_bytes_that_are_no_text(library: Path) -> None:
    done = run("chat", "--library", library, stdin=b"What is \xff KelpNet?\n\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"KelpNet" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves(library: Path) -> None:
    with subprocess.Popen(
        [*RAG, "search", "--library", library, "snow"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_an_error_is_one_line(tmp_path: Path) -> None:
    done = run("search", "--library", tmp_path / "none", "snow")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1


def test_nothing_is_left_in_the_users_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home), "ORT_DISABLE_TELEMETRY": ""}
    command = "import os; os.environ.pop('ORT_DISABLE_TELEMETRY'); from rag.cli import main; main({})"
    library = str(tmp_path / "library")
    for arguments in (["ingest", str(PROJECT / "seeds")], ["search", "x"]):
        code = command.format(["--library", library, *arguments])
        subprocess.run([sys.executable, "-c", code], env=environment(**own), check=True, capture_output=True)
    # A device id or a queue of events there would be telemetry of the embedding runtime.
    names = [path.name.casefold() for path in home.rglob("*")]
    assert not [name for name in names if "onnx" in name or "device" in name]


def test_a_command_that_ends_at_once_says_no_more(tmp_path: Path) -> None:
    seeds = PROJECT / "seeds"
    for arguments in (["ingest", seeds], ["ingest", seeds], ["search", "x", "--author", "Nobody Known"]):
        done = run("--library", tmp_path / "library", *arguments)
        assert (done.returncode, done.stderr) == (0, b"")
