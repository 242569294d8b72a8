"""Questions about papers that were chosen, and for papers like them."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.parts import Part
from rag.types import Answer, Filters, Message

ONE = Filters(papers=("inv:1",))
FEW = Filters(papers=("inv:1", "inv:2", "inv:3"))
EARLIER = (Message("user", "What is Lichen-SLAM?"), Message("assistant", "**Lichen-SLAM** maps rock. [1]"))


def asked(assistant: Assistant, question: str, filters: Filters = ONE, history: tuple[Message, ...] = ()) -> Answer:
    return assistant.ask(question, history, filters).answer


def cited(answer: Answer) -> set[str]:
    return {citation.paper_id for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is this paper about?", "convolutional network that counts canopy fronds"),
        ("Summarise it", "convolutional network that counts canopy fronds"),
        ("tl;dr", "convolutional network"),
        ("Explain this paper", "convolutional network"),
        ("What is the main result?", "mean absolute error of 2.7"),
        ("What did they find?", "mean absolute error of 2.7"),
        ("What method do they use?", "convolutional network"),
        ("What problem does it solve?", "hard to survey"),
        ("How many labelled images is it trained on?", "14,200"),
        ("Is there code?", "example.org/kelpnet"),
        ("Who wrote it?", "Orla Wen and Mateo Brandt"),
        ("When was it published?", "2021"),
        ("Where did it appear?", "Journal of Invented Oceans"),
        ("In what year was it published?", "2021"),
        ("When did it come out?", "2021"),
        ("How old is this paper?", "2021"),
        ("In which journal was it published?", "Journal of Invented Oceans"),
        ("How many authors?", "Orla Wen and Mateo Brandt"),
        ("How many people wrote it?", "Orla Wen and Mateo Brandt"),
        ("Which metrics are reported?", "mean absolute error of 2.7"),
    ],
)
@pytest.mark.parametrize("history", [(), EARLIER])
def test_one_paper_answers_for_itself(
    invented: Assistant, question: str, said: str, history: tuple[Message, ...]
) -> None:
    answer = asked(invented, question, ONE, history)
    assert not answer.refused
    assert said in answer.answer.replace("\\", "")
    assert cited(answer) == {"inv:1"}
    assert answer.plan is not None and answer.plan.filters.papers == ("inv:1",)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is the capital of France?", "France"),
        ("Does it use BERT?", "BERT"),
        ("What learning rate do they use?", "learning rate"),
        ("What are its limitations?", "limitations"),
        ("How do penguins sleep?", ""),
        ("What is the best recipe for bread?", ""),
    ],
)
def test_what_the_paper_does_not_say_is_refused(invented: Assistant, question: str, named: str) -> None:
    answer = asked(invented, question)
    assert answer.refused and not answer.citations
    assert "KelpNet" in answer.answer and named in answer.answer


def test_a_limitation_is_quoted(invented: Assistant) -> None:
    answer = asked(invented, "What are its limitations?", Filters(papers=("inv:12",)))
    paper = invented.paper("inv:12")
    assert answer.refused or all(citation.quote in paper.abstract for citation in answer.citations)


def test_a_paper_without_an_abstract_and_one_that_is_gone(invented: Assistant) -> None:
    (bare,) = (paper for paper in invented.browse().papers if not paper.abstract)
    answer = asked(invented, "What is it about?", Filters(papers=(bare.id,)))
    assert answer.refused and "no abstract of" in answer.answer
    assert asked(invented, "What is it about?", Filters(papers=("gone",))).refused


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Summarise these", "overview"),
        ("What are these papers about?", "overview"),
        ("What are the main topics?", "overview"),
        ("What do these have in common?", "compare"),
        ("Compare these", "compare"),
        ("How do they differ?", "compare"),
        ("What are the differences between these papers?", "compare"),
        ("Which one performs best?", "compare"),
        ("List them", "list"),
        ("Who wrote these?", "list"),
        ("Which of these is the newest?", "list"),
        ("How many are there?", "count"),
    ],
)
@pytest.mark.parametrize("history", [(), EARLIER])
def test_several_papers_are_taken_together(
    invented: Assistant, question: str, kind: str, history: tuple[Message, ...]
) -> None:
    answer = asked(invented, question, FEW, history)
    assert (answer.kind, answer.refused) == (kind, False)
    assert cited(answer) == {"inv:1", "inv:2", "inv:3"}


def test_a_topic_among_them(invented: Assistant) -> None:
    answer = asked(invented, "Which of them are about kelp?", FEW)
    assert cited(answer) == {"inv:1"}
    answer = asked(invented, "Which of them are about snow?", FEW)
    assert answer.refused and "3 chosen papers" in answer.answer


def test_the_chosen_papers_are_a_part_that_can_be_dropped(invented: Assistant) -> None:
    answer = invented.ask("How many papers are there?", filters=FEW, dropped=[Part("papers", "3 chosen papers")]).answer
    assert "12 papers" in answer.answer.replace("*", "")


def test_more_than_are_compared_is_said(invented: Assistant) -> None:
    ids = tuple(paper.id for paper in invented.browse(k=20).papers)
    answer = asked(invented, "Compare these", Filters(papers=ids))
    assert answer.answer.startswith("These are 8 of the 12 chosen papers.")


@pytest.mark.parametrize(
    "question",
    ["Papers similar to KelpNet", "Which papers are like “KelpNet: Counting Canopy Fronds from Drifting Buoys”?"],
)
def test_papers_like_one(invented: Assistant, question: str) -> None:
    answer = asked(invented, question, Filters())
    assert answer.plan is not None and (answer.kind, answer.plan.asks) == ("list", "similar")
    if answer.refused:
        assert "no other paper" in answer.answer
    else:
        first, *others = answer.citations
        assert first.paper_id == "inv:1" and others
        assert "inv:1" not in {each.paper_id for each in others}


@pytest.mark.parametrize("question", ["Which papers are like this one?", "Similar papers?", "find related work"])
def test_papers_like_the_chosen_one_are_others(seeds: Assistant, question: str) -> None:
    chosen = seeds.search("diffusion models", 1)[0].paper
    answer = seeds.ask(question, EARLIER, Filters(papers=(chosen.id,))).answer
    assert answer.plan is not None and answer.plan.asks == "similar"
    assert answer.citations[0].paper_id == chosen.id
    assert len(cited(answer)) > 2
    for citation in answer.citations[1:]:
        paper = seeds.paper(citation.paper_id)
        assert citation.quote in paper.abstract or citation.quote == paper.title


def test_papers_like_one_that_is_not_here(seeds: Assistant) -> None:
    answer = asked(seeds, "papers similar to FooBarNet", Filters())
    assert answer.refused and "no paper “FooBarNet”" in answer.answer and "nearest papers" in answer.answer
    assert len(answer.offers) == 3


def test_papers_like_one_within_filters(seeds: Assistant) -> None:
    paper = seeds.search("diffusion models", 1, Filters(authors=("Jiacheng Sun",)))[0].paper
    answer = asked(seeds, f"more papers like “{paper.title}” by Di He", Filters())
    for citation in answer.citations[1:]:
        assert "Di He" in citation.authors


def test_what_is_related_to_a_subject_is_a_topic(seeds: Assistant) -> None:
    answer = asked(seeds, "papers related to diffusion models", Filters())
    assert answer.plan is not None and (answer.plan.asks, answer.plan.topic) == ("contents", "diffusion models")
