"""The papers that a comparison is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.index.indexes import Indexes
from rag.index.sync import sync_terms
from rag.library.store import Library
from rag.retrieval.meant import papers_meant, spoken_of
from rag.retrieval.sides import papers_compared, sides
from rag.settings import Settings
from rag.types import EVERYTHING, Filters, Record
from tests.invented import QuickEmbedder, no_progress, put


@pytest.mark.parametrize(
    ("subject", "paper"),
    [
        ("KelpNet", "inv:1"),
        ("kelp net", "inv:1"),
        ("TMT", "inv:2"),
        ("tmt", "inv:2"),
        ("Tidal Memory Transformer", "inv:2"),
        ("lichenslam", "inv:3"),
        ("Lichen SLAM", "inv:3"),
        ("Fréchet view", "inv:4"),
        ("reward splitting", "inv:5"),
        ("Message Passing that Grows", "inv:6"),
        ("bracketed abstracts", "inv:7"),
        ("listening to rain", "inv:8"),
        ("the knots paper", "inv:10"),
        ("the paper on StackHall", "inv:5"),
        ("skimming attention", "inv:11"),
        ("the ski track approach", "inv:12"),
        ("Estimating Snow Depth from Ski Tracks", "inv:12"),
        ("snow depth with GPs", "inv:12"),
        ("salinity forecasting", "inv:2"),
    ],
)
def test_a_subject_means_its_paper(invented: Assistant, subject: str, paper: str) -> None:
    [side] = sides(invented.indexes, [subject], EVERYTHING)
    assert side.subject == subject
    assert side.hit is not None
    assert (side.hit.paper.id, side.nearest) == (paper, ())


@pytest.mark.parametrize(
    "subject",
    [
        "DeepReef",
        "deepreef",
        "GPT-4",
        "GrainSet",
        "ORB features",
        "Counting Is All You Need",
        "baking sourdough bread",
        "…",
    ],
)
def test_a_subject_that_is_not_there(invented: Assistant, subject: str) -> None:
    [side] = sides(invented.indexes, [subject], EVERYTHING)
    assert side.hit is None


def test_what_is_nearest_to_a_missing_subject_begins_with_papers_that_mention_it(invented: Assistant) -> None:
    [side] = sides(invented.indexes, ["GrainSet"], EVERYTHING)
    assert side.nearest[0].id == "inv:9"
    assert len(side.nearest) == 3


def test_a_subject_that_another_side_speaks_of_is_in_its_paper(invented: Assistant) -> None:
    own, rival = sides(invented.indexes, ["lichen-slam", "orb features"], EVERYTHING)
    assert own.hit is not None
    assert rival.hit is not None
    assert own.hit.paper.id == rival.hit.paper.id == "inv:3"
    [item] = spoken_of(rival.hit.paper, "orb features")
    assert "ORB features drift" in item.sentence


def test_every_side_is_found_among_what_the_filters_leave(invented: Assistant) -> None:
    found = sides(invented.indexes, ["KelpNet", "TMT"], Filters(years=(2022, None)))
    assert [side.hit and side.hit.paper.id for side in found] == [None, "inv:2"]


def test_two_sides_are_two_papers_where_both_fit(tmp_path: Path) -> None:
    library = Library(tmp_path)
    put(
        library,
        [
            Record("1", "SeaFox: Swimming", "We propose SeaFox, a swimmer for cold seas.", id="a"),
            Record("2", "SeaFox: Fishing", "We propose SeaFox, a fisher of herring.", id="b"),
            Record("3", "Diving", "We dive and compare with SeaFox, NetCod and TroutNet.", id="c"),
        ],
    )
    indexes = Indexes(library, QuickEmbedder())
    sync_terms(library, indexes.terms, no_progress)
    found = sides(indexes, ["SeaFox", "seafox"], EVERYTHING)
    assert {side.hit.paper.id for side in found if side.hit} == {"a", "b"}
    # The question tells papers of the same name apart.
    [side] = sides(indexes, ["SeaFox"], EVERYTHING, "a fisher of herring. Fishing")
    assert side.hit is not None
    assert side.hit.paper.id == "b"
    indexes.close()
    library.close()


def test_a_paper_that_uses_a_name_is_told_from_its_own(invented: Assistant) -> None:
    meant = papers_meant(invented.indexes, "CragBench", EVERYTHING)
    assert meant.fits == ()
    assert [hit.paper.id for hit in meant.mentioning] == ["inv:3"]


def test_papers_by_filters_alone_newest_first(invented: Assistant) -> None:
    filters = Filters(authors=("Ines Quill",))
    hits = papers_compared(invented.indexes, "Quill's papers against each other", "", filters)
    assert [hit.paper.year for hit in hits] == [2024, 2022, 2022]


@pytest.mark.parametrize(("question", "count"), [("Compare the two papers on language models", 2), ("Compare both", 8)])
def test_papers_on_a_topic_as_many_as_asked(invented: Assistant, question: str, count: int) -> None:
    hits = papers_compared(invented.indexes, question, "language models", EVERYTHING)
    assert 2 <= len(hits) <= count
    assert {hit.paper.id for hit in hits[:2]} == {"inv:10", "inv:11"}


def test_no_papers(invented: Assistant) -> None:
    assert papers_compared(invented.indexes, "compare them", "", Filters(years=(1900, 1901))) == []
    assert sides(invented.indexes, [], EVERYTHING) == []


def test_an_empty_library(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        [side] = sides(assistant.indexes, ["KelpNet"], EVERYTHING)
    assert (side.hit, side.nearest) == (None, ())
