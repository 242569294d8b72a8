import pytest
from hypothesis import given, strategies

from rag.conversations.titles import LONGEST, title_of
from rag.types import Plan


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What is the FID of DPT?", "FID of DPT"),
        ("Can you tell me how kelp grows?", "How kelp grows"),
        ("can you please tell me what is kelp", "Kelp"),
        ("Hello, what’s new in diffusion models?", "New in diffusion models"),
        ("Tell me about Fengchun Qiao.", "Fengchun Qiao"),
        ("I would like to know who was Ada", "Ada"),
        ("Does kelp grow?", "Does kelp grow"),
        ("what is", "What is"),
        ("The", "The"),
        ("???", "???"),
        ("two\nlines\tand a bell \x07 ", "Two lines and a bell"),
        ("", "Untitled"),
        ("昆布とは何ですか", "昆布とは何ですか"),
        (
            "Which of all the very many papers about kelp were ever written?",
            "Which of all the very many papers about kelp…",
        ),
    ],
)
def test_a_title_is_the_question_without_its_courtesies(question: str, title: str) -> None:
    assert title_of(question) == title


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (Plan("", "author", people=("Ann Bee",)), "Work of Ann Bee"),
        (Plan("", "author", people=("Ann Bee", "Bo Cee")), "Work of Ann Bee and Bo Cee"),
        (Plan("", "compare", subjects=("KelpNet", "TMT")), "KelpNet and TMT"),
        (Plan("", "compare", subjects=("A", "B", "C")), "A, B and C"),
        (Plan("", "compare", people=("Ann", "Bo")), "Ann and Bo"),
        (Plan("", "compare", subjects=("A",)), "Question"),
        (Plan("", "list"), "Question"),
    ],
)
def test_a_plan_names_authors_and_what_is_compared(plan: Plan, title: str) -> None:
    assert title_of("question?", plan) == title


@given(strategies.text(max_size=200))
def test_a_title_is_one_short_line(question: str) -> None:
    title = title_of(question)
    assert title
    assert len(title) <= LONGEST
    assert len(title.splitlines()) == 1
