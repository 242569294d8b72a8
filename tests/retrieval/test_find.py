"""What a plan finds."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.find import find
from rag.retrieval.plan import plan
from rag.types import EVERYTHING, Filters, Plan


def test_an_author_has_all_papers_newest_first_each_with_its_contribution(invented: Assistant) -> None:
    found = find(invented.indexes, plan(invented.library, "What has Bo He done?", EVERYTHING), "What has done?")
    assert [hit.paper.id for hit in found.hits] == ["inv:6", "inv:11", "inv:5"]
    said = [[item.sentence for item in hit.evidence] for hit in found.hits]
    assert [len(sentences) for sentences in said] == [1, 1, 1]
    assert said[0][0].startswith("We propose Fungal Graphs")
    assert said[1][0].startswith("We study sparse attention")


def test_contributions_are_verbatim(seeds: Assistant) -> None:
    found = find(seeds.indexes, Plan("", "author", EVERYTHING), "")
    filtered = find(seeds.indexes, Plan("", "author", Filters(authors=("Di He",))), "")
    assert (len(found.hits), len(filtered.hits)) == (0, 10)
    for hit in filtered.hits:
        (item,) = hit.evidence
        assert hit.paper.abstract[item.start : item.end] == item.sentence


@pytest.mark.parametrize("kind", ["fact", "list", "compare"])
def test_without_an_answer_the_nearest_are_offered(invented: Assistant, kind: str) -> None:
    found = find(invented.indexes, Plan("What is BarnacleNet?", kind), "What is BarnacleNet?")
    assert (found.hits, found.missing, len(found.nearest)) == ((), ("BarnacleNet",), 3)


def test_a_filter_that_leaves_nothing(invented: Assistant) -> None:
    for kind in ("fact", "list", "compare", "author"):
        found = find(invented.indexes, Plan("Kelp?", kind, Filters(years=(1900, 1901))), "Kelp?")
        assert (found.hits, found.nearest) == ((), ())


def test_a_comparison_has_a_paper_for_each_side(invented: Assistant) -> None:
    found = find(invented.indexes, Plan("Is TMT or PollenGAN or KelpNet cheaper?", "compare"), "cheaper?")
    assert [hit.paper.id for hit in found.hits] == ["inv:2", "inv:9", "inv:1"]


def test_a_list_leaves_out_what_is_of_something_else(invented: Assistant) -> None:
    question = "Which papers are about language models?"
    found = find(invented.indexes, Plan(question, "list"), question)
    assert {hit.paper.id for hit in found.hits} == {"inv:10", "inv:11"}
