"""Authors that questions name, in full or not, want or do not want."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.library.store import Library
from rag.retrieval.planning.authors import authors_in
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING, Record
from tests.invented import put


@pytest.mark.parametrize(
    ("question", "authors"),
    [
        ("What does Anker work on?", ("Anker",)),
        ("What does He work on?", ("He",)),
        ("papers by He", ("He",)),
        ("papers by he", ()),
        ("papers by brandt", ("brandt",)),
        ("Brandt", ("Brandt",)),
        ("and Brandt, please?", ("Brandt",)),
        ("Anker's drones", ("Anker",)),
        ("What is Brandt & Quill (2022) about?", ("Brandt", "Quill")),
        ("Did Brandt et al. count fronds?", ("Brandt",)),
        ("papers by D. Okafor", ("D. Okafor",)),
        ("d. okafor papers", ("d. okafor",)),
        ("Lindqvist, S.; titles only", ("Lindqvist, S.",)),
        ("Where do Quill and He usually publish?", ("Quill", "He")),
        ("papers by Wen, Brandt and Quill", ("Wen", "Brandt", "Quill")),
        ("how many papers have Lindqvist among the authors", ("Lindqvist",)),
        ("I'm meeting Prof. van der Moor tomorrow", ("van der Moor",)),
        ("What does the Anker model of harbours say?", ()),
        ("What is the law of Wen graphs?", ()),
        ("What can he do?", ()),
        ("Does Fungal Graphs work on molecules?", ()),
        ("What does KelpNet do?", ()),
        ("In S. cerevisiae, what grows?", ()),
        ("", ()),
    ],
)
def test_authors(invented: Assistant, question: str, authors: tuple[str, ...]) -> None:
    found = authors_in(invented.library, question)
    assert (found.authors, found.left_out, found.unknown) == (authors, (), ())


@pytest.mark.parametrize(
    ("question", "authors", "left_out"),
    [
        ("papers by Lindqvist but not with Okafor", ("Lindqvist",), ("Okafor",)),
        ("papers by Wen without Brandt or Anker", ("Wen",), ("Brandt", "Anker")),
        ("Give me all of Lindqvist's papers that Okafor is not on", ("Lindqvist",), ("Okafor",)),
        ("snow papers that are not by Saoirse Lindqvist", (), ("Saoirse Lindqvist",)),
        ("Bo He, not Ines Quill", ("Bo He",), ("Ines Quill",)),
    ],
)
def test_authors_left_out(
    invented: Assistant, question: str, authors: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert (*planned.filters.authors, *planned.people) == authors
    assert planned.filters.without_authors == left_out


@pytest.mark.parametrize(
    ("question", "written", "choice"),
    [
        ("What has Orla Wenn worked on?", "Orla Wenn", "Orla Wen"),
        ("whta has orla wenn worked on", "orla wenn", "Orla Wen"),
        ("Sairse Lindquist research summary", "Sairse Lindquist", "Saoirse Lindqvist"),
        ("papers by Brant", "Brant", "Mateo Brandt"),
        ("Jonas Fairweather, what did he publish on?", "Jonas Fairweather", None),
    ],
)
def test_names_nobody_has(invented: Assistant, question: str, written: str, choice: str | None) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    (doubt,) = planned.doubts
    assert (doubt.written, doubt.known) == (written, False)
    assert choice is None or choice in doubt.choices
    assert planned.filters.authors == planned.people == ()


@pytest.mark.parametrize(
    "question",
    [
        "What does Barnacle Splitting do?",
        "How does the Fairweather filter work?",
        "Compare Tidal Memory with Barnacle Graphs",
        "Which papers are about Bayesian Networks?",
        "What is a Gaussian process?",
        "work on Reward Splitting",
    ],
)
def test_what_is_no_name_of_a_person_is_no_doubt(invented: Assistant, question: str) -> None:
    assert plan(invented.library, question, EVERYTHING).doubts == ()


@pytest.fixture
def namesakes(library: Library) -> Library:
    """Three people called Storm, two of them with an S, and a method of the name of one."""
    people = (("Sven Storm",), ("Sara Storm",), ("Tove Storm",), ("Tove Storm", "Ada Echo"))
    put(
        library,
        [Record(f"Weather number {place}", "It rained.", authors=names) for place, names in enumerate(people)]
        + [Record("Echo: Memories of Tasks", "Echo keeps memories.", authors=("Tove Storm",))],
    )
    return library


def test_a_name_several_people_have_is_a_doubt(namesakes: Library) -> None:
    for question in ("papers by Storm", "What does Storm work on?", "How many papers did Storm write?"):
        (doubt,) = plan(namesakes, question, EVERYTHING).doubts
        assert (doubt.written, doubt.known, doubt.choices[0]) == ("Storm", True, "Tove Storm")
        assert set(doubt.choices) == {"Sven Storm", "Sara Storm", "Tove Storm"}
    (doubt,) = plan(namesakes, "What has S. Storm worked on?", EVERYTHING).doubts
    assert set(doubt.choices) == {"Sven Storm", "Sara Storm"}


def test_a_name_one_person_has_is_none(namesakes: Library) -> None:
    for name in ("Tove Storm", "T. Storm", "Storm, Tove"):
        planned = plan(namesakes, f"What has {name} worked on?", EVERYTHING)
        assert (planned.doubts, planned.people) == ((), (name,))


def test_a_fact_is_not_stopped_by_a_common_name(namesakes: Library) -> None:
    planned = plan(namesakes, "Did Storm et al. (2018) see rain?", EVERYTHING)
    assert (planned.kind, planned.doubts, planned.filters.authors) == ("fact", (), ("Storm",))


def test_a_method_is_not_taken_for_the_author_of_its_name(namesakes: Library) -> None:
    planned = plan(namesakes, "What does Echo share between tasks?", EVERYTHING)
    assert (planned.filters, planned.people) == (EVERYTHING, ())
    assert plan(namesakes, "papers by Echo", EVERYTHING).filters.authors == ("Echo",)


def test_an_empty_library(tmp_path: Path, library: Library) -> None:
    assert authors_in(library, "papers by Orla Wen").unknown == ("Orla Wen",)
    assert plan(library, "papers by Orla Wen", EVERYTHING).doubts[0].choices == ()
