"""The word index: what it finds, what it keeps, what it says when it is damaged."""

from __future__ import annotations

import math
import random
import shutil
from pathlib import Path

import pytest

from rag.errors import IndexDamaged
from rag.index.terms import Terms, analyse

TEXTS = [
    (1, "Weighing Clouds\nWe weigh clouds with a kitchen scale."),
    (2, "Paper Boats\nPaper boats sail. Boats of paper sink."),
    (3, "Moss Maps\nRobots find their position by moss."),
]


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    terms = Terms(tmp_path / "terms")
    terms.put(TEXTS)
    return terms


def found(terms: Terms, query: str, among: list[int] | None = None) -> list[int]:
    return [key for key, _ in terms.search(analyse(query), 10, among)]


def test_terms_are_stems_without_case_and_accents() -> None:
    assert analyse("Weighing the Clouds, à la Fréchet: SO(3)!") == [
        "weigh",
        "the",
        "cloud",
        "a",
        "la",
        "frechet",
        "so",
        "3",
    ]
    assert analyse(" ") == []


def test_papers_are_found_by_any_form_of_a_word(terms: Terms) -> None:
    assert found(terms, "weighed CLOUD") == [1]
    assert found(terms, "boat robot") == [2, 3]
    assert found(terms, "submarine") == []
    assert found(terms, "") == []


def test_scores_fall_and_ties_go_by_key(tmp_path: Path) -> None:
    terms = Terms(tmp_path)
    terms.put([(9, "boat sail"), (4, "boat sail"), (7, "boat boat"), (5, "cloud")])
    hits = terms.search(analyse("boats"), 10)
    assert [key for key, _ in hits] == [7, 4, 9]
    assert hits[0][1] > hits[1][1] == hits[2][1] > 0
    assert len(terms.search(analyse("boats"), 2)) == 2


def test_a_search_may_be_limited_to_some_papers(terms: Terms) -> None:
    assert sorted(found(terms, "clouds boats moss", [3, 1, 99])) == [1, 3]
    assert found(terms, "clouds", [2]) == []
    assert found(terms, "clouds", []) == []
    (everywhere,) = terms.search(analyse("clouds"), 10)
    assert terms.search(analyse("clouds"), 10, [1]) == [(1, pytest.approx(everywhere[1]))]


def test_a_text_is_replaced_or_removed(terms: Terms) -> None:
    terms.put([(1, "Rain"), (2, None), (99, None)])
    assert found(terms, "clouds boats moss rain") == [1, 3]
    assert terms.count() == 2


def test_what_was_put_is_there_when_opened_again(terms: Terms, tmp_path: Path) -> None:
    again = Terms(tmp_path / "terms")
    assert again.count() == 3
    assert found(again, "moss") == [3]
    terms.put([(4, "Moss")])
    assert found(again, "moss") == [3]
    assert found(Terms(tmp_path / "terms"), "moss") == [4, 3]


def test_a_question_of_a_thousand_words_is_answered(terms: Terms) -> None:
    assert found(terms, " ".join(f"word{n}" for n in range(255)) + " moss" + " word" * 1000) == [3]


def test_rare_terms_weigh_more(terms: Terms) -> None:
    terms.put([(4, "boat"), (5, "boat")])
    assert 0 < terms.idf("boat") < terms.idf("moss") < terms.idf("submarin") <= math.log(2 * 5 + 2)


def test_an_empty_index_answers_too(tmp_path: Path) -> None:
    terms = Terms(tmp_path)
    assert (terms.count(), found(terms, "moss")) == (0, [])
    assert terms.idf("moss") > 0


def use(folder: Path) -> None:
    terms = Terms(folder)
    terms.idf("moss")
    found(terms, "clouds boats moss", [1, 2, 3])
    terms.put([(1, "Clouds")])


@pytest.fixture
def unopened(terms: Terms, tmp_path: Path) -> Path:
    """A copy that nothing has open: to cut a file that is mapped into memory would end the process."""
    return shutil.copytree(tmp_path / "terms", tmp_path / "unopened")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff" * 300])
def test_damaged_metadata_is_told_with_the_remedy(unopened: Path, content: bytes) -> None:
    (unopened / "meta.json").write_bytes(content)
    with pytest.raises(
        IndexDamaged, match=r"word index in .* cannot be read .*papers are safe: run `rag rebuild --library "
    ):
        Terms(unopened)


@pytest.mark.parametrize("kind", ["term", "idx", "pos", "fast", "store", "fieldnorm"])
@pytest.mark.parametrize("how", ["missing", "short", "garbage"])
def test_a_damaged_file_never_ends_the_process(unopened: Path, kind: str, how: str) -> None:
    for file in unopened.glob(f"*.{kind}"):
        content = file.read_bytes()
        if how == "missing":
            file.unlink()
        elif how == "short":
            file.write_bytes(content[: len(content) // 2])
        else:
            # The footer stays, so that it is opened: the library then panics as it reads.
            body = random.Random(1).randbytes(max(0, len(content) - 130))
            file.write_bytes(body + content[len(body) :])
    try:
        use(unopened)
    except IndexDamaged as error:
        assert "rag rebuild" in str(error)
    else:
        assert how == "garbage"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "terms").touch()
    with pytest.raises(IndexDamaged, match="rag rebuild"):
        Terms(tmp_path / "terms")


def test_phrases_are_found_with_their_density(terms: Terms) -> None:
    assert terms.phrase(analyse("paper boats")).keys() == {2}
    assert terms.phrase(analyse("paper sink sail")) == {}
    assert terms.phrase(analyse("boats sink")) == {}
    assert terms.phrase(analyse("boats sink"), slop=3).keys() == {2}
    assert 0 < terms.phrase(["cloud"])[1] < 2.2
    assert terms.phrase(["boat"])[2] > terms.phrase(["moss"])[3]
    assert terms.phrase([]) == terms.phrase(["submarin"]) == {}


def test_papers_that_hold_all_terms(terms: Terms) -> None:
    assert terms.holding(analyse("scale clouds")) == {1}
    assert terms.holding(analyse("scale moss")) == terms.holding([]) == set()
