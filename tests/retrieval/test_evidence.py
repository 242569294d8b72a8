"""Sentences that answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.index.sentences import sentence_spans
from rag.retrieval.evidence import overlap, with_evidence
from rag.types import Evidence, Hit

QUESTIONS = [
    "What error does KelpNet reach?",
    "Why?",
    "😀",
    "the of and",
    "Sentence [3] and *this* `one`",
    "How many images are there, and where is the code?",
]


def evidence(assistant: Assistant, identifier: str, question: str) -> tuple[Evidence, ...]:
    return with_evidence(assistant.indexes, question, [Hit(assistant.paper(identifier), 1.0, 0.0)])[0].evidence


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("library", ["invented", "seeds"])
def test_every_sentence_once_exact_and_best_first(request: pytest.FixtureRequest, library: str, question: str) -> None:
    assistant: Assistant = request.getfixturevalue(library)
    papers = assistant.library.papers([row[0] for row in assistant.library.rows("SELECT key FROM papers LIMIT 8")])
    for hit in with_evidence(assistant.indexes, question, [Hit(paper, 0.5, 0.1) for paper in papers]):
        for item in hit.evidence:
            assert getattr(hit.paper, item.field)[item.start : item.end] == item.sentence != ""
            assert 0 <= item.score <= 1
        assert list(hit.evidence) == sorted(hit.evidence, key=lambda item: (-item.score, item.start))
        if hit.paper.abstract:
            assert sorted((item.start, item.end) for item in hit.evidence) == sentence_spans(hit.paper.abstract)
        assert (hit.score, hit.cosine) == (0.5, 0.1)


@pytest.mark.parametrize(
    ("identifier", "question", "part"),
    [
        ("inv:1", "What error does KelpNet reach?", "2.7 fronds"),
        ("inv:1", "Where is the code of KelpNet?", "https://example.org/kelpnet"),
        ("inv:1", "How many images is KelpNet trained on?", "14,200"),
        ("inv:2", "How long does TMT take to train?", "9 GPU hours"),
        ("inv:3", "Which benchmark is Lichen-SLAM tested on?", "CragBench"),
        ("inv:3", "When does Lichen-SLAM fail?", "freshly broken rock"),
        ("inv:4", "By what factor is the variance smaller?", "20×"),
        ("inv:10", "How do sailors do on KnotQA?", "93%"),
    ],
)
def test_the_answering_sentence_is_first(invented: Assistant, identifier: str, question: str, part: str) -> None:
    assert part in evidence(invented, identifier, question)[0].sentence


def test_a_paper_without_abstract_has_its_title(invented: Assistant) -> None:
    (item,) = evidence(invented, "inv:8", "How is soil moisture measured?")
    assert (item.field, item.sentence) == ("title", "Soil Moisture from the Sound of Rain")
    assert 0 < item.score < 1


def test_no_hits_no_evidence(invented: Assistant) -> None:
    assert with_evidence(invented.indexes, "Anything?", []) == []


def test_overlap_is_a_share_of_weight() -> None:
    assert overlap({"a": 3.0, "b": 1.0}, {"a", "c"}) == 0.75
    assert overlap({"a": 3.0}, {"a"}) == 1
    assert overlap({}, {"a"}) == overlap({"a": 1.0}, set()) == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_scores_stay_in_range(invented: Assistant, question: str) -> None:
    assert all(0 <= item.score <= 1 for item in evidence(invented, "inv:9", question))
