"""The rules of the house: who imports whom, how long a module may be, and clean tools."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parents[1]
MODULES = sorted(ROOT.glob("rag/**/*.py"))
LONGEST = 250
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}

# A room imports from itself, from those that stand after it here, and from the ground.
GROUND = ("types", "errors", "settings")
FLOW = ("assistant", "answering", "retrieval", "index", "library", "readers")
MAY_IMPORT = {room: set(FLOW[place:]) for place, room in enumerate(FLOW)} | {
    "conversations": {"conversations"},
    "ui": {"ui", "conversations", *FLOW},
    "cli": {"cli", "evaluation", *FLOW},
    "evaluation": {"evaluation", *FLOW},
    "rag": {"assistant"},
    "types": set(),
    "errors": set(),
    "settings": set(),
}
# Where each third party may be imported: one adapter has it to itself.
ADAPTERS = {
    "chromadb": ("rag/index/vectors.py",),
    "tantivy": ("rag/index/terms.py",),
    "tiktoken": ("rag/index/tokens.py",),
    "streamlit": ("rag/ui/", "streamlit_app.py"),
    "starlette": ("rag/ui/", "streamlit_app.py"),
    "llama_index": ("rag/answering/llama_index.py", "rag/answering/llm/"),
    "openai": ("rag/answering/llm/",),
    "httpx": ("rag/answering/llm/",),
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module a tree imports, wherever the import stands; names of `from rag import x` as `rag.x`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            if node.module == "rag":
                yield from (f"rag.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def room_of(name: str) -> str:
    """The room a module `rag.room.module` is in; `rag` itself and its own names are the room `rag`."""
    room = [*name.split("."), "rag"][1]
    return room if room in MAY_IMPORT else "rag"


def violations(file: str, source: str) -> list[str]:
    """What a module of `rag`, or the page's entry, imports and should not."""
    tree = ast.parse(source)
    found = []
    here = room_of(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    # The page's entry only starts the page.
    allowed = {"ui"} if file == "streamlit_app.py" else MAY_IMPORT[here] | {*GROUND, here}
    for name in imports(tree):
        party = name.partition(".")[0]
        if party == "rag" and room_of(name) not in allowed:
            found.append(f"{file} imports {name}: {here} may not import {room_of(name)}")
        if party in ADAPTERS and not file.startswith(ADAPTERS[party]):
            found.append(f"{file} imports {name}: only {' and '.join(ADAPTERS[party])} may")
    reads = any(
        (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"))
        or (isinstance(node, ast.alias) and node.name in ("environ", "getenv"))
        for node in ast.walk(tree)
    )
    if reads and file != "rag/settings.py":
        found.append(f"{file} reads os.environ: only rag/settings.py may")
    return found


@pytest.mark.parametrize("path", [*MODULES, ROOT / "streamlit_app.py"], ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    assert violations(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "source", "violation"),
    [
        ("rag/library/x.py", "from rag.index.sync import y", "rag/library/x.py imports rag.index.sync: "),
        ("rag/index/x.py", "def f():\n    import rag.assistant", "rag/index/x.py imports rag.assistant: "),
        ("rag/types.py", "from rag.library.store import Library", "rag/types.py imports rag.library.store: "),
        ("rag/index/x.py", "from rag import cli", "rag/index/x.py imports rag.cli: "),
        ("rag/index/x.py", "from rag import open_library", "rag/index/x.py imports rag.open_library: "),
        ("rag/retrieval/x.py", "import chromadb.config", "rag/retrieval/x.py imports chromadb.config: only "),
        ("rag/assistant.py", "from llama_index.core import y", "rag/assistant.py imports llama_index.core: only "),
        ("rag/cli/x.py", "import os\nos.environ['A']", "rag/cli/x.py reads os.environ: only "),
        ("rag/cli/x.py", "from os import getenv", "rag/cli/x.py reads os.environ: only "),
        ("streamlit_app.py", "import rag.library.store", "streamlit_app.py imports rag.library.store: "),
    ],
)
def test_a_wrong_import_is_named_with_its_file(file: str, source: str, violation: str) -> None:
    (found,) = violations(file, source)
    assert found.startswith(violation)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_well_named(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{path.relative_to(ROOT)} has {lines} lines, {LONGEST} are allowed"
    words = {*path.stem.split("_"), path.parent.name}
    assert not words & NAMELESS, f"{path.relative_to(ROOT)} does not say what it is for"


def test_every_public_name_is_importable() -> None:
    assert rag.__all__ == sorted(rag.__all__)
    for name in rag.__all__:
        assert getattr(importlib.import_module("rag"), name) is not None


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_tools_find_nothing(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
