"""RIS."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import one, parse

from rag.readers import ris
from rag.types import BadRecord, Record

RECORD = """TY  - JOUR
TI  - Slow Waves
 of the Coast
AU  - Roux, Ada
AU  - Li, Bo
AU  - et al.
T2  - Journal of Tides
PY  - 2020/03/01/
DO  - 10.1000/AB
UR  - https://example.org/1;https://example.org/2
AB  - They rise.
They fall.
KW  - sand
ER  - 
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
def test_a_record(tmp_path: Path, newline: str, mark: str) -> None:
    record = one(tmp_path, mark + RECORD.replace("\n", newline))
    assert record.title == "Slow Waves of the Coast"
    assert record.abstract == "They rise. They fall."
    assert record.authors == ("Roux, Ada", "Li, Bo")
    assert not record.authors_complete
    assert (record.year, record.venue) == (2020, "Journal of Tides")
    assert (record.id, record.url) == ("doi:10.1000/ab", "https://example.org/1")


def test_other_tags_for_the_same(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "TY  - CHAP\nT1  - Waves\nA1  - Roux, Ada\nY1  - 2001//\nN2  - Text\nBT  - Book of Tides\nID  - 7\nER  -",
    )
    assert (record.title, record.authors, record.year) == ("Waves", ("Roux, Ada",), 2001)
    assert (record.abstract, record.venue, record.id) == ("Text", "Book of Tides", "7")


def test_a_record_without_an_end_is_kept_and_told(tmp_path: Path) -> None:
    found = parse(tmp_path, "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \nTY  - JOUR\nTI  - Three")
    assert [item.title for item in found if isinstance(item, Record)] == ["One", "Two", "Three"]
    assert [item.position for item in found if isinstance(item, BadRecord)] == ["line 1", "line 6"]


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("TY  - JOUR\nER  - \n", "line 1", "no title"),
        ("TY  - JOUR\nTI  - T\nPY  - in press\nER  - \n", "line 1", 'the year is "in press"'),
        ("TI  - Lost\nAU  - Roux\nTY  - JOUR\nTI  - T\nER  - \n", "line 1", "belongs to no record"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, position: str, reason: str) -> None:
    [bad] = [item for item in parse(tmp_path, text) if isinstance(item, BadRecord)]
    assert bad.position == position
    assert reason in bad.reason


def test_an_endless_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ris, "MAX_RECORD_CHARACTERS", 1000)
    bad, good = parse(tmp_path, "TY  - JOUR\n" + "AB  - more\n" * 1000 + "ER  - \n" + RECORD)
    assert isinstance(bad, BadRecord)
    assert "longer than" in bad.reason
    assert isinstance(good, Record)


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            ["TY  - ", "ER  - ", "AU  - ", "ti  - ", "TI  -", "\n", "\r", "\ufeff", "T2  - x\n", "PY  - 9\n"]
        )
        | st.text(max_size=5),
        max_size=30,
    )
)
def test_anything_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    first, *_ = parse(tmp_path_factory.getbasetemp(), RECORD + "".join(pieces))
    assert isinstance(first, Record)
