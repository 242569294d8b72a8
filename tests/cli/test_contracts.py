"""What each command prints and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Rag

ANSWER = ["question", "standalone_question", "kind", "answer", "refused", "citations", "model"]
ANSWER += ["unsupported", "problem", "provenance", "plan", "offers", "table", "written"]
CITATION = ["marker", "paper_id", "title", "authors", "year", "venue", "url", "quote", "supported"]


def test_ingest(rag: Rag, papers: Path, tmp_path: Path) -> None:
    keys = ["added", "updated", "unchanged", "merged", "failed", "papers", "seconds"]
    first = rag("ingest", "--library", tmp_path / "new", papers, "--json")
    assert first.code == 0
    assert list(first.json) == keys
    assert (first.json["added"], first.json["papers"], first.json["failed"]) == (12, 12, [])
    again = rag("ingest", "--library", tmp_path / "new", papers)
    assert again.code == 0
    assert again.out.startswith("0 added, 0 updated, 12 unchanged, 0 merged, 0 failed; 12 papers")


def test_ingest_keeps_the_good_and_reports_the_bad(rag: Rag, tmp_path: Path) -> None:
    source = tmp_path / "mixed.jsonl"
    source.write_text('{"title": "Good", "abstract": "Fine."}\n{"title": }\n{"abstract": "no title"}\n')
    ran = rag("ingest", "--library", tmp_path / "new", source, "--json")
    assert ran.code == 1
    assert (ran.json["added"], ran.json["papers"]) == (1, 1)
    assert [sorted(failure) for failure in ran.json["failed"]] == [["reason", "record", "source"]] * 2
    assert [failure["record"] for failure in ran.json["failed"]] == ["line 2", "line 3"]
    assert ran.err.splitlines()[0].startswith(f"{source}, line 2: ")
    assert rag("search", "--library", tmp_path / "new", "good", "--json").json["hits"][0]["title"] == "Good"


def test_search(rag: Rag, library: Path) -> None:
    ran = rag("search", "--library", library, "counting kelp", "-k", "3", "--json")
    assert ran.code == 0
    hits = ran.json["hits"]
    assert [list(hit) for hit in hits] == [
        ["rank", "paper_id", "title", "authors", "year", "venue", "url", "score", "evidence"]
    ] * 3
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert (hits[0]["paper_id"], hits[0]["authors"]) == ("inv:1", ["Orla Wen", "Mateo Brandt"])
    assert "KelpNet" in rag("search", "--library", library, "counting kelp").out.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--author", "He, Bo"], {"inv:5", "inv:6", "inv:11"}),
        (["--author", "B. He", "--author", "Ines Quill"], {"inv:6"}),
        (["--venue", "imagined ice"], {"inv:4", "inv:8"}),
        (["--year", "2019-2020"], {"inv:4", "inv:8"}),
        (["--year", "2019"], {"inv:8"}),
        (["--year", "-2019"], {"inv:8"}),
        (["--year", "2024-", "--venue", "fictional"], {"inv:6"}),
        (["--author", "Nobody Here"], set()),
        (["--author", "!"], set()),
    ],
)
def test_filters(rag: Rag, library: Path, options: list[str], found: set[str]) -> None:
    ran = rag("search", "--library", library, "kelp", "--json", *options)
    assert ran.code == 0
    assert {hit["paper_id"] for hit in ran.json["hits"]} == found


def test_a_search_without_result_says_so(rag: Rag, library: Path) -> None:
    ran = rag("search", "--library", library, "kelp", "--author", "Nobody Here")
    assert (ran.code, ran.out) == (0, "No paper fits.\n")


def test_ask(rag: Rag, library: Path) -> None:
    ran = rag("ask", "--library", library, "What error does KelpNet reach?", "--json")
    assert ran.code == 0
    assert list(ran.json) == ANSWER
    assert [list(citation) for citation in ran.json["citations"]] == [CITATION] * len(ran.json["citations"])
    assert ran.json["citations"][0]["paper_id"] == "inv:1"
    assert "2.7" in ran.json["answer"]
    assert (ran.json["kind"], ran.json["refused"], ran.json["model"]) == ("fact", False, "extractive")


def test_ask_for_a_person(rag: Rag, library: Path) -> None:
    ran = rag("ask", "--library", library, "What error does KelpNet reach?")
    assert ran.code == 0
    assert ran.out.rstrip().splitlines()[-1].endswith("] KelpNet: Counting Canopy Fronds from Drifting Buoys")
    assert "No language model is configured" in ran.err


@pytest.mark.parametrize("question", ["What is BarnacleNet?", "", "???", "\udcff"])
def test_a_refusal_is_an_answer(rag: Rag, library: Path, question: str) -> None:
    ran = rag("ask", "--library", library, question, "--json")
    assert ran.code == 0
    assert (ran.json["refused"], ran.json["citations"]) == (True, [])
    told = rag("ask", "--library", library, question)
    assert (told.code, told.err) == (0, "")


def test_ask_with_filters(rag: Rag, library: Path) -> None:
    ran = rag("ask", "--library", library, "Which papers are about language models?", "--author", "He, Bo", "--json")
    assert {citation["paper_id"] for citation in ran.json["citations"]} == {"inv:11"}


def test_ask_after_a_history(rag: Rag, library: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    turns = [{"role": "user", "content": "What is KelpNet?"}, {"role": "assistant", "content": "A network [1]."}]
    history.write_text(json.dumps(turns))
    ran = rag("ask", "--library", library, "What error does it reach?", "--history", history, "--json")
    assert "2.7" in ran.json["answer"]
    assert "KelpNet" in ran.json["standalone_question"]


def test_batch(rag: Rag, library: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        {"id": "a", "question": "What is KelpNet?"},
        {
            "id": 7,
            "question": "What error does it reach?",
            "history": [{"role": "user", "content": "What is KelpNet?"}],
        },
        {"question": "What\u2028is \x85 BarnacleNet?", "history": None, "note": "no id"},
    ]
    batch.write_text("\ufeff" + "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\r\n", "utf-8")
    ran = rag("ask", "--library", library, "--batch", batch, "--json")
    assert ran.code == 0
    answers = [json.loads(line) for line in ran.out.rstrip("\n").split("\n")]
    assert [list(answer) for answer in answers] == [["id", *ANSWER]] * 3
    assert [answer["id"] for answer in answers] == ["a", 7, 5]
    assert [answer["refused"] for answer in answers] == [False, False, True]
    assert rag("ask", "--library", library, "--batch", batch).out == ran.out


def test_chat(rag: Rag, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["What is KelpNet?", "What error does it reach?", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    ran = rag("chat", "--library", library)
    assert ran.code == 0
    assert ran.out.startswith("12 papers.")
    assert "2.7 fronds" in ran.out
    assert ran.out.count("KelpNet: Counting Canopy Fronds from Drifting Buoys") == 2


def test_status(rag: Rag, library: Path) -> None:
    ran = rag("status", "--library", library, "--json")
    assert ran.code == 0
    assert {"papers", "authors", "pending", "embedder", "llm", "healthy"} <= ran.json.keys()
    assert (ran.json["papers"], ran.json["pending"], ran.json["healthy"]) == (12, 0, True)
    assert (ran.json["llm"], ran.json["problem"]) == (None, None)
    assert ran.json["embedder"].startswith("all-MiniLM-L6-v2-int8-")
    told = rag("status", "--library", library)
    assert "papers    12" in told.out
    assert "healthy" in told.out


def test_rebuild(rag: Rag, copy: Path) -> None:
    before = rag("search", "--library", copy, "snow", "--json").json
    ran = rag("rebuild", "--library", copy, "--json")
    assert (ran.code, ran.json) == (0, {"papers": 12, "pending": 0})
    assert rag("search", "--library", copy, "snow", "--json").json == before
    assert "12 papers" in rag("rebuild", "--library", copy).out


def test_evaluate_answers(rag: Rag, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    lines = [
        {
            "id": "1",
            "question": "What error does KelpNet reach?",
            "kind": "fact",
            "titles": ["KelpNet: Counting Canopy Fronds from Drifting Buoys"],
            "must_include": [["2.7"]],
        },
        {"id": "2", "question": "What is BarnacleNet?", "kind": "unanswerable", "titles": [], "must_include": []},
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    ran = rag("eval", "answers", "--library", library, file, "--json")
    assert ran.code == 0
    assert ran.json["fact"] == {
        "questions": 1,
        "gold_first": 1.0,
        "includes": 1.0,
        "refused": 0.0,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }
    assert ran.json["unanswerable"]["refused"] == 1
    assert "gold_first 1" in rag("eval", "answers", "--library", library, file).out
