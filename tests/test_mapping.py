from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from invented import RECORDS, QuickEmbedder, no_progress, put

from rag.assistant.mapping import Mapping
from rag.errors import LibraryError
from rag.index.indexes import Indexes
from rag.library.revision import Revision
from rag.library.sources import remove_source
from rag.library.store import Library
from rag.retrieval.library_map import LibraryMap, Places, laid_out, library_map
from rag.retrieval.map_file import keep, kept
from rag.retrieval.map_themes import map_themes
from rag.types import Record


def papers(first: int, number: int) -> list[Record]:
    kinds = ("coral reefs bleach in warm water", "glaciers calve into fjords", "knots are loops of rope")
    return [
        Record(f"line {at}", f"Paper {at} on {kinds[at % 3]}", f"We see that {kinds[at % 3]}.", year=2000 + at % 20)
        for at in range(first, first + number)
    ]


@pytest.fixture
def embed(library: Library) -> Callable[[], None]:
    def sync() -> None:
        indexes = Indexes(library, QuickEmbedder())
        indexes.sync(no_progress)
        indexes.close()

    return sync


def finished(mapping: Mapping) -> LibraryMap | None:
    mapping.current()
    until = time.monotonic() + 20
    while mapping.making:
        assert time.monotonic() < until
        time.sleep(0.01)
    return mapping.current()


def nothing(done: float) -> None:
    """Show nothing."""


def test_a_library_without_vectors_has_no_map(library: Library) -> None:
    mapping = Mapping(library, Revision(library))
    assert finished(mapping) is None
    put(library, RECORDS)

    assert finished(mapping) is None
    assert not mapping.embedded()
    assert laid_out(library, "", None, nothing) is None


def test_the_map_has_every_embedded_paper_and_counts_the_others(library: Library, embed: Callable[[], None]) -> None:
    put(library, papers(0, 30))
    embed()
    put(library, papers(30, 4), "later")

    chart = finished(Mapping(library, Revision(library)))

    assert chart is not None
    assert len(chart.ids) == len(chart.titles) == len(chart.x) == len(chart.theme) == 30
    assert chart.missing == 4
    assert chart.titles[0] == "Paper 0 on coral reefs bleach in warm water"
    assert chart.years[5] == 2005
    assert chart.label_places.shape == (len(chart.labels), 2)
    assert int(chart.theme.max()) < len(chart.labels)


def test_what_is_kept_is_there_without_beginning_another(library: Library, embed: Callable[[], None]) -> None:
    put(library, papers(0, 5))
    embed()
    untouched = Mapping(library, Revision(library))
    assert untouched.kept() is None
    finished(Mapping(library, Revision(library)))
    put(library, papers(5, 5), "later")
    embed()

    chart = untouched.kept()

    assert chart is not None
    assert len(chart.ids) == 5, "as it was then"
    assert not untouched.making


def test_the_map_is_kept_and_made_again_when_papers_come(library: Library, embed: Callable[[], None]) -> None:
    put(library, papers(0, 20))
    embed()
    first = finished(Mapping(library, Revision(library)))
    again = Mapping(library, Revision(library))
    opened = again.current()
    assert opened is not None
    assert first is not None
    assert not again.making
    np.testing.assert_array_equal(opened.x, first.x)
    (file,) = library.folder.glob("map-*")

    put(library, papers(20, 3), "later")
    assert again.current() is opened, "while papers are embedded the old one is shown"
    embed()
    newer = finished(again)

    assert newer is not None
    assert len(newer.ids) == 23
    assert newer.missing == 0
    assert newer.name != first.name
    assert [each.name for each in library.folder.glob("map-*")] != [file.name]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a map", None])
def test_a_damaged_file_is_made_again(library: Library, embed: Callable[[], None], damage: bytes | None) -> None:
    put(library, papers(0, 12))
    embed()
    first = finished(Mapping(library, Revision(library)))
    (file,) = library.folder.glob("map-*")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)

    assert kept(library.folder) is None
    assert not file.exists()
    again = finished(Mapping(library, Revision(library)))

    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(again.x, first.x)
    assert file.read_bytes() == whole


def test_a_file_that_contradicts_itself_is_no_map(tmp_path: Path) -> None:
    marked, theme = np.arange(3, dtype=np.uint64), np.zeros(3, dtype=np.uint8)
    keep(tmp_path, Places("r", marked, np.zeros((2, 2), dtype=np.float32), theme, ("All papers",), 0, 0, 0))
    assert kept(tmp_path) is None
    keep(tmp_path, Places("r", marked, np.zeros((3, 2), dtype=np.float32), theme + 1, ("All papers",), 0, 0, 0))
    assert kept(tmp_path) is None
    keep(tmp_path, Places("r", marked, np.zeros((3, 2), dtype=np.float32), theme, ("All papers",), 1, 2, 3))
    read = kept(tmp_path)
    assert read is not None
    assert (read.revision, read.missing, read.pending, read.changed) == ("r", 1, 2, 3)


