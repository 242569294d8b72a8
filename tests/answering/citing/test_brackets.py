"""Where brackets are a citation and where they are something else."""

from __future__ import annotations

import pytest

from rag.answering.citing.brackets import Surroundings, bracket_at
from rag.answering.citing.markers import NumberedPapers
from rag.answering.citing.verbatim import UnfinishedError
from rag.types import Paper

NUMBERED = NumberedPapers([Paper("1", "Boats", authors=("Anna Vale",), year=2020), Paper("2", "Oars")])


def cited(text: str) -> str | None:
    """The papers the first `[`, `(` or `【` after `@` (or of the text) cites; None if it is no citation."""
    before, _, after = text.rpartition("@")
    at = min(after.find(sign) for sign in "[(【" if sign in after)
    around = Surroundings(before + after[:at], False, True)
    found = bracket_at(after, at, around, NUMBERED)
    return None if found.reading is None else "".join(paper.id for paper in found.reading.papers)


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("Boats sink [1].", "1"),
        ("Boats sink[1].", "1"),
        ("Boats sink (1).", "1"),
        ("Boats sink (1)", "1"),
        ("Boats sink (1, 2), oars", "12"),
        ("Boats sink (1) and oars", "1"),
        ("Boats sink (7).", ""),
        ("Boats sink (Vale et al., 2020) fast", "1"),
        ("Boats sink (Paper 1) fast", "1"),
        ("Boats sink (Nobody et al., 2020) fast", ""),
        ("Boats sink ([1], [2]) fast", "12"),
        ("as in [1, 2].", "12"),
        ("the year 2020[1].", "1"),
        ("the net BERT[1].", "1"),
        ("[[1]](https://a.org)", "1"),
        ("so 【2†source】 it", "2"),
    ],
)
def test_citations(text: str, papers: str) -> None:
    assert cited(text) == papers


@pytest.mark.parametrize(
    "text",
    [
        "x[1]",
        "x1[2]",
        "a_i[1]",
        "arr[1]",
        "f(x)@[1]",
        "[MASK]@[1]",
        "in the interval [1, 2]",
        "range of [1, 2]",
        "scaled to [1, 2]",
        "a = [1, 2]",
        "x ∈ [1, 2]",
        "in [0, 1]",
        "f(1).",
        "word(1).",
        "Eq. (1).",
        "Equations (1, 2).",
        "Figure (2).",
        "steps (1) and (2)",
        "two (2).",
        "(1) first, (2) second",
        "first (1) second",
        "of (1).",
        "It was (2020).",
        "Held (May 2020).",
        "Held (Paris 2020).",
        "Boats (n=12).",
        "Boats (of all kinds) sink.",
        "【note】",
    ],
)
def test_other_brackets(text: str) -> None:
    assert cited(text) is None


@pytest.mark.parametrize(
    "text", ["[", "[1", "[1]", "[1](", "[1](http://a(b)", "[[1]", "(1", "(1)", "(1) an", "(Vale et", "【1"]
)
def test_what_may_become_a_marker_waits(text: str) -> None:
    with pytest.raises(UnfinishedError):
        bracket_at(text, 0, Surroundings("Boats sink ", False, False), NUMBERED)


@pytest.mark.parametrize("text", ["(a boat sinks", "(Boats sink fast", "[a\n", "[a [", "((", "【a\n", "[" + "a" * 201])
def test_what_cannot_become_one_does_not(text: str) -> None:
    assert bracket_at(text, 0, Surroundings("Boats sink ", False, False), NUMBERED).reading is None
