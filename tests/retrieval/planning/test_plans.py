"""How many of two hundred questions, which were written without knowing the rules, are understood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from rag.answering.conversation.standalone import standalone
from rag.assistant import Assistant
from rag.library.store import Library
from rag.retrieval.planning.courtesies import courtesy
from rag.retrieval.planning.full_names import named_authors
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING, Message, Plan

FIXTURES = Path(__file__).parents[2] / "fixtures"
ROWS = [json.loads(line) for line in (FIXTURES / "plans.jsonl").read_text(encoding="utf-8").splitlines()]
TODAY = date(2026, 7, 1)


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").casefold()))


def found_in(written: str, names: Iterable[str]) -> bool:
    """Whether one of the names is the same, or the same in part: "Quill" and "Ines Quill"."""
    return any(words(written) <= words(name) or words(name) <= words(written) for name in names)


def misses(row: dict[str, Any], planned: Plan) -> Iterator[str]:
    """What a plan has wrong, in words."""
    if planned.kind not in (row["kind"], *row.get("also", [])):
        yield f"kind {planned.kind}"
    earlier = row.get("from_history", {})
    wanted, unwanted = [*row["authors"], *earlier.get("authors", [])], row.get("authors_excluded", [])
    doubted = [doubt.written for doubt in planned.doubts]
    authors = [name for name in (*planned.filters.authors, *planned.people, *doubted) if name not in unwanted]
    if not all(found_in(name, authors) for name in wanted) or not all(found_in(name, wanted) for name in authors):
        yield f"authors {authors}"
    if not all(found_in(name, (*planned.filters.without_authors, *doubted)) for name in unwanted):
        yield f"left out {planned.filters.without_authors}"
    venues = [row["venue"] or earlier.get("venue"), *row.get("venue_also", [])]
    if words(planned.filters.venue) not in map(words, venues):
        yield f"venue {planned.filters.venue}"
    years = list(planned.filters.years) if planned.filters.years else None
    if years not in (row["years"], *row.get("years_also", [])):
        yield f"years {years}"
    if planned.asks not in (row["asks"], *row.get("asks_also", [])):
        yield f"asks {planned.asks}"


def planned(library: Library, row: dict[str, Any]) -> Plan:
    history = [Message(turn["role"], turn["content"]) for turn in row.get("history", [])]
    question = row["question"]
    if history and courtesy(question) is None:
        question = standalone(question, history, partial(named_authors, library)).question
    return plan(library, question, EVERYTHING, TODAY)


def test_questions_are_understood(invented: Assistant, capsys: Any) -> None:
    missed = [(row, found) for row in ROWS if (found := list(misses(row, planned(invented.library, row))))]
    accuracy = 1 - len(missed) / len(ROWS)
    with capsys.disabled():
        print(f"\nplans: {accuracy:.3f} of {len(ROWS)}")  # noqa: T201
        for row, found in missed:
            print(f"  {row['id']} {row['kind']}: {row['question']} -> {', '.join(found)}")  # noqa: T201
    assert len(ROWS) >= 150
    assert accuracy >= 0.95
