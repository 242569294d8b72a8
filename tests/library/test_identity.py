"""When two records are one paper, when they stay two, and what a changed record changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import RECORDS, put

from rag.library.identity import content, distinct, is_global, paper_id, record_key, same_paper, title_key
from rag.library.store import Library
from rag.types import Paper, Record

LONG = "Weighing Clouds with a Kitchen Scale"
ABSTRACT = "We weigh clouds with a scale that every kitchen has. The clouds weigh less than expected."
OTHER_ABSTRACT = "A survey of weather balloons between two wars, with photographs and letters of their pilots."


@pytest.mark.parametrize(
    "spelling",
    [
        "Weighing clouds with a kitchen scale.",
        "  WEIGHING  CLOUDS\nWITH A KITCHEN-SCALE",
        "Wéighing clouds: with a «kitchen» scale",
    ],
)
def test_spellings_of_a_title_have_one_key(spelling: str) -> None:
    assert title_key(spelling) == title_key(LONG) == "weighing clouds with a kitchen scale"


def test_titles_of_other_scripts_keep_their_letters() -> None:
    assert title_key("云的重量") != title_key("云的高度") != ""


@given(st.text())
def test_a_title_key_is_its_own_key(title: str) -> None:
    assert title_key(title_key(title)) == title_key(title)


def test_a_record_is_the_same_wherever_it_stands() -> None:
    record = RECORDS[0]
    assert content(record) == content(replace(record, position="line 99"))
    for change in ({"title": "x"}, {"abstract": "x"}, {"authors": ()}, {"year": 1}, {"url": None}, {"id": None}):
        assert content(record) != content(replace(record, **change))  # type: ignore[arg-type]


def test_a_record_goes_by_its_id_or_else_by_its_title() -> None:
    assert record_key(Record("line 1", LONG, id="17"), "weighing clouds") == "id:17"
    assert record_key(Record("line 1", LONG), "weighing clouds") == "title:weighing clouds"
    assert paper_id(Record("line 1", LONG, id="17"), "weighing clouds") == "17"
    made = paper_id(Record("line 1", LONG), "weighing clouds")
    assert made == paper_id(Record("line 2", LONG.upper()), "weighing clouds")
    assert made.startswith("title:")


def test_ids_with_a_register_are_known_everywhere() -> None:
    assert is_global("arxiv:2504.07660")
    assert not is_global("17")
    assert distinct("arxiv:1", "arxiv:2")
    assert not distinct("arxiv:1", "arxiv:1")
    assert not distinct("arxiv:1", "doi:10.1/1")
    assert not distinct("1", "2")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Paper("", LONG), Paper("", LONG), True),
        (Paper("", "Editorial"), Paper("", "Editorial"), False),
        (Paper("", LONG, year=2020), Paper("", LONG, year=2021), True),
        (Paper("", LONG, year=2020), Paper("", LONG, year=2024), False),
        (Paper("", LONG, ABSTRACT), Paper("", LONG, ABSTRACT + " Code is there."), True),
        (Paper("", LONG, ABSTRACT), Paper("", LONG, OTHER_ABSTRACT), False),
        (Paper("", LONG, ABSTRACT), Paper("", LONG), True),
        (Paper("", LONG, authors=("Di He",)), Paper("", LONG, authors=("D. He", "Ann Roe")), True),
        (Paper("", LONG, authors=("Di He",)), Paper("", LONG, authors=("Ann Roe",)), False),
        (Paper("", LONG, ABSTRACT, ("Di He",)), Paper("", LONG, ABSTRACT, ("Ann Roe",)), True),
        (
            Paper("", LONG, authors=("Di He",), authors_complete=False),
            Paper("", LONG, authors=("Ann Roe",), authors_complete=False),
            True,
        ),
        (
            Paper("", "Editorial", authors=("Di He",), authors_complete=False),
            Paper("", "Editorial", authors=("Ann Roe",), authors_complete=False),
            False,
        ),
    ],
)
def test_a_shared_title_is_not_enough(one: Paper, other: Paper, same: bool) -> None:
    assert same_paper(one, other) is same
    assert same_paper(other, one) is same


def test_an_unchanged_record_changes_nothing(library: Library) -> None:
    put(library, RECORDS)
    with library.transaction() as db:
        db.execute("DELETE FROM pending")
    assert put(library, reversed(RECORDS)) == ["unchanged"] * 8
    assert library.pending("terms") == library.pending("vectors") == 0


def test_an_edited_record_updates_its_paper(library: Library) -> None:
    with_id, without = RECORDS[0], replace(RECORDS[1], id=None)
    put(library, [with_id, without])
    edited = [
        replace(with_id, title="A New Title", authors=("Ottilie Brandwein",)),
        replace(without, abstract="New abstract.", year=2030),
    ]
    with library.transaction() as db:
        db.execute("DELETE FROM pending")
    assert put(library, edited) == ["updated", "updated"]
    first, second = library.papers([1, 2])
    assert (first.id, first.title, first.authors) == ("lab:1", "A New Title", ("Ottilie Brandwein",))
    assert (second.abstract, second.year) == ("New abstract.", 2030)
    assert library.pending("terms") == library.pending("vectors") == 2


def test_authors_of_no_paper_are_forgotten(library: Library) -> None:
    put(library, [replace(RECORDS[0], authors=("T. Quillfeather", "Wrong Person"))])
    put(library, [replace(RECORDS[0], authors=("Tomas Quillfeather",))])
    assert library.papers([1])[0].authors == ("Tomas Quillfeather",)
    assert library.count("authors") == 1


def test_a_family_name_of_two_words_stays_whole(library: Library) -> None:
    put(library, [replace(RECORDS[0], authors=("Vale Rook, Juniper", "{Bridge and Song Circle}"))])
    assert library.rows("SELECT family, given, family_key FROM authors ORDER BY key") == [
        ("Vale Rook", "Juniper", "vale rook"),
        ("Bridge and Song Circle", "", "bridge and song circle"),
    ]
    assert library.papers([1])[0].authors == ("Juniper Vale Rook", "Bridge and Song Circle")


def test_another_source_of_one_paper_is_merged(library: Library) -> None:
    put(library, [Record("line 1", LONG, ABSTRACT, ("He, Di",), False, None, "Page")], "page")
    complete = Record("line 1", LONG.upper(), ABSTRACT + " Code is there.", ("Ann Roe", "Di He"), True, 2024, "Journal")
    assert put(library, [complete], "export") == ["merged"]
    assert put(library, [complete], "export") == ["unchanged"]
    (paper,) = library.papers([1])
    assert (paper.title, paper.venue, paper.year) == (LONG, "Page", 2024)
    assert paper.abstract.endswith("Code is there.")
    assert (paper.authors, paper.authors_complete) == (("Ann Roe", "Di He"), True)


def test_papers_that_share_only_a_title_stay_two(library: Library) -> None:
    first = Record("line 1", LONG, ABSTRACT, ("Di He",))
    second = Record("line 2", LONG, OTHER_ABSTRACT, ("Ann Roe",))
    assert put(library, [first, second]) == ["added", "added"]
    assert put(library, [second, first]) == ["unchanged", "unchanged"]
    assert put(library, [first, second], "elsewhere") == ["merged", "merged"]
    assert [paper.abstract for paper in library.papers([1, 2])] == [ABSTRACT, OTHER_ABSTRACT]
    assert len({paper.id for paper in library.papers([1, 2])}) == 2


def test_the_same_record_twice_in_a_source_is_one_paper(library: Library) -> None:
    assert put(library, [RECORDS[0], RECORDS[0]]) == ["added", "merged"]
    assert put(library, [RECORDS[0], RECORDS[0]]) == ["unchanged", "unchanged"]


def test_a_local_id_means_another_paper_in_another_source(library: Library) -> None:
    put(library, [replace(RECORDS[0], id="17")], "one")
    assert put(library, [replace(RECORDS[1], id="17")], "two") == ["added"]
    assert put(library, [replace(RECORDS[1], id="17", year=1999)], "two") == ["updated"]
    first, second = library.papers([1, 2])
    assert first.id == "17"
    assert second.id.startswith("17~")


def test_records_that_nothing_tells_apart_never_collide(library: Library) -> None:
    same = [Record(f"line {n}", "Editorial", id="17") for n in range(4)]
    assert put(library, same) == ["added"] * 4
    assert put(library, same) == ["unchanged"] * 4
    assert len({paper.id for paper in library.papers([1, 2, 3, 4])}) == 4


def test_a_global_id_is_the_same_paper_under_any_title(library: Library) -> None:
    put(library, [Record("line 1", LONG)], "page")
    assert put(library, [Record("line 1", LONG, ABSTRACT, id="arxiv:1")], "export") == ["merged"]
    assert put(library, [Record("line 1", "Cloud Weighing (Extended)", id="arxiv:1")], "third") == ["merged"]
    assert library.count("papers") == 1


def test_two_entries_of_one_register_are_two_papers(library: Library) -> None:
    put(library, [Record("line 1", LONG)], "page")
    assert put(library, [Record("line 1", LONG, id="arxiv:1")], "export") == ["merged"]
    assert put(library, [Record("line 2", LONG, id="arxiv:2")], "export") == ["added"]
