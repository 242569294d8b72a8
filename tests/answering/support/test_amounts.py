"""Numbers and their units: what is equal, what is not, and what is no number at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.support.amounts import agree, amounts, items


def written(text: str) -> list[tuple[str, str]]:
    """Value and unit of every amount."""
    return [(f"{amount.value:f}", amount.unit) for amount in amounts(text)]


@pytest.mark.parametrize(
    ("forms", "value", "unit"),
    [
        (["21K", "21k", "21,000", "21000", "21 thousand", "twenty-one thousand"], "21000", ""),
        (["66.0%", "66%", "66 %", "66 percent", "66 per cent", "66 percentage points"], "66", "%"),
        (
            [
                "20×",
                "20x",
                "20 times",
                "20-fold",
                "20fold",
                "twentyfold",
                "a factor of 20",
                "twenty times",
                "a factor of twenty",
            ],
            "20",
            "×",
        ),
        (["1.5M", "1.5 million", "1,500,000", "1.5×10^6", "1.5 × 10⁶", "1.5e6"], "1500000", ""),
        (["10^5", "10⁵", "100,000", "a hundred thousand", "1e5"], "100000", ""),
        (["1e-4", "10^-4", "10^(-4)", "10⁻⁴", "0.0001", ".0001"], "0.0001", ""),
        (["\u22123", "-3", "(-3)"], "-3", ""),
        (["4 ms", "4ms", "4 milliseconds", "four milliseconds"], "4", "ms"),
        (["9 h", "9 hours", "nine GPU hours", "9-hour"], "9", "h"),
        (["8 GB", "8GB"], "8", "GB"),
        (["22 frames per second", "22 fps", "22 FPS"], "22", "fps"),
        (["4-bit", "four bits"], "4", "bit"),
        (["2 GHz"], "2", "GHz"),
    ],
)
def test_forms_of_one_amount_are_equal(forms: list[str], value: str, unit: str) -> None:
    for form in forms:
        assert written(form) == [(value, unit)], form
        assert written(f"It takes {form}, they say.") == [(value, unit)], form


@pytest.mark.parametrize("text", ["256x256", "256×256", "256 x 256", "256 × 256"])
def test_sizes_are_two_numbers(text: str) -> None:
    assert written(f"images of {text} pixels") == [("256", ""), ("256", "")]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and ImageNet-1k",
        "CIFAR-10",
        "miniF2F",
        "an F1 score in 3D",
        "ResNet50",
        "at https://example.org/kelp2/7 or www.example.org/3",
        "(1) this; (2) that",
        "first, 1) this, 2) that",
        "(i) this",
        "version 3.5.1",
        "",
    ],
)
def test_digits_of_names_addresses_and_items_are_no_amounts(text: str) -> None:
    assert written(text) == []


def test_the_number_in_a_bracket_is_no_item() -> None:
    assert written("divers (n = 7) swam") == [("7", "")]
    assert items("divers (n = 7) swam") == []


def test_ranges_and_lists_share_what_stands_after_the_last() -> None:
    assert written("from 10 to 20%") == [("10", "%"), ("20", "%")]
    assert written("1-5 ms") == written("1 to 5 ms") == [("1", "ms"), ("5", "ms")]
    (claimed, _), (stated,) = amounts("3 to 8 billion"), amounts("3B")
    assert agree(claimed, stated)


@pytest.mark.parametrize(
    ("claimed", "stated", "same"),
    [
        ("85%", "85%", True),
        ("85%", "85 papers", False),
        ("85 papers", "85%", False),
        ("an accuracy of 74.4", "74.4%", True),
        ("9", "9 hours", True),
        ("9 hours", "9 ms", False),
        ("9 hours", "9", False),
        ("-3", "3", False),
        ("3", "-3", True),
        ("four", "4", True),
        ("2.7", "27", False),
        ("2 times", "it halves, then doubles", True),
        ("50%", "half of them", True),
    ],
)
def test_a_claim_may_leave_a_unit_away_but_not_change_it(claimed: str, stated: str, same: bool) -> None:
    (own,) = amounts(claimed)
    assert any(agree(own, other) for other in amounts(stated, loosely=True)) is same


@given(st.text())
def test_never_raises_and_stays_within_the_text(text: str) -> None:
    for amount in amounts(text, loosely=True):
        assert 0 <= amount.start < amount.end <= len(text)


@given(st.text(alphabet="0123456789.,-\u2212^×xeE%KMB() ⁵⁻to", max_size=30))
def test_never_raises_on_what_looks_like_numbers(text: str) -> None:
    amounts(text)


@given(st.integers(min_value=1, max_value=999_999_999), st.sampled_from(["", "%", " ms", " GB", "×"]))
def test_separators_change_nothing(number: int, unit: str) -> None:
    ((own,), (other,)) = amounts(f"about {number}{unit} here"), amounts(f"about {number:,}{unit} here")
    assert agree(own, other) and agree(other, own)
    (next_one,) = amounts(f"about {number + 1}{unit} here")
    assert not agree(own, next_one)
