"""CSV, TSV and their kin."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import one, parse

from rag.types import BadRecord, Record


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told(tmp_path: Path, delimiter: str) -> None:
    out = io.StringIO()
    rows = [
        ["Article Title", "Publication_Year", "Author Full Names", "Abstract ", "DOI", "Odd", "Source title"],
        ["Slow, Waves; of | sand", "2020", "Roux, Ada; Li, Bo", "They\nrise.", "10.1000/AB", "x", "Tides"],
    ]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert one(tmp_path, "\ufeff" + out.getvalue()) == Record(
        position="line 2",
        title="Slow, Waves; of | sand",
        abstract="They\nrise.",
        authors=("Roux, Ada", "Li, Bo"),
        year=2020,
        venue="Tides",
        url="https://doi.org/10.1000/AB",
        id="doi:10.1000/ab",
    )


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Roux, Ada; Li, Bo", ("Roux, Ada", "Li, Bo")),
        ("Roux, Ada; {A; B}", ("Roux, Ada", "{A; B}")),
        ("['Roux, Ada', 'Li, Bo']", ("Roux, Ada", "Li, Bo")),
        ("Liu R., Adler D.G.", ("Liu R.", "Adler D.G.")),
        ("Ada Roux, Bo Li, Cy Fox", ("Ada Roux", "Bo Li", "Cy Fox")),
        ("Roux, Ada", ("Roux, Ada",)),
        ("Ada Roux|Bo Li", ("Ada Roux", "Bo Li")),
        ("[not a list", ("[not a list",)),
        ("", ()),
    ],
)
def test_authors_in_one_cell(tmp_path: Path, cell: str, names: tuple[str, ...]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "authors"], ["T", cell]])
    assert one(tmp_path, out.getvalue()).authors == names


def test_the_mark_against_formulas_is_taken_away(tmp_path: Path) -> None:
    found = parse(tmp_path, "title,abstract\n'=1+1,''-2\n'quoted',x\n")
    texts = [(item.title, item.abstract) for item in found if isinstance(item, Record)]
    assert texts == [("=1+1", "'-2"), ("'quoted'", "x")]


def test_rows_are_accounted_for(tmp_path: Path) -> None:
    found = parse(tmp_path, "title;abstract;year\nOne;a;2020\n;b;\n;;\n\nTwo\nThree;c;soon;more\n")
    assert [(type(item).__name__, item.position) for item in found] == [
        ("Record", "line 2"),
        ("BadRecord", "line 3"),
        ("Record", "line 6"),
        ("Record", "line 7"),
        ("BadRecord", "line 7"),
    ]


def test_a_quotation_mark_that_never_closes_is_told(tmp_path: Path) -> None:
    text = 'title,abstract\nOne,x\nTwo,"' + "word " * 60_000 + "\nThree,y\n"
    first, bad, last = parse(tmp_path, text)
    assert isinstance(first, Record)
    assert isinstance(bad, BadRecord)
    assert bad.position == "line 3"
    assert "quotation mark" in bad.reason
    assert isinstance(last, Record)


@pytest.mark.parametrize("text", ["title\nOne\n", "name,size\na,1\n", "Dear all,\nhello\n"])
def test_other_tables_are_not_claimed(tmp_path: Path, text: str) -> None:
    [bad] = parse(tmp_path, text)
    assert isinstance(bad, BadRecord)
    assert "the format is not known" in bad.reason


@settings(max_examples=150, deadline=None)
@given(rest=st.text(st.sampled_from("\",;\t\n\r'=x y[]{}"), max_size=60) | st.text(max_size=30))
def test_anything_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, rest: str) -> None:
    first, *_ = parse(tmp_path_factory.getbasetemp(), "title,abstract,authors,year\nT,a,b,2020\n" + rest)
    assert isinstance(first, Record)
