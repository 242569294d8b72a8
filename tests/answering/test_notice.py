"""The line under an answer."""

from __future__ import annotations

from dataclasses import replace

from rag.answering.notice import NO_MODEL, notice_of
from rag.types import Answer, Citation

CITED = Citation(1, "p", "T", (), None, None, None, "Q.", True)
QUOTED = Answer("q", "q", "fact", "Q. [1]", False, (CITED,), "extractive")


def test_it_says_how_the_answer_was_made() -> None:
    assert notice_of(QUOTED, with_model=False) == NO_MODEL
    assert notice_of(QUOTED, with_model=True) == "These are sentences quoted from the abstracts."
    assert notice_of(replace(QUOTED, model="small"), with_model=True).startswith("Written by small. Each sentence was")


def test_it_says_nothing_of_what_rests_on_no_abstract() -> None:
    assert notice_of(replace(QUOTED, citations=(replace(CITED, quote="T"),)), with_model=False) == ""
    assert notice_of(replace(QUOTED, citations=(), refused=True), with_model=True) == ""
    assert notice_of(replace(QUOTED, citations=(), kind="small talk"), with_model=False) == ""
