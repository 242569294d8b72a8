"""The kind of sentence a question expects."""

from __future__ import annotations

import time

import pytest

from rag.retrieval.expectation import expected

NUMBER = "It reaches an error of 2.7."
ADDRESS = "The code is at https://example.org/kelpnet."
DATA = "We use the CragBench benchmark."
PLAIN = "The method is simple."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many images are there?", NUMBER),
        ("What accuracy does it reach?", NUMBER),
        ("By what margin?", NUMBER),
        ("How large is it?", "It has two million parameters."),
        ("Where is the code?", ADDRESS),
        ("Is there a demo online?", ADDRESS),
        ("github link?", ADDRESS),
        ("Which benchmark is used?", DATA),
        ("What datasets?", DATA),
    ],
)
def test_a_question_expects_a_kind(question: str, sentence: str) -> None:
    kind = expected(question)
    assert kind is not None
    assert kind.search(sentence)
    assert not kind.search(PLAIN)


@pytest.mark.parametrize(
    "question", ["What is KelpNet?", "tell me about KelpNet", "Define tidal gating", "what's KelpNet"]
)
def test_a_short_question_of_what_something_is_expects_a_definition(question: str) -> None:
    kind = expected(question)
    assert kind is not None
    for sentence in (
        "We present KelpNet, a buoy.",
        "a buoy called KelpNet",
        "KelpNet is a buoy.",
        "KelpNet (i.e. a buoy)",
    ):
        assert kind.search(sentence)
    assert not kind.search(PLAIN)


@pytest.mark.parametrize("question", ["Why does it fail?", "", "How does it work?"])
def test_a_question_expects_nothing_special(question: str) -> None:
    assert expected(question) is None


@pytest.mark.parametrize("word", ["is ", "what is the ", "code ", "how many ", "which a-b "])
def test_long_questions_are_read_in_time(word: str) -> None:
    began = time.perf_counter()
    expected(word * 2000)
    assert time.perf_counter() - began < 1
