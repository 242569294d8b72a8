"""The ways in which names are looked up."""

from __future__ import annotations

from rag.assistant import Assistant
from rag.retrieval.name_forms import spellings


def test_as_written_and_parted_at_capitals(invented: Assistant) -> None:
    assert spellings(invented.indexes, "KelpNet")[0] == ["kelpnet"]
    assert ["kelpnet"] in spellings(invented.indexes, "kelp net")
    assert spellings(invented.indexes, "LichenSLAM") == [["lichen", "slam"]]


def test_a_word_that_no_paper_has_is_parted_into_words_of_the_library(invented: Assistant) -> None:
    assert ["lichen", "slam"] in spellings(invented.indexes, "lichenslam")
    assert ["ski", "track"] in spellings(invented.indexes, "skitracks")


def test_what_the_library_has_in_no_way(invented: Assistant) -> None:
    assert spellings(invented.indexes, "xqzzv") == []
    assert spellings(invented.indexes, "") == []
    assert spellings(invented.indexes, "x" * 5000) == []
