"""Markers and quoting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.citations import Numbering, quoted
from rag.types import Evidence, Paper

SENTENCES = st.text("ab [](),;-–0123456789\\*`!#_", max_size=30)


def evidence(sentence: str) -> Evidence:
    return Evidence(sentence, "abstract", 0, len(sentence), 0.5)


def test_markers_count_by_first_use() -> None:
    numbering = Numbering()
    one, two = Paper("1", "One"), Paper("2", "Two")
    given_markers = [
        numbering.marker(one, evidence("A."), True),
        numbering.marker(two, evidence("A."), True),
        numbering.marker(one, evidence("B."), True),
        numbering.marker(one, evidence("A."), True),
    ]
    assert given_markers == ["[1]", "[2]", "[3]", "[1]"]
    assert [(citation.marker, citation.paper_id, citation.quote) for citation in numbering.citations] == [
        (1, "1", "A."),
        (2, "2", "A."),
        (3, "1", "B."),
    ]


@pytest.mark.parametrize(
    ("sentence", "markdown"),
    [
        ("Plain text.", "Plain text."),
        ("As in [3] and [1, 2].", "As in \\[3\\] and \\[1, 2\\]."),
        ("See [4–6], [ 7 ], [8;9].", "See \\[4–6\\], \\[ 7 \\], \\[8;9\\]."),
        ("An interval [0.5, 1] or x[i].", "An interval [0.5, 1] or x[i]."),
        ("2 * 3", "2 * 3"),
        ("*a* and `b`", "\\*a\\* and \\`b\\`"),
    ],
)
def test_quoted(sentence: str, markdown: str) -> None:
    assert quoted(sentence) == markdown


@given(SENTENCES)
def test_no_sentence_makes_a_marker(sentence: str) -> None:
    assert not re.search(r"(?<!\\)\[\s*\d+\s*\]", quoted(sentence))


@given(SENTENCES)
def test_a_quoted_sentence_reads_the_same(sentence: str) -> None:
    plain = sentence.replace("\\", "")
    assert re.sub(r"\\([\[\]*`])", r"\1", quoted(plain)) == plain
