"""Kinds that a language model chooses, sensibly or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.errors import LanguageModelError
from rag.retrieval.planning.plan import is_sure, plan
from rag.retrieval.planning.refining import prompt, refined
from rag.types import EVERYTHING, Filters, Plan, Prompt


def saying(text: str) -> Callable[[Prompt], str]:
    return lambda _: text


def test_the_model_chooses_the_kind() -> None:
    made = refined(Plan("glaciers lately"), "glaciers lately", saying("Trend."))
    assert (made.kind, made.topic) == ("trend", "glaciers")


@pytest.mark.parametrize(
    "said", ["", "fact", "poem", "It is a list or a count.", "small talk", "author", "compare", "?" * 500]
)
def test_an_answer_that_is_no_possible_kind_changes_nothing(said: str) -> None:
    planned = Plan("glaciers")
    assert refined(planned, "glaciers", saying(said)) == planned


def test_a_model_that_fails_changes_nothing() -> None:
    def failing(_: Prompt) -> str:
        raise LanguageModelError("The server is gone.")

    assert refined(Plan("glaciers"), "glaciers", failing) == Plan("glaciers")


def test_a_digest_needs_an_author() -> None:
    by_wen = Plan("kelp?", "fact", Filters(authors=("Orla Wen",)))
    made = refined(by_wen, "Orla Wen kelp?", saying("author"))
    assert (made.kind, made.people, made.filters) == ("author", ("Orla Wen",), EVERYTHING)
    back = refined(made, "Orla Wen kelp?", saying("list"))
    assert (back.kind, back.people, back.filters.authors, back.topic) == ("list", (), ("Orla Wen",), "kelp")


def test_a_comparison_needs_two_subjects() -> None:
    made = refined(Plan("TMT, KelpNet"), "TMT, KelpNet", saying("compare"))
    assert (made.kind, made.subjects) == ("compare", ("TMT", "KelpNet"))
    two = Plan("", "list", Filters(authors=("Orla Wen", "Bo He")))
    assert refined(two, "Wen / He", saying("compare")).people == ("Orla Wen", "Bo He")


def test_years_count_for_papers_and_not_for_facts() -> None:
    planned = Plan("ice in 2020")
    assert refined(planned, "ice in 2020", saying("list")).filters.years == (2020, 2020)


def test_what_is_counted_is_asked_for() -> None:
    assert refined(Plan("knots"), "knots, amount?", saying("count")).asks == "count"


def test_the_prompt_holds_the_question_on_one_line() -> None:
    made = prompt("What\nis " + "x" * 1000)
    assert "Question: What is xxx" in made.turns[0].content
    assert len(made.turns[0].content) < 500
    assert "overview" in made.system


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("Which papers are about snow?", True),
        ("Compare KelpNet and PollenGAN.", True),
        ("thanks", True),
        ("Do Language Models Know Knots?", True),
        ("Who wrote KelpNet?", True),
        ("x" * 1000, True),
        ("snow", False),
        ("What is KelpNet?", True),
    ],
)
def test_rules_are_sure_where_words_are_plain(invented: Assistant, question: str, sure: bool) -> None:
    assert is_sure(invented.library, question) is sure
    assert plan(invented.library, question, EVERYTHING).kind
