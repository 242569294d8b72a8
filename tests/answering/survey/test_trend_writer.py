from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from model_server import ModelServer
from scripted import shown_papers
from surveying import library_of, record, survey

from rag.answering.llm.client import LanguageModel
from rag.answering.survey.direction import direction, fullest
from rag.answering.survey.yearly import Yearly, percent
from rag.assistant import Assistant
from rag.types import Filters, Plan

THIS_YEAR = date.today().year


def yearly(papers: dict[int, int], whole: dict[int, int] | None = None, this_year: int = 2030) -> Yearly:
    return Yearly(papers, whole or {}, 0, this_year)


def test_papers_per_year_are_those_of_the_library(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("How many papers per year?", "trend", asks="count"))

    counted = dict(invented.library.rows("SELECT year, count(*) FROM papers WHERE year IS NOT NULL GROUP BY year"))
    assert told.rows == [*((str(year), str(number)) for year, number in sorted(counted.items())), ("not known", "1")]
    assert "| Year | Papers |\n| --- | ---: |\n| 2019 | 1 |" in told.text
    assert told.text.startswith("The library has 12 papers, from 2019 to 2024; the year of 1 is not known.")
    assert not told.citations


def test_years_without_papers_are_shown(tmp_path: Path) -> None:
    with library_of(tmp_path, [record(1, "kelp", 2010), record(2, "kelp", 2013)]) as indexes:
        assert survey(indexes, Plan("x", "trend")).rows == [("2010", "1"), ("2011", "0"), ("2012", "0"), ("2013", "1")]


def test_share_of_the_library_where_a_topic_or_venue_is_asked_for(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("x", "trend", Filters(venue="Journal of Invented Oceans")))

    assert told.outcome.table is not None
    assert told.outcome.table.columns == ("Year", "Papers", "All papers", "Share")
    assert told.rows == [("2021", "2", "2", "100%"), ("2022", "0", "2", "0%"), ("2023", "1", "2", "50%")]


def test_no_known_year_is_said_in_one_sentence(seeds: Assistant) -> None:
    told = survey(seeds.indexes, Plan("How has the field changed?", "trend"))

    assert told.text == (
        "The library has 19 papers, but their years are not known: nothing can be said of how that changed over time."
    )
    assert told.outcome.refused


def test_few_papers_are_shown_in_order(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("x", "trend", topic="language models"))

    assert "too few papers to speak of a trend" in told.text
    assert len({citation.paper_id for citation in told.citations}) == 2


@pytest.mark.parametrize(
    ("question", "asks"),
    [("When did language models first show up?", "year"), ("When did language models appear here?", "contents")],
)
def test_first_appearance(invented: Assistant, question: str, asks: str) -> None:
    told = survey(invented.indexes, Plan(question, "trend", topic="language models", asks=asks))  # type: ignore[arg-type]

    assert told.text.startswith("The first papers are from 2024: **Do Language Models Know Knots?")
    assert {citation.year for citation in told.citations} == {2024}


@pytest.mark.parametrize("fails", [False, True])
def test_model_writes_of_few_papers(invented: Assistant, model_at: Callable[..., LanguageModel], fails: bool) -> None:
    def answer(request: dict[str, object]) -> str:
        return " ".join(f"{paper.sentences[0].rstrip('.')} [{paper.number}]." for paper in shown_papers(request))

    with ModelServer("CANNOT_ANSWER" if fails else answer) as server:
        told = survey(invented.indexes, Plan("x", "trend", topic="language models"), model=model_at(server.url))

    assert len({citation.paper_id for citation in told.citations}) == 2
    assert bool(told.outcome.problem) == fails
    assert told.outcome.model == ("extractive" if fails else "small")
    assert told.rows


def test_papers_that_the_model_leaves_out_are_quoted(
    invented: Assistant, model_at: Callable[..., LanguageModel]
) -> None:
    def answer(request: dict[str, object]) -> str:
        paper = next(paper for paper in shown_papers(request) if paper.sentences)
        return f"{paper.sentences[0].rstrip('.')} [{paper.number}]."

    with ModelServer(answer) as server:
        told = survey(invented.indexes, Plan("x", "trend"), model=model_at(server.url))

    assert len({citation.paper_id for citation in told.citations}) == 12
    [written] = told.outcome.written
    assert f"{written}\n\nAlso:\n\n- **" in told.text
    assert told.outcome.problem is None


def test_which_year_had_most(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("Which year had the most papers?", "trend", asks="year"))

    assert told.text.startswith("Most papers are from 2024 (3 papers).")


def test_what_was_before_the_years_asked_for(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("x", "trend", Filters(years=(2022, None)), asks="count"))

    assert "Before that, from 2019 to 2021, it has 4." in told.text


