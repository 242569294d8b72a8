"""Names that have to be settled first."""

from __future__ import annotations

import pytest
from digests import filled
from invented import QuickEmbedder
from telling import Told, task, told

from rag.answering import doubts
from rag.assistant import Assistant
from rag.index.indexes import Indexes
from rag.library.store import Library
from rag.types import Doubt, Plan, Record


def settled(library: Library, question: str, *found: Doubt) -> Told:
    return told(task(Indexes(library, QuickEmbedder()), Plan(question, "author", doubts=found)), doubts.write)


@pytest.fixture
def fens(library: Library) -> Library:
    names = ["Di Fen", "Di Fen", "Dan Fen", "D. Fen"]
    filled(library, [Record(f"line {n}", f"Salt Number {n}", authors=(name,)) for n, name in enumerate(names)])
    return library


def test_which_one(fens: Library) -> None:
    found = settled(fens, "What has D. Fen worked on since 2020?", doubts.doubt(fens, "D. Fen"))
    assert found.text == (
        "3 authors in this library can be meant by “D. Fen”. Which one?\n\n"
        "- **Di Fen**: 2 papers\n"
        "- **D. Fen**: 1 paper that could be by any of them: *Salt Number 3*\n"
        "- **Dan Fen**: 1 paper"
    )
    assert found.outcome.refused
    assert found.outcome.offers == (
        "What has Di Fen worked on since 2020?",
        "What has Dan Fen worked on since 2020?",
    )


def test_a_family_of_many(library: Library) -> None:
    names = [f"{given} Fen" for given in "Ada Bo Cy Di Ed Fay Gus Hal Ida Jo Kai Leo".split()]
    filled(library, [Record(f"line {n}", f"Salt Number {n}", authors=(name,)) for n, name in enumerate(names)])
    found = settled(library, "Papers by Fen?", doubts.doubt(library, "Fen"))
    assert found.text.count("\n- **") == 10 and found.text.endswith("\n- and 2 more")
    assert found.outcome.offers[0] == "Papers by Ada Fen?" and len(found.outcome.offers) == 5


def test_nobody_but_names_that_are_near(invented: Assistant) -> None:
    library = invented.library
    found = settled(library, "what did saoirse linqvist write", doubts.doubt(library, "Saoirse Linqvist"))
    assert found.text == ("The library has no papers by Saoirse Linqvist. The closest name is **Saoirse Lindqvist**.")
    assert found.outcome.refused
    assert found.outcome.offers == ("what did Saoirse Lindqvist write",)


def test_nobody_at_all(invented: Assistant) -> None:
    found = settled(invented.library, "Papers by Zzyzx Qwrt?", doubts.doubt(invented.library, "Zzyzx Qwrt"))
    assert found.text == "The library has no papers by Zzyzx Qwrt."
    assert found.outcome.offers == () and found.outcome.refused


def test_several_near_names_and_a_question_without_the_name(invented: Assistant) -> None:
    doubt = Doubt("[1] *Bob*", ("Bo He", "Orla Wen"), known=False)
    found = settled(invented.library, "What are they up to?", doubt)
    assert "The closest names are **Bo He** and **Orla Wen**." in found.text
    assert found.outcome.offers == ("What has Bo He worked on?", "What has Orla Wen worked on?")


def test_two_doubts(fens: Library) -> None:
    found = settled(fens, "Papers by D. Fen and Moe Fehn?", doubts.doubt(fens, "D. Fen"), Doubt("Moe Fehn", (), False))
    assert "Which one?" in found.text and found.text.endswith("\n\nThe library has no papers by Moe Fehn.")
    assert found.outcome.offers[0] == "Papers by Di Fen and Moe Fehn?"


def test_a_name_alone(fens: Library) -> None:
    found = settled(fens, "D. Fen", doubts.doubt(fens, "D. Fen"))
    assert found.outcome.offers == ("What has Di Fen worked on?", "What has Dan Fen worked on?")
