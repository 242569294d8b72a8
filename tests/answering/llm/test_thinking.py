"""Thoughts are taken out however their tags are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.llm.thinking import THINKER, Thoughts

TEXTS = [
    ("Plain text, 1 < 2 and a <table>.", "Plain text, 1 < 2 and a <table>."),
    ("<think>Hm.</think>\n\nYes.", "Yes."),
    ("<THINKING>\nHm.\n</THINKING> Yes.", "Yes."),
    ("\n<think></think>Yes.", "Yes."),
    ("Yes <think>no</think>and <thinking>never</thinking>no.", "Yes and no."),
    ("Yes. <think>Was that right", "Yes. "),
    ("<think>Never closed", ""),
    ("<think>a < b </ c</thinking>Yes.", "Yes."),
    ("Ends with <thin", "Ends with <thin"),
    ("<thinker>is a tag of its own", "<thinker>is a tag of its own"),
]


def without_thoughts(pieces, **how):
    thoughts = Thoughts(**how)
    return "".join([*map(thoughts.feed, pieces), thoughts.finish()])


@pytest.mark.parametrize(("text", "left"), TEXTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_thoughts_are_taken_out(text, left, size):
    assert without_thoughts([text[at : at + size] for at in range(0, len(text), size)]) == left


@pytest.mark.parametrize("size", [1, 4, 100])
def test_thoughts_that_the_template_opens(size):
    text = "I should say yes.</think>\nYes."
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    unknown = Thoughts()
    assert "".join(map(unknown.feed, pieces)).endswith("Yes.")
    assert unknown.unopened
    known = Thoughts(opened=True)
    assert "".join(map(known.feed, pieces)) == "Yes."
    assert known.unopened


def test_text_held_back_for_thoughts_that_never_come_is_given_at_the_end():
    assert without_thoughts(["Just ", "an answer."], opened=True) == "Just an answer."


def test_thoughts_that_are_given_elsewhere_are_not_waited_for():
    thoughts = Thoughts(opened=True)
    thoughts.are_apart()
    assert thoughts.feed("Yes.") == "Yes."


@pytest.mark.parametrize(
    ("name", "thinks"), [("deepseek-r1:8b", True), ("QwQ-32B", True), ("Qwen3-4B-Thinking", True), ("llama3.1", False)]
)
def test_models_that_are_known_to_think(name, thinks):
    assert bool(THINKER.search(name)) == thinks


def test_opened_thoughts_may_be_opened_again():
    assert without_thoughts(["<think>Hm.", "</think>", "Yes."], opened=True) == "Yes."


def test_a_text_without_tags_is_never_held_back():
    thoughts = Thoughts()
    assert [thoughts.feed(piece) for piece in ["One", " two", " < three"]] == ["One", " two", " < three"]


@given(st.text(alphabet="<>/think abc", max_size=60), st.integers(1, 9))
def test_cuts_make_no_difference(text, size):
    assert without_thoughts([text[at : at + size] for at in range(0, len(text), size)]) == without_thoughts([text])
