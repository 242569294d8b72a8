from __future__ import annotations

import pytest

from rag.retrieval.labels import labels
from rag.retrieval.phrase_counts import PhraseCounts
from rag.retrieval.phrases import Finder, Reader, aliases, singular
from rag.retrieval.shifts import frequent, shifts

OTHERS = [("Tides in narrow bays", "We measure tides."), ("Tides and the moon", "Tides follow the moon.")]


def label(*papers: tuple[str, str]) -> str:
    """The label of a group of papers beside one about tides."""
    return labels([*papers, *OTHERS], [range(len(papers)), range(len(papers), len(papers) + 2)])[0]


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        # The whole phrase, not a part of it that says less.
        (
            [("Sparse kelp forest models", "A kelp forest grows."), ("Old kelp forest models", "The kelp forest.")],
            "Kelp forest models",
        ),
        # Written out, if it is anywhere.
        (
            [
                ("Drift of USVs", "Unmanned surface vessels (USVs) drift. USVs turn."),
                ("USVs at night", "USVs see nothing."),
            ],
            "Unmanned surface vessels",
        ),
        # The capitals of names stay; those of titles go.
        (
            [("Bayesian Knot Counting", "We do Bayesian knot counting."), ("Bayesian Knot Counting Again", "Knots.")],
            "Bayesian knot counting",
        ),
        # Of many things, if it is mostly written so.
        (
            [("Moth Traps", "Moth traps catch moths. A moth trap glows."), ("Better Moth Traps", "New moth traps.")],
            "Moth traps",
        ),
        # Hyphens do not part what is the same.
        (
            [("Chain-of-thought for crabs", "A chain of thought."), ("Longer chain-of-thought", "It thinks.")],
            "Chain-of-thought",
        ),
    ],
)
def test_says_what_papers_share_as_they_write_it(papers: list[tuple[str, str]], expected: str) -> None:
    assert label(*papers) == expected


@pytest.mark.parametrize(
    "papers",
    [
        [
            ("We propose novel methods", "We propose a novel method."),
            ("Proposing a novel method", "It is based on it."),
        ],
        [("Exploiting wind", "We work slowly."), ("Rethinking rain", "We work slowly.")],
        [("Wind", "It blows."), ("Rain", "It falls.")],
    ],
)
def test_what_all_papers_say_is_no_label(papers: list[tuple[str, str]]) -> None:
    assert label(*papers) == ""


def test_two_groups_never_have_the_same_label() -> None:
    papers = [("Kelp farms", "On kelp farms.")] * 4 + OTHERS

    first, second, _ = labels(papers, [[0, 1], [2, 3], [4, 5]])

    assert first == "Kelp farms"
    assert second != first


def test_a_second_phrase_is_for_the_papers_that_lack_the_first() -> None:
    papers = [(f"Coral reefs {name}", "Reefs.") for name in "abc"] + [
        (f"Deep vents {name}", "Vents.") for name in "defgh"
    ]

    assert label(*papers) in ("Deep vents", "Deep vents and coral reefs")


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("models", "model"),
        ("studies", "study"),
        ("classes", "class"),
        ("cameras", "camera"),
        ("Loss", "loss"),
        ("s", "s"),
    ],
)
def test_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("large kelp beds (LKBs) grow", {"lkb": "large kelp bed"}),
        ("Simultaneous Localization and Mapping (SLAM)", {"slam": "simultaneou localization and mapping"}),
        ("crab-of-sea (COS)", {"cos": "crab of sea"}),
        ("we call it (ABC)", {}),
        ("(ABC) at the start", {}),
        ("no end (AB", {}),
    ],
)
def test_acronyms_are_known_where_a_text_spells_them_out(text: str, expected: dict[str, str]) -> None:
    assert aliases([text]) == expected


def test_acronym_that_means_two_things_means_nothing() -> None:
    assert aliases(["mutual interest (MI)", "motor imagery (MI)"]) == {}


def test_a_phrase_is_found_in_all_its_forms() -> None:
    reader = Reader({"llm": "large language model"})
    finder = Finder([("large", "language", "model")])
    text = "LLMs and large language models: a Large-Language-Model."

    assert finder.find(reader.words(text)) == {("large", "language", "model"): 3}
    assert finder.ended[("large", "language", "model")] == 3


def test_a_part_of_a_longer_phrase_tells_nothing() -> None:
    counts = PhraseCounts([("Deep sea cucumber farms", "Sea cucumber farms pay.")] * 3)

    assert counts.telling(("sea", "cucumber", "farm")) > 0
    assert counts.telling(("cucumber", "farm")) == 0


def test_shifts_are_counted_per_paper() -> None:
    before = [(f"Sail boats of {name}", "Sail boats, sail boats.") for name in "abcdefghij"]
    after = [(f"Electric ferries of {name}", "They hum.") for name in "abcdefghi"] + [("Sail boats last", "Rare.")]

    rising, falling = shifts(before, after, 5)

    assert (rising[0].label, len(rising[0].papers), rising[0].elsewhere) == ("Electric ferries", 9, 0)
    assert (falling[0].label, len(falling[0].papers), falling[0].elsewhere) == ("Sail boats", 10, 1)


def test_small_differences_are_no_shifts() -> None:
    both = [(f"Sail boats of {name}", "Sail boats.") for name in "abcde"]

    assert shifts(both, both[:4], 5) == ([], [])
    assert shifts([], [], 5) == ([], [])


def test_frequent_phrases_come_with_the_papers_that_have_them() -> None:
    texts = [("Sail boats", "They sail."), ("Wooden sail boats", "Old."), ("Rowing", "Sail boats are faster.")]

    found = frequent(texts, 3)

    assert found[0].label == "Sail boats"
    assert set(found[0].papers) == {0, 1, 2}
    assert frequent([], 3) == []
