"""CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import one, parse

from rag.types import BadRecord, Record

ITEM = {
    "id": "roux2020",
    "type": "article-journal",
    "title": 'Slow <i>Waves</i> of <span class="nocase">NASA</span>',
    "author": [
        {"family": "Berg", "given": "Bo", "non-dropping-particle": "van der"},
        {"family": "King", "given": "Ada", "suffix": "Jr."},
        {"literal": "Tide Group, Inc."},
    ],
    "issued": {"date-parts": [["2020", 4]]},
    "container-title": "Tides",
    "DOI": "10.1000/AB",
    "URL": "https://example.org/1",
    "abstract": "They rise.",
}


def test_an_item(tmp_path: Path) -> None:
    assert one(tmp_path, json.dumps([ITEM])) == Record(
        position="item 1",
        title="Slow Waves of NASA",
        abstract="They rise.",
        authors=("van der Berg, Bo", "King, Jr., Ada", "{Tide Group, Inc.}"),
        year=2020,
        venue="Tides",
        url="https://example.org/1",
        id="doi:10.1000/ab",
    )


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[1999]]}, 1999),
        ({"raw": "Spring 2001"}, 2001),
        ({"literal": "2002"}, 2002),
        ("2003-05", 2003),
        ({"date-parts": [[]]}, None),
        ({}, None),
        (None, None),
    ],
)
def test_dates(tmp_path: Path, issued: object, year: int | None) -> None:
    assert one(tmp_path, json.dumps([ITEM | {"issued": issued}])).year == year


def test_an_item_of_which_little_is_known(tmp_path: Path) -> None:
    record = one(tmp_path, '[{"id": "a:1", "type": "book", "title": "T"}]')
    assert record == Record(position="item 1", title="T", authors_complete=False, id="a.1")


def test_wrong_items_are_told(tmp_path: Path) -> None:
    untitled = {key: value for key, value in ITEM.items() if key != "title"}
    good, bad, other, last = parse(tmp_path, json.dumps([ITEM, 7, untitled, ITEM]))
    assert bad == BadRecord("item 2", "the item is not an object with a title")
    assert other == BadRecord("item 3", "the record has no title")
    assert isinstance(good, Record)
    assert isinstance(last, Record)


@pytest.mark.parametrize(
    ("end", "reason"), [("", "not valid JSON"), (", " + "[" * 100_000, "nested too deeply"), (", 1e", "not valid JSON")]
)
def test_a_broken_file_is_told(tmp_path: Path, end: str, reason: str) -> None:
    [bad] = parse(tmp_path, "[" + json.dumps(ITEM) + end)
    assert isinstance(bad, BadRecord)
    assert reason in bad.reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM, "family", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    items=st.lists(
        st.dictionaries(st.sampled_from([*ITEM, "note", "editor", "number"]), VALUES, max_size=7), max_size=4
    )
)
def test_every_item_is_accounted_for(tmp_path_factory: pytest.TempPathFactory, items: list[dict[str, object]]) -> None:
    found = parse(tmp_path_factory.getbasetemp(), json.dumps([ITEM, *items]))
    assert {item.position for item in found} == {f"item {number + 1}" for number in range(len(items) + 1)}
