"""Telling one state of a library from another."""

from __future__ import annotations

from pathlib import Path

from invented import RECORDS, put

from rag.library.revision import Revision
from rag.library.store import Library


def test_it_is_the_same_exactly_when_the_records_are(library: Library, tmp_path: Path) -> None:
    revision = Revision(library)
    empty = str(revision)
    put(library, RECORDS[:2])
    two = str(revision)
    assert str(revision) == two != empty
    other = Library(tmp_path / "other")
    put(other, reversed(RECORDS[:2]), source="elsewhere")
    assert str(Revision(other)) == two
    put(other, RECORDS[2:3])
    assert str(Revision(other)) != two
    other.close()
