from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import no_progress, put
from model_server import Fails, ModelServer
from scripted import shown_papers
from surveying import library_of, record, survey

from rag.answering.llm.client import LanguageModel
from rag.assistant import Assistant
from rag.types import Filters, Plan, Record

WHOLE = Plan("What is this library about?", "overview")


def test_opening_counts_papers_years_and_venues(invented: Assistant) -> None:
    told = survey(invented.indexes, WHOLE)

    assert told.text.startswith("The library has 12 papers, from 2019 to 2024, in *Journal of Invented Oceans* (3), ")
    assert "; the year of 1 is not known." in told.text
    assert not told.outcome.refused
    assert told.outcome.model == "extractive"


def test_themes_of_the_seeds_count_every_paper(seeds: Assistant) -> None:
    told = survey(seeds.indexes, WHOLE)

    headings = [line for line in told.text.splitlines() if line.startswith("### ")]
    counts = [int(line.rpartition("(")[2].rstrip(")")) for line in headings]
    assert sum(counts) == seeds.library.count("papers")
    assert len(headings) == len(set(headings)) >= 2
    assert len(told.citations) >= 2 * len(headings)
    assert told.outcome.offers


def test_papers_are_quoted_with_title_and_year(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("x", "overview", Filters(venue="Journal of Invented Oceans")))

    assert "- **KelpNet: Counting Canopy Fronds from Drifting Buoys** (2021): We propose KelpNet, " in told.text
    assert len(told.citations) == 3
    assert all(citation.supported for citation in told.citations)


@pytest.mark.parametrize(
    ("plan", "count", "spoken"),
    [
        (Plan("x", "overview", Filters(years=(2022, 2022))), 2, "2 papers from 2022 (of 12 in all)"),
        (Plan("x", "overview", Filters(years=(2021, 2023))), 6, "6 papers from 2021 to 2023 (of 12 in all)"),
        (Plan("x", "overview", Filters(years=(None, 2020))), 2, "2 papers until 2020 (of 12 in all)"),
        (Plan("x", "overview", Filters(authors=("Bo He",))), 3, "3 papers by Bo He (of 12 in all)"),
        (Plan("x", "overview", people=("Bo He",)), 3, "3 papers by Bo He (of 12 in all)"),
        (Plan("x", "overview", topic="language models"), 2, "2 papers about “language models” (of 12 in all)"),
    ],
)
def test_counts_what_filters_and_topic_leave(invented: Assistant, plan: Plan, count: int, spoken: str) -> None:
    told = survey(invented.indexes, plan)

    assert told.text.startswith(f"The library has {spoken}")
    assert len({citation.paper_id for citation in told.citations}) == min(count, 4) or count > 4


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan("x", "overview", Filters(years=(2031, 2031))), "no papers from 2031; its papers are from 2019 to 2024."),
        (Plan("x", "overview", topic="quantum gravity"), "no papers about “quantum gravity”; its papers"),
        (Plan("x", "overview", Filters(venue="NeurIPS")), "most of them in *Conference on Made-up Learning*"),
        (Plan("x", "trend", Filters(authors=("Nobody Atall",))), "no papers by Nobody Atall"),
    ],
)
def test_nothing_there_is_refused_with_what_there_is(invented: Assistant, plan: Plan, says: str) -> None:
    told = survey(invented.indexes, plan)

    assert says in told.text
    assert told.outcome.refused
    assert not told.citations


def test_empty_library(tmp_path: Path) -> None:
    with library_of(tmp_path, []) as indexes:
        assert survey(indexes, WHOLE).outcome.refused
        assert "no papers yet" in survey(indexes, Plan("x", "trend")).text


def test_one_paper_is_quoted(tmp_path: Path) -> None:
    with library_of(tmp_path, [record(1, "kelp")]) as indexes:
        told = survey(indexes, WHOLE)

    assert told.text.startswith("The library has 1 paper; its year is not known.")
    assert [citation.quote for citation in told.citations] == ["We propose method1 for kelp."]
    assert "###" not in told.text


def test_paper_without_abstract_is_cited_by_its_title(tmp_path: Path) -> None:
    with library_of(tmp_path, [Record("line 1", "Nothing but a Title")]) as indexes:
        told = survey(indexes, WHOLE)

    assert told.citations[0].quote == "Nothing but a Title"


