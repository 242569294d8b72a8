"""Venues that questions name, whole, in part or by their acronym."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.library.store import Library
from rag.retrieval.planning.plan import plan
from rag.retrieval.planning.venues import venue_in
from rag.types import EVERYTHING, Record
from tests.invented import put


@pytest.mark.parametrize(
    ("question", "venue"),
    [
        ("list everything from the Workshop on Awkward Text", "Workshop on Awkward Text"),
        ("papers in the journal of invented oceans", "Journal of Invented Oceans"),
        ("papers in the Annals of Imagined Ice", "Annals of Imagined Ice"),
        ("what appeared in the Awkward Text workshop?", "Workshop on Awkward Text"),
        ("papers about awkward text", None),
        ("papers about invented oceans", None),
        ("papers in the Annals of Physics", None),
        ("What is a conference?", None),
        ("", None),
    ],
)
def test_names(invented: Assistant, question: str, venue: str | None) -> None:
    assert venue_in(invented.library, question).venue == venue


@pytest.fixture
def meetings(library: Library) -> Library:
    venues = ("ICRA", "RSS", "AUTOML", "NIPS", "Journal of Machine Learning Research", "arXiv.org Machine Learning")
    put(library, [Record(f"On rain {place}", "It rained.", venue=venue) for place, venue in enumerate(venues)])
    return library


@pytest.mark.parametrize(
    ("question", "venue"),
    [
        ("papers at ICRA", "ICRA"),
        ("icra papers", "ICRA"),
        ("rain, ICRA 2022", "ICRA"),
        ("ICRA'22 on rain", "ICRA"),
        ("International Conference on Robotics and Automation papers", "ICRA"),
        ("in JMLR", "Journal of Machine Learning Research"),
        ("NeurIPS papers", "NIPS"),
        ("arXiv preprints", "arXiv"),
        ("papers on AutoML", None),
        ("RSS feeds and news", None),
        ("papers about machine learning", None),
        ("ICRA or RSS papers?", None),
        ("papers at CVPR", None),
    ],
)
def test_acronyms(meetings: Library, question: str, venue: str | None) -> None:
    assert venue_in(meetings, question).venue == venue


def test_a_venue_that_came_later_is_known(meetings: Library) -> None:
    assert venue_in(meetings, "papers at ICCV").venue is None
    put(meetings, [Record("On snow", "It snowed.", venue="ICCV")])
    assert venue_in(meetings, "papers at ICCV").venue == "ICCV"


def test_the_venue_is_no_part_of_the_topic(meetings: Library) -> None:
    planned = plan(meetings, "Which ICRA papers are about rain?", EVERYTHING)
    assert (planned.kind, planned.filters.venue, planned.topic) == ("list", "ICRA", "rain")


@pytest.mark.parametrize(
    ("question", "venue", "left_out"),
    [
        ("papers on rain not from ICRA", None, ("ICRA",)),
        ("Which papers are not at ICRA?", None, ("ICRA",)),
        ("everything on rain except ICRA papers", None, ("ICRA",)),
        ("papers on rain at ICRA", "ICRA", ()),
    ],
)
def test_venues_are_left_out(meetings: Library, question: str, venue: str | None, left_out: tuple[str, ...]) -> None:
    filters = plan(meetings, question, EVERYTHING).filters
    assert (filters.venue, filters.without_venues) == (venue, left_out)