def test_what_changed_is_counted_and_cited(tmp_path: Path) -> None:
    papers = [record(number, "coral bleaching", 2010 + number % 3) for number in range(12)]
    papers += [record(number, "moth navigation", 2013 + number % 3) for number in range(12, 24)]
    with library_of(tmp_path, papers) as indexes:
        told = survey(indexes, Plan("How has the field changed?", "trend"))

    assert "### More since 2013\n\n- *Moth navigation*: 12 of 12 papers since 2013, none of 12 until 2012." in told.text
    assert "### Less since 2013\n\n- *Coral bleaching*: 12 of 12 papers until 2012, none of 12 since 2013." in told.text
    assert len(told.citations) == 2


def test_what_faded_after_a_year(tmp_path: Path) -> None:
    papers = [record(number, "coral bleaching", 2010) for number in range(10)]
    papers += [record(number, "moth navigation", 2013) for number in range(10, 22)]
    with library_of(tmp_path, papers) as indexes:
        told = survey(indexes, Plan("What was fashionable in 2010?", "trend", Filters(years=(2010, 2010))))

    assert "### More from 2010 than after\n\n- *Coral bleaching*: 10 of 10 papers from 2010" in told.text


def test_current_year_is_not_over(tmp_path: Path) -> None:
    with library_of(tmp_path, [record(number, "kelp", THIS_YEAR - number % 2) for number in range(4)]) as indexes:
        told = survey(indexes, Plan("x", "trend", asks="count"))

    assert f"The year {THIS_YEAR} is not over: it has 2 papers so far." in told.text
    assert told.rows[-1] == (f"{THIS_YEAR} (so far)", "2")


@pytest.mark.parametrize(
    ("papers", "whole", "said"),
    [
        ({2019: 3, 2020: 5, 2021: 9, 2022: 14}, None, ["Their number grew from 8 in 2019–2020 to 23 in 2021–2022."]),
        ({2019: 14, 2020: 9, 2021: 5, 2022: 3}, None, ["Their number fell from 23 in 2019–2020 to 8 in 2021–2022."]),
        (
            {2019: 5, 2020: 7, 2021: 6, 2022: 5},
            None,
            ["There is no clear direction: 12 in 2019–2020, 11 in 2021–2022."],
        ),
        ({2019: 3, 2020: 90, 2021: 30}, None, ["Their number grew from 3 in 2019 to 30 in 2021."]),
        ({2019: 2, 2020: 3, 2021: 2}, None, ["That is too few papers to speak of a trend."]),
        ({2019: 20, 2020: 30}, None, ["That is too few years to speak of a trend."]),
        # More papers, because the library has more of all.
        (
            {2019: 10, 2020: 0, 2021: 100},
            {2019: 100, 2020: 5, 2021: 1000},
            [
                "Their number grew from 10 in 2019 to 100 in 2021.",
                "As a share that is no clear change: from 10% of the library's papers of those years to 10%.",
            ],
        ),
        (
            {2019: 10, 2020: 0, 2021: 100},
            {2019: 20, 2020: 5, 2021: 1000},
            [
                "Their number grew from 10 in 2019 to 100 in 2021.",
                "As a share, that is less: from 50% of the library's papers of those years to 10%.",
            ],
        ),
    ],
)
def test_direction_is_only_said_where_it_is_clear(
    papers: dict[int, int], whole: dict[int, int] | None, said: list[str]
) -> None:
    assert list(direction(yearly(papers, whole))) == said


def test_the_current_year_has_no_part_in_the_direction() -> None:
    papers = {2026: 3, 2027: 5, 2028: 9, 2029: 14, 2030: 1}

    said = list(direction(yearly(papers)))

    assert said == [
        "Their number grew from 8 in 2026–2027 to 23 in 2028–2029.",
        "The year 2030 is not over: it has 1 paper so far.",
    ]


def test_fullest_years() -> None:
    assert fullest(yearly({2019: 5, 2020: 5, 2021: 1})) == "Most papers are from 2019 and 2020 (5 papers each)."
    assert fullest(yearly(dict.fromkeys(range(2019, 2025), 2))) == "No year has more than 2 papers."


@pytest.mark.parametrize(("part", "whole", "said"), [(0, 9, "0%"), (1, 30, "3.3%"), (1, 3, "33%"), (3, 3, "100%")])
def test_percent(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_the_middle_parts_the_papers_evenly() -> None:
    assert yearly({2019: 1, 2020: 1, 2021: 8, 2022: 10}).middle == 2022
    assert yearly({2019: 10, 2020: 1}).middle == 2020
