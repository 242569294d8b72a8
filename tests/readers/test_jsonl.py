"""JSON lines of papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.readers import read
from rag.types import BadRecord, Record

GOOD = {
    "id": "x:1",
    "title": "Clouds and the Melt of Alpine Glaciers",
    "abstract": "Cloud cover explains a third of the variance.",
    "authors": ["Moreau, Lise", "Tom Orr"],
    "year": 2021,
    "venue": "Ocean Letters",
    "url": "https://example.org/1",
}


def parse(tmp_path: Path, *lines: object) -> list[Record | BadRecord]:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return list(read(path))


def test_whole_record(tmp_path: Path) -> None:
    assert parse(tmp_path, {**GOOD, "categories": ["cs.CV"], "comment": {}}) == [
        Record(
            position="line 1",
            title=GOOD["title"],
            abstract=GOOD["abstract"],
            authors=("Moreau, Lise", "Tom Orr"),
            year=2021,
            venue="Ocean Letters",
            url="https://example.org/1",
            id="x:1",
        )
    ]


def test_title_alone(tmp_path: Path) -> None:
    [record] = parse(tmp_path, {"title": "T"})
    assert record == Record(position="line 1", title="T", authors_complete=False)


def test_nulls_and_blanks_are_missing(tmp_path: Path) -> None:
    nulls = dict.fromkeys(GOOD, None) | {"title": "T"}
    blanks = dict.fromkeys(GOOD, " ") | {"title": "T", "authors": ["", " "]}
    for record in parse(tmp_path, nulls, blanks):
        assert isinstance(record, Record)
        assert (record.abstract, record.authors, record.year, record.venue, record.url, record.id) == (
            "",
            (),
            None,
            None,
            None,
            None,
        )


@pytest.mark.parametrize(
    ("year", "read_as"), [(2021, 2021), ("2021", 2021), (" 2021 ", 2021), (2021.0, 2021), ("", None)]
)
def test_years(tmp_path: Path, year: object, read_as: int | None) -> None:
    [record] = parse(tmp_path, {**GOOD, "year": year})
    assert isinstance(record, Record)
    assert record.year == read_as


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"title": None}, "title"),
        ({"title": ""}, "title"),
        ({"title": 7}, "title"),
        ({"title": ["T"]}, "title"),
        ({"abstract": 3.5}, "abstract"),
        ({"abstract": {"a": 1}}, "abstract"),
        ({"authors": "Moreau, Lise"}, "authors"),
        ({"authors": ["Moreau, Lise", 3]}, "authors"),
        ({"authors": ["Moreau, Lise", None]}, "authors"),
        ({"authors": {"name": "Moreau"}}, "authors"),
        ({"year": "in press"}, "year"),
        ({"year": True}, "year"),
        ({"year": 20.5}, "year"),
        ({"year": -3}, "year"),
        ({"year": 10**30}, "year"),
        ({"year": "9" * 50}, "year"),
        ({"year": [2021]}, "year"),
        ({"venue": 1}, "venue"),
        ({"url": False}, "url"),
        ({"id": []}, "id"),
    ],
)
def test_wrong_values_name_the_key_and_the_line(tmp_path: Path, change: dict[str, object], key: str) -> None:
    first, bad, last = parse(tmp_path, GOOD, {**GOOD, **change}, GOOD)
    assert isinstance(first, Record)
    assert isinstance(bad, BadRecord)
    assert bad.position == "line 2"
    assert f'"{key}"' in bad.reason
    assert isinstance(last, Record)
    assert last.position == "line 3"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "T", ', "not valid JSON"),
        ("[1, 2]", "not an object"),
        ("null", "not an object"),
        ("plain words", "not valid JSON"),
        ('{"title": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"title": "T", "year": ' + "9" * 5000 + "}", "not valid JSON"),
        ('{"title": "T"} {"title": "U"}', "not valid JSON"),
    ],
)
def test_broken_lines_are_reported_and_skipped(tmp_path: Path, line: str, reason: str) -> None:
    first, bad, last = parse(tmp_path, GOOD, line, GOOD)
    assert isinstance(first, Record)
    assert isinstance(bad, BadRecord)
    assert bad.position == "line 2"
    assert reason in bad.reason
    assert isinstance(last, Record)


def test_first_line_broken(tmp_path: Path) -> None:
    bad, good = parse(tmp_path, "oops", GOOD)
    assert isinstance(bad, BadRecord)
    assert isinstance(good, Record)


def test_blank_lines_and_nul_bytes_are_skipped(tmp_path: Path) -> None:
    found = parse(tmp_path, GOOD, "", "  ", "\0\0\0", GOOD, "\0")
    assert [record.position for record in found] == ["line 1", "line 5"]


def test_half_a_character_pair_is_replaced(tmp_path: Path) -> None:
    [record] = parse(tmp_path, r'{"title": "a\ud800b \ud83d\ude00", "authors": ["\udc00x"]}')
    assert isinstance(record, Record)
    assert record.title == "a\ufffdb \U0001f600"
    assert record.authors == ("\ufffdx",)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(objects=st.lists(st.dictionaries(st.sampled_from(list(GOOD)), VALUES, max_size=7), max_size=5))
def test_every_line_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]]
) -> None:
    found = parse(tmp_path_factory.getbasetemp(), GOOD, *objects)
    assert [item.position for item in found] == [f"line {number + 1}" for number in range(len(objects) + 1)]
    for item in found:
        if isinstance(item, Record):
            assert item.title.strip()
            assert all(isinstance(name, str) for name in item.authors)
            assert item.year is None or 0 < item.year < 10_000
            "".join((item.title, item.abstract, *item.authors)).encode()
