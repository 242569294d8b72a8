"""One process at a time owns a library, and a dead one does not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from invented import ROOT

from rag.errors import LibraryBusy, LibraryError
from rag.library.ownership import Ownership

OWNER = """
import sys
from pathlib import Path
from rag.library.ownership import Ownership
owner = Ownership(Path(sys.argv[1]))
print("mine", flush=True)
sys.stdin.read()
"""


@contextmanager
def owner(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the library in `folder`."""
    command = [sys.executable, "-c", OWNER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_owner_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    with owner(tmp_path) as process:
        with pytest.raises(LibraryBusy, match=r"Another rag process is using .*page is open\. Close it"):
            Ownership(tmp_path)
        process.communicate("")
        Ownership(tmp_path).release()


def test_a_killed_owner_owns_nothing(tmp_path: Path) -> None:
    with owner(tmp_path) as process:
        process.kill()
        process.wait()
        Ownership(tmp_path).release()


def test_owning_twice_in_one_process_is_refused_too(tmp_path: Path) -> None:
    with Ownership(tmp_path), pytest.raises(LibraryBusy):
        Ownership(tmp_path)
    Ownership(tmp_path).release()


def test_a_folder_that_may_not_be_written_cannot_be_owned(unprivileged_folder: Path) -> None:
    unprivileged_folder.chmod(0o500)
    with pytest.raises(LibraryError, match=r"cannot be written .*--library"):
        Ownership(unprivileged_folder)
