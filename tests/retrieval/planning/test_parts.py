"""What a user sees of a plan, and takes away."""

from __future__ import annotations

import pytest

from rag.retrieval.planning.parts import Part, parts, without
from rag.types import EVERYTHING, Doubt, Filters, Plan

FULL = Plan(
    "snow",
    "list",
    Filters(("Orla Wen",), "Annals of Imagined Ice", (2020, None), ("D. Okafor",), ("ICRA",), ("link",), (1, 1)),
    topic="snow",
)


def test_every_part_of_a_plan_is_shown() -> None:
    assert parts(FULL) == (
        Part("kind", "list"),
        Part("author", "Orla Wen"),
        Part("without author", "D. Okafor"),
        Part("venue", "Annals of Imagined Ice"),
        Part("without venue", "ICRA"),
        Part("years", "2020–"),
        Part("without", "link"),
        Part("number of authors", "1"),
        Part("topic", "snow"),
    )


def test_a_fact_without_filters_has_no_parts() -> None:
    assert parts(Plan("What is KelpNet?", subjects=("KelpNet",))) == ()


def test_people_and_subjects_are_shown() -> None:
    assert parts(Plan("", "author", people=("Bo He",))) == (Part("kind", "author"), Part("author", "Bo He"))
    assert parts(Plan("", "compare", subjects=("TMT", "KelpNet")))[1:] == (
        Part("subject", "TMT"),
        Part("subject", "KelpNet"),
    )


@pytest.mark.parametrize("years", [(2020, 2020), (None, 2020), (2019, 2021)])
def test_years_in_words(years: tuple[int | None, int | None]) -> None:
    (part,) = parts(Plan("", filters=Filters(years=years)))
    assert part.value == {2020: "2020", None: "–2020", 2019: "2019–2021"}[years[0]]


def test_each_part_can_be_taken_away() -> None:
    for part in parts(FULL):
        left = without(FULL, [part])
        assert part not in parts(left)
        assert part.name == "kind" or parts(left) == tuple(each for each in parts(FULL) if each != part)


def test_without_anything_a_plan_is_for_a_fact_of_all_papers() -> None:
    left = without(FULL, parts(FULL))
    assert (left.kind, left.filters, left.topic, left.question) == ("fact", EVERYTHING, "", "snow")


def test_taking_nothing_away() -> None:
    assert without(FULL, []) == FULL
    assert without(FULL, [Part("venue", "another")]) == FULL


def test_a_kind_that_is_no_longer_possible_is_a_fact() -> None:
    author = Plan("work", "author", people=("Bo He",))
    assert without(author, [Part("author", "Bo He")]).kind == "fact"
    two = Plan("", "compare", subjects=("TMT", "KelpNet"))
    assert without(two, [Part("subject", "TMT")]).kind == "fact"
    three = Plan("", "compare", subjects=("TMT", "KelpNet", "PollenGAN"))
    assert without(three, [Part("subject", "TMT")]).subjects == ("KelpNet", "PollenGAN")


def test_authors_of_a_digest_limit_a_fact_once_its_kind_is_gone() -> None:
    author = Plan("glaciers", "author", people=("Bo He",))
    assert without(author, [Part("kind", "author")]).filters.authors == ("Bo He",)


def test_a_doubt_goes_with_its_name() -> None:
    doubted = Plan("", "list", doubts=(Doubt("He", ("Bo He", "Di He"), known=True),))
    assert Part("author", "He") in parts(doubted)
    assert without(doubted, [Part("author", "He")]).doubts == ()


def test_chosen_papers_and_sources_are_parts() -> None:
    plan = Plan("", "list", Filters(papers=("a", "b"), sources=("/x/one.bib", "/x/two.bib")))
    shown = (Part("papers", "2 chosen papers"), Part("source", "/x/one.bib"), Part("source", "/x/two.bib"))
    assert parts(plan)[1:] == shown
    assert parts(Plan("", filters=Filters(papers=("a",)))) == (Part("papers", "1 chosen paper"),)
    assert without(plan, [shown[0]]).filters == Filters(sources=("/x/one.bib", "/x/two.bib"))
    assert without(plan, shown[:2]).filters == Filters(sources=("/x/two.bib",))


def test_a_list_of_papers_like_none_is_none() -> None:
    plan = Plan("", "list", asks="similar", subjects=("KelpNet",))
    left = without(plan, [Part("subject", "KelpNet")])
    assert (left.kind, left.asks) == ("fact", "contents")
