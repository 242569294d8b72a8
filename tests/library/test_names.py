"""Names of authors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.names import Name, parse_name, readings


@pytest.mark.parametrize(
    ("text", "family", "given", "suffix"),
    [
        ("He, Di", "He", "Di", ""),
        ("Di He", "He", "Di", ""),
        ("D. He", "He", "D.", ""),
        ("\u00a0 Sun, Jiacheng ", "Sun", "Jiacheng", ""),
        ("van der Maaten, Laurens", "van der Maaten", "Laurens", ""),
        ("Laurens van der Maaten", "van der Maaten", "Laurens", ""),
        ("Laurens Van Der Maaten", "Van Der Maaten", "Laurens", ""),
        ("Maaten, Laurens van der", "van der Maaten", "Laurens", ""),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig", ""),
        ("van Beethoven", "van Beethoven", "", ""),
        ("Martin Luther King Jr.", "King", "Martin Luther", "Jr."),
        ("Martin Luther King, Jr.", "King", "Martin Luther", "Jr."),
        ("King, Jr., Martin Luther", "King", "Martin Luther", "Jr."),
        ("King ML", "King", "ML", ""),
        ("Di HE", "HE", "Di", ""),
        ("Plato", "Plato", "", ""),
        ("何迪", "何迪", "", ""),
        ("何 迪", "何", "迪", ""),
        ("何，迪", "何", "迪", ""),  # noqa: RUF001
        ("Ai Weiwei", "Weiwei", "Ai", ""),
        ("The Harbour Collaboration", "The Harbour Collaboration", "", ""),
        ("{Tide and Weather Office}", "Tide and Weather Office", "", ""),
        ("Orr,", "Orr", "", ""),
        (", Orr", "Orr", "", ""),
    ],
)
def test_parse(text: str, family: str, given: str, suffix: str) -> None:
    assert parse_name(text) == Name(family, given, suffix)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", ",", "{}", "...", " , ; "])
def test_no_name(text: str) -> None:
    with pytest.raises(ValueError, match="is no name"):
        parse_name(text)


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("van der Maaten, Laurens", "Laurens van der Maaten"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("何 迪", "何迪"),
        ("何迪", "何迪"),
    ],
)
def test_display(text: str, display: str) -> None:
    assert parse_name(text).display == display


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("He, Di", "Di He"),
        ("HE, DI", "Di He"),
        ("Müller, Jörg", "Jorg Muller"),
        ("Łukasz Øre", "Lukasz Ore"),
        ("O\u2019Neil, Seán", "Sean O'Neil"),
        ("Poquelin, Jean-Baptiste", "Jean Baptiste Poquelin"),
        ("何 迪", "何迪"),
    ],
)
def test_key_joins_spellings(one: str, two: str) -> None:
    assert parse_name(one).key == parse_name(two).key
    assert parse_name(one).matches(parse_name(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [("He, Di", "Di, He"), ("He, Di", "He, D."), ("Иван Петров", "Иван Петрой"), ("がく", "かく")],
)
def test_key_keeps_names_apart(one: str, two: str) -> None:
    assert parse_name(one).key != parse_name(two).key


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("He, Di", "D. He", True),
        ("He, Di", "He", True),
        ("Di He", "Dan He", False),
        ("Di He", "Di Ho", False),
        ("J.-B. Poquelin", "Jean Baptiste Poquelin", True),
        ("J. Poquelin", "Jean-Baptiste Poquelin", True),
        ("J. C. Poquelin", "Jean-Baptiste Poquelin", False),
        ("Poquelin JB", "Jean-Baptiste Poquelin", True),
        ("Andrew Orr", "Andrew Y. Orr", True),
        ("Martin King", "Martin Luther King", False),
        ("Xiao-Ming Li", "Xiaoming Li", True),
        ("Garcia-Lopez, Ana", "Ana Garcia Lopez", False),
        ("Garcia-Lopez, Ana", "Garcia Lopez, A.", True),
        ("King, Jr., Martin", "King, Sr., Martin", False),
        ("King, Jr., Martin", "Martin King", True),
        ("何迪", "何 迪", True),
        ("何迪", "何明", False),
    ],
)
def test_matches(one: str, two: str, same: bool) -> None:
    assert parse_name(one).matches(parse_name(two)) is same
    assert parse_name(two).matches(parse_name(one)) is same


@pytest.mark.parametrize(
    ("typed", "author", "same"),
    [
        ("He Di", "Di He", True),
        ("he di", "He, Di", True),
        ("Di He", "He, Di", True),
        ("He, Di", "Di, He", False),
        ("van der Maaten Laurens", "Laurens van der Maaten", True),
        ("van gogh", "Vincent van Gogh", True),
        ("Ana Garcia Lopez", "Garcia-Lopez, Ana", True),
        ("Maaten", "Laurens van der Maaten", False),
    ],
)
def test_readings(typed: str, author: str, same: bool) -> None:
    found = readings(typed)
    assert found[0] == parse_name(typed)
    assert any(reading.matches(parse_name(author)) for reading in found) is same


WORD = st.sampled_from(["Ana", "Lopez", "Orr", "Moreau", "Seán", "Jörg", "Xin", "D.", "J.-B.", "Iwona", "Петров"])
FULL = WORD.filter(lambda word: not word.endswith("."))


@given(family=FULL, given_name=st.lists(WORD, min_size=1, max_size=3).map(" ".join))
def test_both_orders_are_one_name(family: str, given_name: str) -> None:
    inverted, spoken = parse_name(f"{family}, {given_name}"), parse_name(f"{given_name} {family}")
    assert inverted == spoken
    assert inverted.key == spoken.key
    assert parse_name(inverted.display) == inverted


NAMES = st.builds(Name, FULL, st.lists(WORD, max_size=2).map(" ".join), st.sampled_from(["", "Jr.", "III"]))


@given(one=NAMES, two=NAMES)
def test_matching_is_symmetric_and_reflexive(one: Name, two: Name) -> None:
    assert one.matches(one)
    assert one.matches(two) == two.matches(one)
    assert one.key != two.key or one.matches(two)


@given(text=st.text(max_size=40))
def test_any_text_is_a_name_or_a_value_error(text: str) -> None:
    try:
        name = parse_name(text)
    except ValueError:
        return
    assert name.family
    assert name.key
    assert name.display
    assert name.matches(name)
    assert readings(text)[0] == name
