"""Markers and quoting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.citations import Numbering, bold, italic, quoted
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


def test_papers_that_a_text_cites_with_support() -> None:
    numbering = Numbering()
    sentence = Evidence("It floats.", "abstract", 0, 10, 1.0)
    assert numbering.cited(Paper("a", "A"), sentence) == "It floats. [1]"
    numbering.marker(Paper("b", "B"), sentence, supported=False)
    numbering.cited(Paper("c", "C"), sentence)
    assert numbering.papers_cited(r"It floats [1]. It sinks [2]. It is \[3\].") == {"a"}


def test_stars_do_not_end_bold_or_italics() -> None:
    assert bold("A* search") == r"**A\* search**"
    assert italic("*Net* and [1]") == r"*\*Net\* and \[1\]*"
