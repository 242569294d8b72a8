"""Comparisons as they are answered without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from telling import task, told

from rag.answering.citations import Numbering
from rag.answering.comparison.aspect import aspect
from rag.answering.comparison.key_phrases import peculiar, shared
from rag.answering.comparison.likeness import share_and_differ
from rag.answering.comparison.writer import write
from rag.answering.task import Outcome
from rag.assistant import Assistant
from rag.types import Citation, Filters, Plan
from tests.answering.comparison.papers import EIGHT, REEF, THEORY

MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


def answered(
    assistant: Assistant,
    question: str,
    subjects: Sequence[str] = (),
    *,
    people: Sequence[str] = (),
    topic: str = "",
    filters: Filters | None = None,
) -> tuple[str, Outcome, tuple[Citation, ...]]:
    plan = Plan(question, "compare", filters or Filters(), topic=topic, subjects=tuple(subjects), people=tuple(people))
    found = told(task(assistant.indexes, plan), write)
    assert found.outcome.refused == (not found.citations)
    return found.text, found.outcome, found.citations


def test_a_row_a_paper_and_what_sets_them_apart(invented: Assistant) -> None:
    text, outcome, citations = answered(invented, "Compare KelpNet and PollenGAN.", ["KelpNet", "PollenGAN"])
    assert outcome.table is not None
    assert outcome.table.columns == (
        "Paper", "Problem", "Approach", "Data and benchmarks", "Results", "Limits", "Code",
    )  # fmt: skip
    assert [row[0].text for row in outcome.table.rows] == [
        "KelpNet: Counting Canopy Fronds from Drifting Buoys (2021)",
        "PollenGAN: Synthetic Grains for Rare Species (2021)",
    ]
    known = {citation.marker for citation in citations}
    for row in outcome.table.rows:
        for cell in row[1:]:
            assert (cell.text == "not stated in the abstract") == (not cell.markers)
            assert known.issuperset(cell.markers)
    assert "| **KelpNet: Counting Canopy Fronds from Drifting Buoys (2021)** | Kelp forests" in text
    assert "Both appeared in *Journal of Invented Oceans* in 2021" in text
    assert "Only **KelpNet** speaks of “canopy fronds”" in text
    assert {citation.paper_id for citation in citations} == {"inv:1", "inv:9"}


def test_what_is_asked_comes_first(invented: Assistant) -> None:
    subjects = ["Lichen-SLAM", "KelpNet"]
    text, _, _ = answered(invented, "Which of Lichen-SLAM and KelpNet would you run on a small board?", subjects)
    assert text.startswith("- **Lichen-SLAM**: The method runs at 22 frames per second on an embedded board. [1]")
    assert "- **KelpNet**: the abstract does not speak of it in as many words." in text


def test_a_missing_side_is_said_and_the_other_told(invented: Assistant) -> None:
    text, outcome, citations = answered(invented, "KelpNet against DeepReef", ["KelpNet", "DeepReef"])
    assert text.startswith("The library has no paper on “DeepReef”; the nearest are *")
    assert outcome.table is not None
    assert len(outcome.table.rows) == 1
    assert "What they share" not in text
    assert {citation.paper_id for citation in citations} == {"inv:1"}


def test_without_any_side_it_is_refused(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, "Compare DeepReef and WhaleNet", ["DeepReef", "WhaleNet"])
    assert text.startswith("The library has no paper on “DeepReef” or on “WhaleNet”.\n\nThe nearest papers are:")
    assert outcome == Outcome(refused=True)


def test_both_sides_in_one_paper(invented: Assistant) -> None:
    subjects = ["lichen-slam", "orb features"]
    text, outcome, _ = answered(invented, "lichen-slam or orb features", subjects)
    assert "“lichen-slam” and “orb features” are in one paper of this library, **Lichen-SLAM**." in text
    assert "- “orb features”: On the CragBench benchmark" in text
    assert outcome.table is not None
    assert len(outcome.table.rows) == 1


def test_a_paper_without_an_abstract_has_its_title_cited(invented: Assistant) -> None:
    text, outcome, citations = answered(
        invented, "Compare ski tracks and listening to rain", ["ski tracks", "listening to rain"]
    )
    assert "The library has no abstract of **Soil Moisture from the Sound of Rain**." in text
    assert "Both are by Saoirse Lindqvist" in text
    assert outcome.table is not None
    assert outcome.table.rows[1][0].markers
    assert "inv:8" in {citation.paper_id for citation in citations}


def test_eight_sides(invented: Assistant) -> None:
    _, outcome, citations = answered(invented, " vs ".join(EIGHT), EIGHT)
    assert outcome.table is not None
    assert len(outcome.table.rows) == 8
    assert len({citation.paper_id for citation in citations}) == 8


def test_signs_of_markdown_stay_signs(invented: Assistant) -> None:
    text, _, _ = answered(invented, "Citing Oneself vs KelpNet", ["Citing Oneself", "KelpNet"])
    assert r"**Citing Oneself \[3\]: A Corpus of \*Bracketed\* Abstracts (2023)**" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8}


def test_papers_that_are_not_named(invented: Assistant) -> None:
    filters = Filters(authors=("Ines Quill",), years=(2022, 2022))
    text, outcome, _ = answered(invented, "Set Quill's two 2022 papers against each other", filters=filters)
    assert outcome.table is not None
    assert len(outcome.table.rows) == 2
    assert "Both are by Ines Quill" in text
    only, outcome, _ = answered(invented, "Compare the papers", filters=Filters(authors=("D. Okafor",)))
    assert "There is only one such paper in this library" in only
    none, outcome, _ = answered(invented, "Compare the papers of 1901", filters=Filters(years=(1901, 1901)))
    assert outcome.refused
    assert none.startswith("The library has nothing on")


def test_authors_side_by_side(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, "How do Bo He and Ines Quill compare?", people=["Bo He", "Ines Quill"])
    assert outcome.table is not None
    assert outcome.table.columns[0] == "Author"
    assert [[cell.text for cell in row[:3]] for row in outcome.table.rows] == [
        ["Bo He", "3", "2023–2024"],
        ["Ines Quill", "3", "2022–2024"],
    ]
    assert "**Together** Bo He and Ines Quill have 1 paper:" in text
    assert "Co-authors of both: Tobias Anker." in text


def test_authors_without_a_joint_paper(invented: Assistant) -> None:
    people = ["Saoirse Lindqvist", "Lise van der Moor"]
    text, outcome, _ = answered(invented, "both authors", people=people)
    assert "Saoirse Lindqvist and Lise van der Moor have no paper together in this library." in text
    assert not outcome.refused


def test_an_unknown_author_is_settled_first(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, "Bo He or Zoe Unknown?", people=["Bo He", "Zoe Unknown"])
    assert outcome.refused
    assert "Zoe Unknown" in text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Compare KelpNet and TMT.", False),
        ("KelpNet vs TMT: data, results, limits?", False),
        ("How do KelpNet and TMT differ in how they read memory?", True),
        ("kelpnet's memory vs tmt's", True),
    ],
)
def test_whether_something_in_particular_is_asked(question: str, asked: bool) -> None:
    assert bool(aspect(question, ["KelpNet", "TMT"])) is asked


def test_shared_and_peculiar_phrases() -> None:
    found = shared([[REEF], [THEORY]], lambda _: 1.0, 3)
    assert all(len({phrase.terms for phrase in alike}) == 1 for alike in found)
    own = [phrase.text for phrase in peculiar(REEF, [THEORY], lambda _: 1.0, 4)]
    assert "ReefNet" not in own  # its name says no difference
    assert {"KiteReef", "ShoalBank"} <= {*own}


def test_records_that_agree_are_told() -> None:
    text = "".join(share_and_differ([REEF, THEORY], Numbering(), lambda _: 1.0))
    assert "- Both are by Bo Li [" in text
    assert "- Both appeared in *Rope Letters* in 2021 [" in text
    assert "Only the abstract of **ReefNet** [" in text
    assert "says where its code is" in text
