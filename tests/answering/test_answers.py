"""What must hold of every answer, whatever is asked."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.types import Answer, Filters, Kind, Message

MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
ASKED = [
    "What is KelpNet?",
    "What error does KelpNet reach?",
    "Which papers are about language models?",
    "List papers on images",
    "Compare KelpNet and PollenGAN",
    "What is the difference between TMT and Fungal Graphs?",
    "What has Bo He worked on?",
    "What has Priya Nakamura-Holt worked on?",
    "Which papers by Saoirse Lindqvist are about snow?",
    "What misleads a parser that trusts the marker [1]?",
    "What do abstracts quote such as [3] or [1, 2]?",
    "How is soil moisture measured?",
    "Why [7]?",
    'Who wrote "Citing Oneself [3]: A Corpus of *Bracketed* Abstracts"?',
    "Who wrote KelpNet and PollenGAN?",
    "Where was Soil Moisture from the Sound of Rain published?",
    "Thanks a lot!",
    "What did Ada Lovelace write?",
    "What learning rate does KelpNet use?",
    "Who won the World Cup?",
    "",
    "😀",
    "the of and",
    "[1] [2] [99]",
    "**bold** _it_ `code` # heading",
    "snow " * 5000,
    "\ud800 kelp",
]
WORDS = st.sampled_from(
    "what which how many papers compare list KelpNet TMT PollenGAN Orla Wen Bo He snow images [3] [1, 2] language"
    " models code error and it they kelp ? not 10 Fréchet accuracy BarnacleNet".split(" ")
)
QUESTIONS = st.one_of(st.sampled_from(ASKED), st.lists(WORDS, max_size=9).map(" ".join))


def check(assistant: Assistant, answer: Answer) -> None:
    """Every marker has one citation and every citation a marker, in order; quotes are verbatim."""
    markers = [int(marker) for marker in MARKER.findall(answer.answer)]
    assert list(dict.fromkeys(markers)) == [citation.marker for citation in answer.citations]
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert (answer.refused or answer.kind in ("small talk", "about")) == (not answer.citations)
    for citation in answer.citations:
        paper = assistant.paper(citation.paper_id)
        assert citation.quote
        assert citation.quote in paper.abstract or citation.quote == paper.title
        assert (citation.title, citation.authors) == (paper.title, paper.authors)
        assert (citation.year, citation.venue, citation.url) == (paper.year, paper.venue, paper.url)
    assert answer.answer.strip()
    assert answer.model == "extractive"
    assert answer.kind in get_args(Kind)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: ascii(question[:20]))
def test_every_kind_of_question(invented: Assistant, question: str) -> None:
    answer = invented.ask(question).answer
    check(invented, answer)
    assert answer.question == question


@settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS, st.lists(st.tuples(st.sampled_from(["user", "assistant"]), QUESTIONS), max_size=4))
def test_any_question_after_any_turns(invented: Assistant, question: str, turns: list[tuple[str, str]]) -> None:
    history = [Message(role, content) for role, content in turns]  # type: ignore[arg-type]
    stream = invented.ask(question, history)
    text = ""
    for piece in stream:
        text += piece
        known = {citation.marker for citation in stream.citations}
        assert {int(marker) for marker in MARKER.findall(text)} <= known
    assert stream.answer.answer == text
    assert stream.citations == stream.answer.citations
    check(invented, stream.answer)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=40))
def test_any_text(invented: Assistant, question: str) -> None:
    check(invented, invented.ask(question).answer)


@pytest.mark.parametrize(
    "question",
    [
        "What has Jiacheng Sun worked on?",
        "Which papers are about diffusion?",
        "Compare RTO and SA-Solver",
        "What is RTO?",
    ],
)
def test_on_the_seeds(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question).answer
    check(seeds, answer)
    assert not answer.refused


def test_the_answer_can_be_had_at_any_time(invented: Assistant) -> None:
    stream = invented.ask("Which papers are about language models?")
    assert stream.citations == ()
    first = next(iter(stream))
    assert stream.answer.answer.startswith(first)
    assert stream.answer is stream.answer
    assert list(stream) == []


def test_brackets_of_an_abstract_are_no_markers(invented: Assistant) -> None:
    answer = invented.ask("What do abstracts quote such as [3] or [1, 2]?").answer
    check(invented, answer)
    quote = answer.citations[0].quote
    assert "[3] or [1, 2] and [4-6]" in quote
    assert r"\[3\] or \[1, 2\] and \[4-6\]" in answer.answer


def test_emphasis_of_an_abstract_stays_its_own(invented: Assistant) -> None:
    answer = invented.ask("How large is the corpus of abstracts with brackets?").answer
    check(invented, answer)
    assert r"\*\*bold\*\* words, \`code\`" in answer.answer


def test_an_author_has_every_paper_once(invented: Assistant) -> None:
    answer = invented.ask("What has Saoirse Lindqvist worked on?").answer
    check(invented, answer)
    assert [citation.paper_id for citation in answer.citations] == ["inv:4", "inv:8", "inv:12"]
    assert answer.kind == "author"
    for citation in answer.citations:
        assert answer.answer.count(f"**{citation.title}**") == 1


def test_two_authors_are_their_common_papers(invented: Assistant) -> None:
    answer = invented.ask("What have Orla Wen and Tobias Anker written together?").answer
    assert {citation.paper_id for citation in answer.citations} == {"inv:5"}
    assert invented.ask("What have Orla Wen and Ines Quill written together?").answer.refused


def test_an_author_and_a_subject(invented: Assistant) -> None:
    answer = invented.ask("What does Mateo Brandt say about knots?").answer
    assert {citation.paper_id for citation in answer.citations} == {"inv:10"}
    assert invented.ask("Which papers by Bo He are about drones?").answer.citations[0].paper_id == "inv:5"


def test_both_sides_of_a_comparison(invented: Assistant) -> None:
    answer = invented.ask("Compare KelpNet and PollenGAN").answer
    assert answer.kind == "compare"
    assert list(dict.fromkeys(citation.paper_id for citation in answer.citations)) == ["inv:1", "inv:9"]
    half = invented.ask("Compare KelpNet and BarnacleNet").answer
    check(invented, half)
    assert "The library has no paper on “BarnacleNet”" in half.answer
    assert {citation.paper_id for citation in half.citations} == {"inv:1"}


def test_filters_bind_the_answer(invented: Assistant) -> None:
    allowed = Filters(years=(2024, None))
    for question in ("Which papers are about language models?", "What has Mateo Brandt worked on?"):
        answer = invented.ask(question, filters=allowed).answer
        check(invented, answer)
        assert {citation.year for citation in answer.citations} == {2024}
    assert invented.ask("What is KelpNet?", filters=allowed).answer.refused
    assert invented.ask("What is KelpNet?", filters=Filters(authors=("Nobody Here",))).answer.refused


def test_latex_in_a_question_is_read_as_in_the_papers(invented: Assistant) -> None:
    answer = invented.ask("What is compared by the Fr\\'echet distance?").answer
    assert answer.citations[0].paper_id == "inv:4"
    assert (answer.question, answer.standalone_question) == (
        "What is compared by the Fr\\'echet distance?",
        "What is compared by the Fréchet distance?",
    )
