"""What the user has limited, and what a question adds to it."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.plan import plan
from rag.types import Filters

GIVEN = Filters(
    ("Bo He",), "Journal", (2020, 2024), ("Orla Wen",), ("Fictional",), ("link",), (1, 3), ("inv:1",), ("/a.bib",)
)


@pytest.mark.parametrize(
    "question",
    [
        "What is KelpNet?",
        "Which papers are about ice?",
        "Hello",
        "papers like KelpNet",
        "Compare KelpNet and TMT",
        "x" * 700,
    ],
)
def test_no_question_loses_a_limit(invented: Assistant, question: str) -> None:
    assert plan(invented.library, question, GIVEN).filters == GIVEN


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Which papers appeared since 2022?", (2022, 2024)),
        ("Which papers appeared in 2023?", (2023, 2023)),
        ("Which papers appeared before 2022?", (2020, 2021)),
        ("Which papers appeared in 2015?", (2020, 2015)),
    ],
)
def test_years_of_a_question_limit_further(invented: Assistant, question: str, years: tuple[int, int]) -> None:
    assert plan(invented.library, question, Filters(years=(2020, 2024))).filters.years == years


def test_years_apart_leave_nothing_and_say_so(invented: Assistant) -> None:
    answer = invented.ask("Which papers appeared in 2015?", filters=Filters(years=(2020, 2024))).answer
    assert answer.refused and "both since 2020 and until 2015" in answer.answer


def test_a_venue_of_a_question_limits_further(invented: Assistant) -> None:
    question = "Which papers appeared in the Journal of Invented Oceans?"
    wide = plan(invented.library, question, Filters(venue="journal")).filters
    assert wide.venue == "Journal of Invented Oceans"
    other = Filters(venue="Conference on Made-up Learning")
    assert plan(invented.library, question, other).filters.venue == (
        "Conference on Made-up Learning and Journal of Invented Oceans"
    )
    assert invented.ask(question, filters=other).answer.refused
