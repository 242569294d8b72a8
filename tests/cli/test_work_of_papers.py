"""The commands that deal with whole works: an author's, methods side by side, and papers handed on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Rag

from rag.answering import tables
from rag.cli.arguments import EXPORTS, TABLES
from rag.library import export

BOX = {"inv:1", "inv:2", "inv:10"}  # by Mateo Brandt


def ids(answer: dict[str, object]) -> set[str]:
    return {citation["paper_id"] for citation in answer["citations"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [["Mateo Brandt"], ["Brandt, Mateo"], ["mateo", "brandt"], ["M. Brandt"]])
def test_an_author_has_all_their_papers_and_no_others(rag: Rag, library: Path, name: list[str]) -> None:
    ran = rag("author", "--library", library, *name, "--json")
    assert ran.code == 0
    assert (ran.json["kind"], ran.json["refused"]) == ("author", False)
    assert ids(ran.json) == BOX


def test_an_author_within_years(rag: Rag, library: Path) -> None:
    ran = rag("author", "--library", library, "Mateo Brandt", "--year", "2022-", "--json")
    assert ids(ran.json) == {"inv:2", "inv:10"}


def test_an_unknown_author_is_refused_with_the_nearest_names(rag: Rag, library: Path) -> None:
    ran = rag("author", "--library", library, "Matteo Brant", "--json")
    assert (ran.code, ran.json["refused"], ran.json["citations"]) == (0, True, [])
    assert "Mateo Brandt" in ran.json["answer"]


def test_a_comparison(rag: Rag, library: Path) -> None:
    ran = rag("compare", "--library", library, "KelpNet", "TMT", "--json")
    assert (ran.code, ran.json["kind"], ran.json["refused"]) == (0, "compare", False)
    assert ids(ran.json) == {"inv:1", "inv:2"}
    assert len(ran.json["table"]["rows"]) == 2


def test_an_absent_side_is_said_and_the_other_reported(rag: Rag, library: Path) -> None:
    ran = rag("compare", "--library", library, "KelpNet", "DeepReef", "--json")
    assert (ran.code, ran.json["refused"], ids(ran.json)) == (0, False, {"inv:1"})
    assert "DeepReef" in ran.json["answer"]


@pytest.mark.parametrize("form", ["markdown", "csv", "latex"])
def test_a_table_alone(rag: Rag, library: Path, form: str) -> None:
    ran = rag("compare", "--library", library, "KelpNet", "PollenGAN", "--format", form)
    assert ran.code == 0
    assert "KelpNet" in ran.out
    assert "2.7 fronds" in ran.out
    begins = {"markdown": "| Paper |", "csv": "Paper,", "latex": "\\begin{"}
    assert begins[form] in ran.out


def test_nothing_to_compare(rag: Rag, library: Path) -> None:
    ran = rag("compare", "--library", library, "DeepReef", "Coralator", "--format", "csv")
    assert (ran.code, ran.out) == (1, "")
    assert "DeepReef" in ran.err


@pytest.mark.parametrize("count", [1, 9])
def test_two_to_eight_are_compared(rag: Rag, library: Path, count: int) -> None:
    ran = rag("compare", "--library", library, *["KelpNet"] * count)
    assert (ran.code, ran.out) == (2, "")
    assert "two to eight" in ran.err


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], 12),
        (["--author", "Mateo Brandt"], 3),
        (["--venue", "imagined ice", "--year", "2019"], 1),
    ],
)
def test_export(rag: Rag, library: Path, options: list[str], found: int) -> None:
    ran = rag("export", "--library", library, *options)
    assert (ran.code, ran.out.count("\n@") + ran.out.startswith("@")) == (0, found)


def test_export_of_a_topic(rag: Rag, library: Path) -> None:
    ran = rag("export", "--library", library, "--topic", "language models", "--format", "csl-json")
    assert {"Do Language Models Know Knots? Probing Procedural Knowledge"} <= {
        item["title"] for item in json.loads(ran.out)
    }


def test_export_to_a_file(rag: Rag, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "papers.csv"
    ran = rag("export", "--library", library, "--format", "csv", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert len(rows) == 13


def exported(rag: Rag, library: Path) -> list[dict[str, object]]:
    """All that the library says of its papers, but for ids, which are its own."""
    lines = rag("export", "--library", library, "--format", "jsonl").out.splitlines()
    return [{name: value for name, value in json.loads(line).items() if name != "id"} for line in lines]


def test_what_is_exported_is_read_again_without_loss(rag: Rag, library: Path, tmp_path: Path) -> None:
    before = exported(rag, library)
    for form, suffix in (("bibtex", "bib"), ("ris", "ris"), ("csl-json", "json"), ("csv", "csv"), ("jsonl", "jsonl")):
        file = tmp_path / f"papers.{suffix}"
        rag("export", "--library", library, "--format", form, "-o", file)
        there = tmp_path / form
        assert rag("ingest", "--library", there, file, "--json").json["added"] == 12
        assert exported(rag, there) == before, form


def test_export_that_cannot_be_written(rag: Rag, library: Path, tmp_path: Path) -> None:
    rag("export", "--library", library, "-o", tmp_path / "no" / "such.bib").failed("such.bib", "Choose another")


def test_nothing_to_export(rag: Rag, library: Path) -> None:
    ran = rag("export", "--library", library, "--author", "Nobody Here")
    assert (ran.code, ran.out, ran.err) == (0, "", "No paper fits.\n")


def test_the_sources_of_an_answer(rag: Rag, library: Path) -> None:
    ran = rag("ask", "--library", library, "What error does KelpNet reach?", "--sources", "ris")
    assert ran.code == 0
    assert ran.out.startswith("TY  - ")
    assert "KelpNet" in ran.out


def test_a_refusal_has_no_sources(rag: Rag, library: Path) -> None:
    ran = rag("ask", "--library", library, "Who won the football World Cup?", "--sources", "bibtex")
    assert (ran.code, ran.out) == (0, "")
    assert "football" in ran.err


def test_every_format_can_be_asked_for() -> None:
    assert tuple(export.FORMATS) == EXPORTS
    assert tuple(tables.FORMATS) == TABLES


def test_a_file_is_meant_by_its_name_wherever_it_is(rag: Rag, library: Path, papers: Path) -> None:
    whole = rag("export", "--library", library, "--source", papers)
    assert whole.out
    assert rag("export", "--library", library, "--source", papers.name).out == whole.out
    assert rag("export", "--library", library, "--source", f"./{papers.name}").out != whole.out
