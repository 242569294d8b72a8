"""Years that limit papers, and numbers that do not."""

from __future__ import annotations

from datetime import date

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.plan import plan
from rag.retrieval.planning.years import years_in
from rag.types import EVERYTHING, Filters

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("papers since 2024", (2024, None)),
        ("papers after 2021", (2022, None)),
        ("papers before 2020", (None, 2019)),
        ("papers from 2018 onwards", (2018, None)),
        ("papers from 2018 until now", (2018, None)),
        ("papers until 2018", (None, 2018)),
        ("papers no later than 2018", (None, 2018)),
        ("papers between 2020 and 2022", (2020, 2022)),
        ("papers from 2020 to 2022", (2020, 2022)),
        ("snow 2019-2024", (2019, 2024)),
        ("from 2022 to 2019", (2019, 2022)),
        ("snow 2019–24", (2019, 2024)),
        ("papers of 2020 and 2021", (2020, 2021)),
        ("papers in 2020", (2020, 2020)),
        ("2020 papers", (2020, 2020)),
        ("Quill (2022)", (2022, 2022)),
        ("the nineties", (1990, 1999)),
        ("papers from the 2010s", (2010, 2019)),
        ("papers of the 90s", (1990, 1999)),
        ("this year", (2026, 2026)),
        ("last year", (2025, 2025)),
        ("in the last five years", (2022, None)),
        ("over the past decade", (2017, None)),
        ("since the year before last", (2024, None)),
        ("three years ago", (2023, 2023)),
        ("Back in 2012 all was hardware; has it grown since then?", (2012, None)),
    ],
)
def test_years(text: str, years: tuple[int | None, int | None]) -> None:
    assert years_in(text, TODAY).years == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KITTI 2012",
        "WMT 2014 English-German",
        "before it",
        "since then",
        "p. 2012.5",
        "year 3024",
        "the snakes of 2007, 2015 and 2020",
    ],
)
def test_no_years(text: str) -> None:
    assert years_in(text, TODAY).years is None


def test_the_text_has_a_mark_in_their_place() -> None:
    assert years_in("papers since 2020 on ice", TODAY).text == "papers ⟨years0⟩ on ice"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2018 football World Cup?",
        "Is it trained on 2000 images?",
        "What accuracy does KelpNet reach on ImageNet 2012?",
        "What happened in the bays in 2019?",
    ],
)
def test_a_fact_is_from_any_year(invented: Assistant, question: str) -> None:
    planned = plan(invented.library, question, EVERYTHING, TODAY)
    assert (planned.kind, planned.filters) == ("fact", EVERYTHING)
    assert planned.question == question


def test_a_fact_of_a_paper_of_a_year(invented: Assistant) -> None:
    planned = plan(invented.library, "What error does the 2021 paper on kelp report?", EVERYTHING, TODAY)
    assert (planned.kind, planned.filters) == ("fact", Filters(years=(2021, 2021)))


def test_the_present_year_is_known(invented: Assistant) -> None:
    years = plan(invented.library, "papers from this year", EVERYTHING).filters.years
    assert years is not None
    assert years[0] == years[1]