def test_few_new_papers_lie_beside_those_like_them(
    library: Library, embed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieval.library_map._MANY", 10)
    put(library, papers(0, 60))
    embed()
    first = laid_out(library, "first", None, nothing)
    put(library, papers(60, 3), "later")
    embed()

    second = laid_out(library, "second", first, nothing)
    put(library, papers(63, 30), "much later")
    embed()
    third = laid_out(library, "third", second, nothing)

    assert first is not None
    assert second is not None
    assert third is not None
    np.testing.assert_array_equal(second.positions[:60], first.positions)
    assert (second.changed, len(second.papers), second.revision) == (3, 63, "second")
    for new in range(60, 63):
        place = np.flatnonzero((first.positions == second.positions[new]).all(axis=1))
        assert {int(at) % 3 for at in place} == {new % 3}
    assert third.changed == 0, "too much has come: all are laid out again"


def test_papers_that_are_gone_leave_the_map(library: Library, embed: Callable[[], None]) -> None:
    put(library, papers(0, 9))
    embed()
    places = laid_out(library, "r", None, nothing)
    assert places is not None
    with library.transaction() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("DELETE FROM records WHERE paper = 3")
        db.execute("DELETE FROM papers WHERE key = 3")

    chart = library_map(library, places)

    assert len(chart.ids) == len(chart.x) == 8
    assert chart.missing == 0


def test_a_paper_with_the_key_of_one_that_is_gone_does_not_take_its_place(
    library: Library, embed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieval.library_map._MANY", 10)
    put(library, papers(0, 60))
    put(library, papers(60, 3), "last")
    embed()
    first = laid_out(library, "first", None, nothing)
    keys = library.rows("SELECT max(key) FROM papers")
    remove_source(library, "last")
    put(library, papers(61, 3)[::-1], "other")
    assert first is not None
    assert library.rows("SELECT max(key) FROM papers") == keys
    assert library_map(library, first).missing == 1
    embed()

    second = laid_out(library, "second", first, nothing)

    assert second is not None
    assert second.changed == 2
    was, now = library_map(library, first), library_map(library, second)
    assert (len(was.ids), len(now.ids)) == (62, 63)
    at = {title: (x, y) for title, x, y in zip(now.titles, now.x, now.y, strict=True)}
    assert all(at[title] == (x, y) for title, x, y in zip(was.titles, was.x, was.y, strict=True))


def test_a_file_of_the_earlier_form_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "map-r.npz"
    positions, theme = np.zeros((3, 2), dtype=np.float32), np.zeros(3, dtype=np.uint8)
    labels = np.array(["All papers"])
    np.savez(
        path,
        format=1,
        revision="r",
        keys=np.arange(3),
        positions=positions,
        theme=theme,
        labels=labels,
        counts=[0, 0, 0],
    )
    assert kept(tmp_path) is None
    assert not path.exists()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_very_few_papers_have_a_map(library: Library, embed: Callable[[], None], number: int) -> None:
    put(library, papers(0, number))
    embed()

    chart = finished(Mapping(library, Revision(library)))

    assert chart is not None
    assert len(chart.ids) == number
    assert len(chart.labels) >= 1


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (MemoryError(), "too little memory"),
        (LibraryError("Gone."), "Gone"),
        (ZeroDivisionError(), "log of the program"),
    ],
)
def test_a_failure_is_told_and_not_tried_again_for_some_minutes(
    library: Library, embed: Callable[[], None], monkeypatch: pytest.MonkeyPatch, failure: Exception, told: str
) -> None:
    put(library, papers(0, 5))
    embed()
    tried: list[str] = []

    def fail(_: Library, revision: str, *__: object) -> None:
        tried.append(revision)
        raise failure

    mapping = Mapping(library, Revision(library))
    with monkeypatch.context() as patch:
        patch.setattr("rag.assistant.mapping.laid_out", fail)
        for _ in range(3):
            with pytest.raises(LibraryError, match=told):
                finished(mapping)
        assert len(tried) == 1
        put(library, papers(5, 1), "later")
        embed()
        with pytest.raises(LibraryError, match=told):
            finished(mapping)
        assert len(set(tried)) == 2
    monkeypatch.setattr("rag.assistant.mapping._PATIENCE_SECONDS", 0.0)
    assert finished(mapping) is not None


def test_where_a_newer_map_fails_the_old_one_is_shown(
    library: Library, embed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, papers(0, 5))
    embed()
    mapping = Mapping(library, Revision(library))
    first = finished(mapping)
    put(library, papers(5, 1), "later")
    embed()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("rag.assistant.mapping.laid_out", fail)
    assert first is not None
    assert finished(mapping) is first


def test_a_map_that_is_stopped_is_given_up(library: Library, embed: Callable[[], None]) -> None:
    put(library, papers(0, 40))
    embed()
    mapping = Mapping(library, Revision(library))
    mapping.current()

    mapping.stop()

    assert not mapping.making
    assert mapping.current() is None or len(list(library.folder.glob("map-*"))) == 1


def test_many_papers_join_the_themes_of_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.retrieval.map_themes._SAMPLE", 60)
    random = np.random.default_rng(1)
    made = np.eye(3, 12)[np.arange(200) % 3] + random.normal(size=(200, 12)) * 0.05
    made = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    subjects = ("Coral bleaching", "Glacier calving", "Knot theory")

    labels, theme = map_themes(lambda at: [(f"On {subjects[i % 3]}", f"{subjects[i % 3]} here.") for i in at], made)

    assert {labels[theme[place]] for place in range(0, 200, 3)} == {"Coral bleaching"}
    assert {labels[theme[place]] for place in range(1, 200, 3)} == {"Glacier calving"}
