"""Telling one state of a library from another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from invented import PAPERS_FILE, RECORDS, ingested, put

from rag.library.revision import Revision, keep_revision
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


def test_a_kept_revision_is_forgotten_when_a_record_changes(library: Library) -> None:
    put(library, RECORDS[:2])
    before = str(Revision(library))
    keep_revision(library)
    assert str(Revision(library)) == library.meta("revision") == before
    put(library, RECORDS[:2])
    assert library.meta("revision") == before
    put(library, [replace(RECORDS[0], abstract="Another abstract.")])
    assert library.meta("revision") is None
    assert str(Revision(library)) != before


def test_an_ingest_keeps_it(library: Library) -> None:
    ingested(library, PAPERS_FILE)
    made = library.meta("revision")
    assert made == str(Revision(library))
    ingested(library, PAPERS_FILE)
    assert library.meta("revision") == made
