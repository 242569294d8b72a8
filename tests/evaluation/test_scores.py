"""Scores of hand-made answers."""

from __future__ import annotations

import pytest

from rag.errors import EvaluationError
from rag.evaluation.answers import Gold, gold_of, score
from rag.types import Answer, Citation

GOLD = Gold("fact", ("One Fr\\'echet Title", "Two"), (("3.08", "3,08"), ("256×256",)))


def answer(text: str, *titles: str, refused: bool = False) -> Answer:
    citations = tuple(
        Citation(marker, title, title, (), None, None, None, "Quote.") for marker, title in enumerate(titles, 1)
    )
    return Answer("Q?", "Q?", "fact", text, refused, citations, "extractive")


def test_a_perfect_answer() -> None:
    (scores,) = score([(GOLD, answer("It is 3.08 at $256\\times256$.", "One Fréchet title", "Two"))]).values()
    assert (scores.questions, scores.gold_first, scores.includes, scores.refused) == (1, 1, 1, 0)
    assert (scores.precision, scores.recall, scores.f1) == (1, 1, 1)


def test_papers_cited_are_counted_once() -> None:
    (scores,) = score([(GOLD, answer("3.08", "Other", "Two", "Two", "Two"))]).values()
    assert (scores.gold_first, scores.includes) == (0, 0)
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)


def test_a_refusal_of_what_could_be_answered() -> None:
    (scores,) = score([(GOLD, answer("Nothing.", refused=True))]).values()
    assert (scores.refused, scores.precision, scores.recall, scores.f1) == (1, 0, 0, 0)


def test_a_refusal_of_what_could_not() -> None:
    none = Gold("unanswerable", (), ())
    (scores,) = score([(none, answer("Nothing.", refused=True))]).values()
    assert (scores.refused, scores.includes, scores.precision, scores.recall, scores.f1) == (1, 1, 1, 1, 1)
    (scores,) = score([(none, answer("Something [1].", "Two"))]).values()
    assert (scores.refused, scores.gold_first, scores.precision, scores.recall, scores.f1) == (0, 0, 0, 0, 0)


def test_means_by_kind() -> None:
    right, wrong = answer("3.08 at 256×256", "Two"), answer("no", "Other")
    other = Gold("list", ("Two",), ())
    scores = score([(GOLD, right), (GOLD, wrong), (GOLD, wrong), (other, right)])
    assert list(scores) == ["fact", "list"]
    assert (scores["fact"].questions, scores["fact"].gold_first, scores["fact"].recall) == (3, 0.3333, 0.1667)
    assert (scores["list"].questions, scores["list"].f1) == (1, 1)
    assert score([]) == {}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("5.11\\% lower", "5.11%"), ("\\*bold\\* claim", "*bold* claim"), ("ABC", "abc"), ("a \\[3\\] b", "a [3] b")],
)
def test_marks_of_markdown_and_case_do_not_matter(said: str, wanted: str) -> None:
    (scores,) = score([(Gold("fact", (), ((wanted,),)), answer(said))]).values()
    assert scores.includes == 1


def test_gold_of_a_line() -> None:
    line = {"kind": "fact", "titles": ["Two"], "must_include": [["a", "b"], ["c"]], "question": "Q?"}
    assert gold_of(line, "line 1") == Gold("fact", ("Two",), (("a", "b"), ("c",)))


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"kind": "fact", "titles": []},
        {"kind": "fact", "must_include": []},
        {"titles": [], "must_include": []},
        {"kind": 1, "titles": [], "must_include": []},
        {"kind": "fact", "titles": "Two", "must_include": []},
        {"kind": "fact", "titles": [2], "must_include": []},
        {"kind": "fact", "titles": None, "must_include": []},
        {"kind": "fact", "titles": [], "must_include": ["a"]},
        {"kind": "fact", "titles": [], "must_include": [[1]]},
        {"kind": "fact", "titles": [], "must_include": "a"},
    ],
)
def test_malformed_lines(line: dict[str, object]) -> None:
    with pytest.raises(EvaluationError, match="line 4 of gold"):
        gold_of(line, "line 4 of gold")
