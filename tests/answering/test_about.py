"""Questions about the library and the assistant."""

from __future__ import annotations

import pytest
from telling import task, told

from rag.answering.about import abilities, write
from rag.answering.llm.client import LanguageModel
from rag.answering.small_talk import reply
from rag.answering.task import Outcome
from rag.assistant import Assistant
from rag.settings import Endpoint, Settings
from rag.types import Citation, Plan


def answered(
    assistant: Assistant, question: str, model: object = None, *, strict: bool = False
) -> tuple[str, tuple[Citation, ...]]:
    found = told(task(assistant.indexes, Plan(question, "about"), model, strict=strict), write)
    assert found.outcome == Outcome()
    return found.text, found.citations


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many papers do you have?", ["**12 papers**", "9 known authors", "5 venues", "2019 to 2024",
                                          "1 without an abstract"]),
        ("how big is this library", ["**12 papers**"]),
        ("Which years are covered?", ["**from 2019 to 2024**", "The year of 1 paper is not known"]),
        ("Which venues are in the library?", ["**5 venues**", "Annals of Imagined Ice"]),
        ("Who are the authors in here?", ["**9 authors**", "Bo He"]),
        ("Where do your papers come from?", ["**1 file**", "`answers_papers.jsonl`"]),
        ("When was the library last updated?", ["does not keep when", "`answers_papers.jsonl`"]),
        ("Which language model are you using?", ["No language model is configured"]),
        ("Are my questions sent anywhere?", ["Nothing leaves this machine"]),
        ("Does this work offline?", ["Nothing leaves this machine"]),
        ("Can I add PDFs?", ["PDFs cannot be added", "JSON lines", "`rag ingest PATH`"]),
        ("Which file formats can I import?", ["author page", "BibTeX", "RIS", "JSON lines"]),
        ("Can I upload a bibtex file?", ["`rag ingest PATH`"]),
        ("How can I export these as BibTeX?", ["`rag export`", "CSL-JSON"]),
        ("Can I delete a paper?", ["cannot be changed or removed"]),
        ("Do you have the full texts?", ["no full texts", "1 paper has no abstract"]),
        ("Do you speak German?", ["understood in English"]),
        ("How are citations checked?", ["word for word", "marked as unsupported"]),
        ("Do you make things up?", ["word for word"]),
        ("How does the search work?", ["BM25", "embedding model"]),
        ("What kinds of questions can I ask?", ["I answer questions about the 12 papers"]),
        ("Tell me about yourself", ["I answer questions about the 12 papers", "**12 papers**"]),
    ],
)  # fmt: skip
def test_what_is_known(invented: Assistant, question: str, parts: list[str]) -> None:
    text, citations = answered(invented, question)
    assert [part for part in parts if part not in text] == []
    assert citations == ()


@pytest.mark.parametrize(
    ("question", "paper", "part"),
    [
        ("What is the oldest paper?", "inv:8", "The oldest paper is **Soil Moisture"),
        ("Which is the newest paper?", "inv:10", "The newest papers are from 2024. There are 3 of them: "),
        ("Is KelpNet in this library?", "inv:1", "Yes: **KelpNet"),
        ("Does the library contain Lichen-SLAM in the library?", "inv:3", "Yes: **Lichen-SLAM"),
    ],
)
def test_papers_that_are_named_are_cited(invented: Assistant, question: str, paper: str, part: str) -> None:
    text, citations = answered(invented, question)
    assert part in text
    assert citations[0].paper_id == paper
    assert all(f"[{citation.marker}]" in text for citation in citations)


def test_a_paper_that_is_not_held(invented: Assistant) -> None:
    text, citations = answered(invented, "Is BERT in your library?")
    assert text.startswith("The library has no paper that “BERT” clearly means.")
    assert citations == ()


def test_years_that_are_not_known(seeds: Assistant) -> None:
    for question in ("Which years are covered?", "What is the oldest paper?"):
        assert answered(seeds, question)[0] == "The library does not know the years of its 19 papers."
    assert "no paper has a known year" in answered(seeds, "How many papers are there?")[0]


@pytest.mark.parametrize(
    ("url", "leaves"),
    [("http://localhost:11434/v1", False), ("http://127.0.0.1:1/v1", False), ("https://models.example.org/v1", True)],
)
def test_what_leaves_with_a_model(invented: Assistant, url: str, leaves: bool) -> None:
    model = LanguageModel(Endpoint("tiny", url))
    text, _ = answered(invented, "Does anything leave this machine?", model=model)
    assert ("Some things leave this machine" in text) == leaves
    assert url in text
    assert "**tiny**" in answered(invented, "Which model answers?", model=model)[0]
    model.close()
    private = LanguageModel(Endpoint("tiny", url, private=True))
    for question in ("Does anything leave this machine?", "Which model answers?"):
        text, _ = answered(invented, question, model=private)
        assert url.split("/")[2].split(":")[0] not in text
    private.close()


def test_strict_answers_leave_out(invented: Assistant) -> None:
    assert "is left out." in answered(invented, "How are claims verified?", strict=True)[0]


def test_one_text_says_what_can_be_asked() -> None:
    assert reply("What can you do?", 12) == abilities(12)
    assert "the one paper" in abilities(1)


def test_an_empty_library(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Assistant(Settings(tmp_path_factory.mktemp("empty"))) as empty:
        for question in ("How many papers?", "Which venues?", "Who are the authors?", "Which years?", "newest paper?"):
            assert answered(empty, question)[0]
