"""The ranking of papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.index.sync import sync_terms
from rag.library.ingest import ingest
from rag.retrieval.search import search
from rag.settings import Settings
from rag.types import EVERYTHING, Filters, Hit

PAPERS = Path(__file__).parents[1] / "fixtures" / "answers_papers.jsonl"
WEIRD = [
    "the of and",
    "😀🎉",
    'kelp + - " ( ) : * ~ ^ [ ] { } \\ / ? ! && ||',
    'title:(kelp AND "',
    "'; DROP TABLE papers; --",
    "\x00\x01\x1b[31mkelp\x7f",
    "\ud800kelp\udfff",
    "kelp " * 10_000,
    "is " * 10_000,
    "k" * 100_000,
    "Кто видел снег?",
    "雪の深さ",
    "\\frac{" * 1000,
]


def searched(assistant: Assistant, query: str, k: int = 5, filters: Filters = EVERYTHING) -> list[Hit]:
    return search(assistant.indexes, query, k, filters)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("KelpNet", "inv:1"),
        ("kelpnet", "inv:1"),
        ("robots climbing cliffs without GPS", "inv:3"),
        ("how deep is the snow, measured with mobile phones of skiers", "inv:12"),
        ("Fréchet distance", "inv:4"),
        ("Frechet distance", "inv:4"),
        ("rain sound", "inv:8"),
        ("multi-agent reinforcement learning", "inv:5"),
        ("sailors' knowledge of rope tying", "inv:10"),
        ("artificial images of pollen", "inv:9"),
    ],
)
def test_by_words_and_by_meaning(invented: Assistant, query: str, first: str) -> None:
    assert searched(invented, query)[0].paper.id == first


def test_scores_are_in_order_and_in_range(invented: Assistant) -> None:
    hits = searched(invented, "training images of rare species", 12)
    assert len({hit.paper.id for hit in hits}) == len(hits) == 12
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(-1 <= hit.cosine <= 1.000001 and hit.score <= 1.000001 and hit.evidence == () for hit in hits)


def test_k_is_how_many(invented: Assistant) -> None:
    assert [len(searched(invented, "snow", k)) for k in (1, 3, 100)] == [1, 3, 12]
    assert searched(invented, "snow", 12)[:3] == searched(invented, "snow", 3)


def test_the_same_again(invented: Assistant) -> None:
    assert searched(invented, "images of ice", 12) == searched(invented, "images of ice", 12)


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(authors=("B. He",)), {"inv:5", "inv:6", "inv:11"}),
        (Filters(years=(2019, 2020)), {"inv:4", "inv:8"}),
        (Filters(venue="awkward"), {"inv:7", "inv:10"}),
        (Filters(authors=("Nobody Here",)), set()),
    ],
)
def test_filters_are_exact(invented: Assistant, filters: Filters, allowed: set[str]) -> None:
    assert {hit.paper.id for hit in searched(invented, "KelpNet counts kelp", 12, filters)} == allowed


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "$" * 3000])
def test_nothing_asked_nothing_found(invented: Assistant, query: str) -> None:
    assert invented.search(query) == []


@pytest.mark.parametrize("query", WEIRD, ids=lambda query: ascii(query[:12]))
def test_weird_queries(invented: Assistant, query: str) -> None:
    hits = invented.search(query, 2)
    assert len(hits) == 2
    assert all(hit.evidence for hit in hits)
    if "kelp" in query:
        assert hits[0].paper.id == "inv:1"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_searched_for(invented: Assistant, query: str) -> None:
    assert all(hit.evidence for hit in invented.search(query, 1))


def test_found_by_words_alone_while_not_embedded(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        ingest(assistant.library, [PAPERS], lambda *_: None)
        sync_terms(assistant.library, assistant.indexes.terms, lambda *_: None)
        assert assistant.pending() == 12
        (hit,) = assistant.search("salinity forecasts")
        assert (hit.paper.id, hit.cosine) == ("inv:2", 0.0)
        assert assistant.search("zebra crossings") == []
        answer = assistant.ask("How many hours ahead does TMT forecast salinity?").answer
        assert "48 hours" in answer.answer


def test_a_paper_that_only_the_indexes_still_have_is_passed_over(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        assistant.ingest([PAPERS])
        before = [hit.paper.id for hit in searched(assistant, "snow", 5)]
        with assistant.library.transaction() as db:
            db.execute("DELETE FROM papers WHERE id = ?", before[:1])
        assert [hit.paper.id for hit in searched(assistant, "snow", 4)] == before[1:]
