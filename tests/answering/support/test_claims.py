"""What of an answer is a claim, and what it says without its markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.support.claims import claims, clauses, plain


@pytest.mark.parametrize(
    "text",
    [
        "KelpNet counts canopy fronds in images.",
        "Tides shape the salinity of estuaries and their sediments.",
        "Here are 3 of them:",
        "It takes 9 hours.",
        "Based on the abstracts, KelpNet counts fronds with a convolutional network.",
        "Unfortunately, divers count fronds by hand, which takes days.",
        "1. The drift is 0.8% of the distance.",
    ],
)
def test_what_says_something_of_the_subject_is_a_claim(text: str) -> None:
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "## Results",
        "Here is what the papers say:",
        "Sure!",
        "I hope this helps.",
        "Let me know if you have questions.",
        "Would you like to know more about Lichen-SLAM?",
        "The abstracts do not mention the learning rate of KelpNet.",
        "I cannot answer this question.",
        "1. First of all:",
        "There are three of them:",
    ],
)
def test_courtesies_headings_and_questions_claim_nothing(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- **KelpNet** counts `fronds` [1][2].", "KelpNet counts fronds ."),
        ("2. It is $20\\times$ smaller, by 21\\%.", "It is 20× smaller, by 21%."),
        ("### *Drift* of [Lichen-SLAM](https://example.org/3)", "Drift of Lichen-SLAM"),
        ("> quoted _here_ and snake_case [?]", "quoted here and snake_case"),
    ],
)
def test_markup_and_markers_are_no_part_of_what_is_said(text: str, said: str) -> None:
    assert plain(text) == said


def test_clauses_say_something_each_and_are_the_whole_together() -> None:
    said = "KelpNet counts canopy fronds in images, while Lichen-SLAM maps rock faces by their texture, and fast."
    assert len(clauses(said)) == 2
    assert "".join(clauses(said)) == said


@given(st.text())
def test_never_raises(text: str) -> None:
    claims(text)
    said = plain(text)
    assert "".join(clauses(said)) == said
