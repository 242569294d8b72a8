"""A library that is looked through."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.errors import LibraryError
from rag.settings import Settings
from rag.types import EVERYTHING, Filters, Shelf

SEEDS = Path(__file__).parents[2] / "seeds"
INVENTED = Path(__file__).parents[1] / "fixtures" / "answers_papers.jsonl"


@pytest.fixture
def own(tmp_path: Path) -> Assistant:
    """A library of its own, of the invented papers and one of the seeds."""
    files = tmp_path / "files"
    files.mkdir()
    shutil.copy(INVENTED, files / "invented.jsonl")
    shutil.copy(min(SEEDS.glob("*.txt")), files / "seed.txt")
    assistant = Assistant(Settings(tmp_path / "library"))
    assistant.ingest([files])
    yield assistant
    assistant.close()


def test_counts_are_those_of_the_papers_left(invented: Assistant) -> None:
    assert invented.count() == invented.count(EVERYTHING) == 12
    assert invented.count(Filters(authors=("Bo He",))) == 3
    assert invented.count(Filters(papers=("inv:1", "inv:2", "gone"))) == 2
    assert invented.count(Filters(papers=("inv:1", "inv:2"), authors=("Orla Wen",))) == 1
    assert invented.count(Filters(papers=("\ud800",))) == 0
    assert invented.count(Filters(sources=(str(INVENTED),))) == 12
    assert invented.count(Filters(sources=("/elsewhere",))) == 0


@pytest.mark.parametrize("order", ["newest", "title", "added"])
def test_pages_of_an_order_make_up_the_whole(invented: Assistant, order: str) -> None:
    pages = [invented.browse(order=order, start=start, k=5) for start in (0, 5, 10, 15)]
    assert [page.total for page in pages] == [12] * 4
    ids = [paper.id for page in pages for paper in page.papers]
    assert len(ids) == len(set(ids)) == 12
    papers = [paper for page in pages for paper in page.papers]
    if order == "newest":
        years = [paper.year or 0 for paper in papers]
        assert years == sorted(years, reverse=True)
    elif order == "title":
        assert [paper.title.casefold() for paper in papers] == sorted(paper.title.casefold() for paper in papers)
    else:
        assert ids[0] == "inv:12"


def test_a_query_ranks_what_the_filters_leave(invented: Assistant) -> None:
    found = invented.browse(Filters(authors=("Bo He",)), query="depth of snow", k=2)
    assert found.total == 3
    assert {paper.id for paper in found.papers} <= {"inv:5", "inv:6", "inv:11"}
    assert invented.browse(query="depth of snow", k=1).papers[0].id == "inv:12"
    assert invented.browse(Filters(venue="Nowhere"), query="snow") == Shelf((), 0)


def test_an_empty_library_is_looked_through_as_well(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as empty:
        assert empty.browse() == empty.browse(query="snow") == Shelf((), 0)
        assert (empty.count(), empty.count(Filters(years=(2020, None)))) == (0, 0)
        assert (empty.author_names(), empty.author_names("Wen"), empty.venue_names()) == ([], [], [])
        assert (empty.papers_per_year(), empty.papers_per_venue(), empty.sources_read()) == ({}, [], [])
        assert empty.suggestions() == ()


def test_years_and_venues_are_counted(invented: Assistant) -> None:
    years = invented.papers_per_year()
    assert list(years) == sorted(years)
    assert sum(years.values()) == invented.count(Filters(years=(None, None)))
    venues = invented.papers_per_venue(k=3)
    assert [times for _, times in venues] == sorted((times for _, times in venues), reverse=True)
    for venue, times in venues:
        assert invented.count(Filters(venue=venue)) >= times
    assert invented.venue_names(1) == venues[:1]
    assert invented.papers_per_venue(Filters(papers=("inv:1",))) == [("Journal of Invented Oceans", 1)]


def test_people_while_their_name_is_typed(invented: Assistant) -> None:
    first = invented.author_names(k=3)
    assert [person.papers for person in first] == sorted((person.papers for person in first), reverse=True)
    for written in ("Orl", "wen", "orla w", "Wen, O", "wen orla", "Orla Wenn"):
        assert invented.author_names(written)[0].name == "Orla Wen", written
    assert invented.author_names("moor")[0].name == "Lise van der Moor"
    assert invented.author_names("van der")[0].name == "Lise van der Moor"
    for nobody in ("zzzqqx", "!!!", "\ud800", "%", "\n"):
        assert invented.author_names(nobody) == [] or nobody == "\n"
    assert len(invented.author_names("e", k=2)) <= 2
    for person in invented.author_names(k=50):
        assert invented.count(Filters(authors=(person.name,))) == person.papers


def test_a_paper_as_bibtex(invented: Assistant) -> None:
    entry = invented.bibtex("inv:1")
    assert entry.startswith("@") and "KelpNet" in entry and "Wen, Orla" in entry and entry.endswith("}")
    with pytest.raises(LibraryError, match="No paper"):
        invented.bibtex("gone")


def test_the_vectors_of_a_removed_source_are_forgotten_once_the_index_has_followed(own: Assistant) -> None:
    (gone,) = [each for each in own.sources_read() if each.path.endswith(".jsonl")]
    own.remove(gone.path, embedding=False)
    assert own.pending()
    own.embed()
    kept, used = own.library.rows("SELECT (SELECT count(*) FROM embeddings), (SELECT count(*) FROM chunks)")[0]
    assert kept == used == own.indexes.vectors.count()


def test_a_removed_source_is_in_no_index(own: Assistant) -> None:
    before, revision = own.overview(), str(own.revision)
    (gone,) = [each for each in own.sources_read() if each.path.endswith(".jsonl")]
    assert (gone.records, gone.papers) == (12, 12)
    stages: list[str] = []
    assert own.remove(gone.path, lambda stage, *_: stages.append(stage)).papers == 12
    assert own.overview().papers == before.papers - 12 == own.count()
    assert str(own.revision) != revision
    assert "words" in stages
    assert own.pending() == own.library.pending("terms") == 0
    assert own.indexes.terms.count() == own.count()
    chunks = own.library.rows("SELECT count(*) FROM chunks")[0][0]
    assert own.indexes.vectors.count() == chunks == own.library.rows("SELECT count(*) FROM embeddings")[0][0]
    assert all(hit.paper.id[:4] != "inv:" for hit in own.search("depth of snow", 20))
    assert own.status().healthy
    with pytest.raises(LibraryError):
        own.remove(gone.path)
    own.ingest([Path(gone.path)])
    assert own.search("depth of snow", 1)[0].paper.id == "inv:12"


def test_a_removal_that_was_cut_off_before_the_indexes_is_ended_by_the_next_sync(own: Assistant) -> None:
    from rag.library.sources import remove_source

    path = own.sources_read()[0].path
    remove_source(own.library, path)
    assert all(hit.paper.id[:4] != "inv:" for hit in own.search("depth of snow", 20))
    own.indexes.sync(lambda *_: None)
    assert own.indexes.vectors.count() == own.library.rows("SELECT count(*) FROM chunks")[0][0]
    assert own.indexes.terms.count() == own.count()


def test_a_source_is_not_removed_while_it_is_read(own: Assistant) -> None:
    path = own.sources_read()[0].path
    reading, removed = threading.Event(), []

    def removing() -> None:
        reading.wait(10)
        removed.append(own.remove(path))

    thread = threading.Thread(target=removing)
    thread.start()
    own.ingest([Path(path)], lambda *_: reading.set())
    thread.join()
    assert removed[0].papers == 12
    assert own.library.rows("SELECT count(*) FROM records WHERE source NOT IN (SELECT key FROM sources)") == [(0,)]


def test_what_is_told_of_a_library_is_kept(own: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    first = own.overview(), own.suggestions()

    def refused(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("rag.assistant.browsing.overview", refused)
    monkeypatch.setattr("rag.retrieval.suggestions.suggestions", refused)
    assert (own.overview(), own.suggestions()) == first
