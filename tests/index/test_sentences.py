"""Where sentences begin and end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.sentences import sentence_spans, sentences

ABSTRACT_LIKE = st.lists(
    st.sampled_from(
        [
            ".",
            "!",
            "?",
            "…",
            '"',
            ")",
            "(",
            "1",
            "3.14",
            "e.g.",
            "et al.",
            "Fig.",
            "A",
            "We",
            "it",
            " ",
            "\n",
            "\u00a0",
            "é",
            "云",
        ]
    ),
    max_size=60,
).map("".join)


def assert_covers(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for first, last in spans:
        assert end <= first < last <= len(text)
        assert not text[end:first].strip()
        assert text[first:last] == text[first:last].strip()
        end = last
    assert not text[end:].strip()
    assert sentences(text) == [text[first:last] for first, last in spans]


@given(st.text())
def test_spans_cover_any_text_in_order(text: str) -> None:
    assert_covers(text)


@given(ABSTRACT_LIKE)
def test_spans_cover_what_looks_like_an_abstract(text: str) -> None:
    assert_covers(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
def test_blanks_hold_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "One two without a stop",
        "We sail. | It works! | Does it? | Yes… | Boats float.",
        "We follow Vale et al. Their boats sink.",
        "As Vale et al. (2020) show, boats sink. | We agree.",
        "The error falls to 3.14 from 5.2. | It is small.",
        "The error is 0.5. | 3 boats sank.",
        "J. Vale and W. A. Halloway sailed. | They won.",
        "J. Weaver and K. Theis sailed. | They won.",
        "See https://example.org/a.b?c=D. | It is open. | Also at www.example.org. | Try it.",
        "Small boats, e.g. Dinghies, sink; i.e. They are lost. | We differ.",
        "Boats (cf. Fig. 2 and Eqs. 3 to 5) sink. | See Tab. 4.",
        "Oars vs. Sails: a comparison. | Sails win.",
        "The gain w.r.t. Rowing is large. | It is 5 % resp. 6 %.",
        "(1) Boats sink. | (2) Oars break. | (3) We swim.",
        "1) Boats sink. | 2) Oars break.",
        "1. Boats sink. | 2. Oars break.",
        'He says "Boats sink." | They do. | "Really?" | Yes.',
        "“Boats sink.” | ‘Oars break.’ | (They do.) | So we swim.",
        "We ask: do boats sink? yes, they do. | We show it.",
        "Boats sink ... and oars break. | So it is.",
        "Boats sink!! | Oars break?! | So it is.",
        "We sail a boat of type C. | It sinks.",
        "The cost is $5. | $x$ is the weight. | \\alpha is small.",
        "It is by No. 5 of the series. | We keep it.",
        "We use U.S. rivers and Dr. Vale's boat. | It sinks.",
        "Élan is shown. | Über boats. | Ångström scales.",
        "First paragraph.\n\n | Second paragraph.",
    ],
)
def test_sentences_end_where_a_reader_says(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert sentences(text.replace("| ", "")) == expected


def test_spans_are_exact_among_odd_blanks() -> None:
    text = "\n  One.\u00a0 Two\tends.\n\nThree. "
    assert [text[first:last] for first, last in sentence_spans(text)] == ["One.", "Two\tends.", "Three."]


@pytest.mark.parametrize("unit", [".", "?! ", '."', "al. X ", "… ", "a. ", ". A"])
def test_odd_text_takes_no_longer_than_any_other(unit: str) -> None:
    began = time.perf_counter()
    sentence_spans(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    "text",
    [
        "It uses a decomposition (aka. CPD) to cut the cost.",
        "It holds (see Table A. All rows) for every case.",
    ],
)
def test_a_stop_inside_brackets_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_a_bracket_that_is_never_closed_does_not_join_sentences() -> None:
    long = "This ( is left open " + "and goes on " * 12 + "for long."
    assert sentences(f"{long} Next one.") == [long, "Next one."]
    assert sentences("(One in brackets.) Two.") == ["(One in brackets.)", "Two."]