def test_themes_of_many_papers(tmp_path: Path) -> None:
    subjects = ("coral bleaching", "glacier calving", "beehive acoustics", "moth navigation")
    papers = [record(number, subjects[number % 4], 2000 + number % 3) for number in range(80)]
    with library_of(tmp_path, papers) as indexes:
        told = survey(indexes, WHOLE)
        again = survey(indexes, WHOLE)

    assert told == again
    headings = re.findall(r"^### (.+) \((\d+)\)$", told.text, re.MULTILINE)
    assert sum(int(papers) for _, papers in headings) == 80
    assert {"Coral bleaching", "Glacier calving"} <= {label for label, _ in headings}


def test_new_papers_make_new_themes(tmp_path: Path) -> None:
    with library_of(tmp_path, [record(number, "coral bleaching") for number in range(8)]) as indexes:
        before = survey(indexes, WHOLE)
        put(indexes.library, [record(number, "moth navigation") for number in range(8, 16)], source="more")
        indexes.sync(no_progress)
        after = survey(indexes, WHOLE)

    assert "Moth navigation" not in before.text
    assert "### Moth navigation (" in after.text


def test_what_is_new_in_a_year_is_counted_against_the_years_before(tmp_path: Path) -> None:
    old = [record(number, "coral bleaching", 2010 + number % 5) for number in range(20)]
    new = [record(number, "moth navigation" if number % 2 else "coral bleaching", 2020) for number in range(20, 40)]
    with library_of(tmp_path, [*old, *new]) as indexes:
        told = survey(indexes, Plan("x", "overview", Filters(years=(2020, 2020))), "What's new in 2020?")

    assert "### More from 2020 than before\n" in told.text
    assert "- *Moth navigation*: 10 of 20 papers from 2020, none of 20 until 2019. **" in told.text


def test_too_little_before_to_say_what_is_new(invented: Assistant) -> None:
    told = survey(invented.indexes, Plan("x", "overview", Filters(years=(2022, None))), "What's new since 2022?")

    assert "there are too few to compare what they are about." in told.text


def test_most_named_is_counted(tmp_path: Path) -> None:
    papers = [record(number, "deep kelp networks" if number % 3 else "sonar") for number in range(9)]
    with library_of(tmp_path, papers) as indexes:
        told = survey(indexes, WHOLE, "Which methods are used most often?")

    assert "### Named most\n\n- *Deep kelp networks*: 6 papers. " in told.text


def test_who_publishes_most(invented: Assistant) -> None:
    assert "Most papers are by Bo He (3), Ines Quill (3), Mateo Brandt (3) and" in survey(invented.indexes, WHOLE).text


@pytest.mark.parametrize("window", [2048, 8192])
def test_model_writes_of_the_themes(seeds: Assistant, model_at: Callable[..., LanguageModel], window: int) -> None:
    def answer(request: dict[str, object]) -> str:
        first, *_ = shown_papers(request)
        return f"{first.sentences[0].rstrip('.')} [{first.number}]. It costs 77,123 euros [{first.number}]."

    with ModelServer(answer) as server:
        told = survey(seeds.indexes, WHOLE, model=model_at(server.url, context_window=window))

    assert told.outcome.model == "small"
    assert told.outcome.problem is None
    assert len(told.outcome.unsupported) == 1
    assert "77,123 euros" in told.outcome.unsupported[0]
    assert " The themes are " in told.text
    assert "###" not in told.text
    assert told.text.startswith("The library has 19 papers")
    # A paper of each theme that the model left out.
    assert told.text.partition("Also:")[2].count("\n- **") == 2


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (Fails(500, "broken"), ""),
        ("CANNOT_ANSWER", "did not summarise"),
        ("They are all about cooking pasta in 77,123 ways [1].", "No abstract supports"),
    ],
)
def test_papers_are_quoted_where_the_model_fails(
    seeds: Assistant, model_at: Callable[..., LanguageModel], script: object, says: str
) -> None:
    with ModelServer(script) as server:  # type: ignore[arg-type]
        told = survey(seeds.indexes, WHOLE, model=model_at(server.url))

    assert told.outcome.problem is not None
    assert says in told.outcome.problem
    assert "\n### " in told.text
    assert sum(bool(citation.supported) for citation in told.citations) >= 6
    assert not told.outcome.refused
