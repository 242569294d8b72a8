"""What a question of fact finds."""

from __future__ import annotations

from rag.assistant import Assistant
from rag.retrieval.find import Found, find
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING, Filters, Plan


def found(assistant: Assistant, question: str) -> Found:
    planned = plan(assistant.library, question, EVERYTHING)
    return find(assistant.indexes, planned, planned.question)


def test_without_an_answer_the_nearest_are_offered(invented: Assistant) -> None:
    nothing = found(invented, "What is BarnacleNet?")
    assert (nothing.hits, nothing.missing, len(nothing.nearest)) == ((), ("BarnacleNet",), 3)


def test_a_filter_that_leaves_nothing(invented: Assistant) -> None:
    nothing = find(invented.indexes, Plan("Kelp?", filters=Filters(years=(1900, 1901))), "Kelp?")
    assert (nothing.hits, nothing.nearest) == ((), ())


def test_names_that_no_paper_has_together_are_answered_each(invented: Assistant) -> None:
    both = found(invented, "What errors do KelpNet and TMT reach?")
    assert both.beside
    assert [hit.paper.id for hit in both.hits] == ["inv:1", "inv:2"]
    assert "2.7 fronds" in both.hits[0].evidence[0].sentence
    assert "0.31" in both.hits[1].evidence[0].sentence


def test_of_two_names_one_is_not_here(invented: Assistant) -> None:
    nothing = found(invented, "What errors do KelpNet and BarnacleNet reach?")
    assert nothing.hits == ()
    assert "BarnacleNet" in nothing.missing


def test_evidence_is_verbatim(seeds: Assistant) -> None:
    for hit in found(seeds, "What FID does DPT reach on ImageNet?").hits:
        for item in hit.evidence:
            assert getattr(hit.paper, item.field)[item.start : item.end] == item.sentence
