"""What is said in passing, and what only sounds like it."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.courtesies import courtesy
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import any_phrase, phrase
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING, Filters


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hey :)", "greeting"),
        ("👍", "agreement"),
        ("thanks for the table, that saved me a lot of time!", "thanks"),
        ("brilliant, thank you - the Quill stuff was spot on", "thanks"),
        ("hmm ok let me think about that", "agreement"),
        ("bye for now", "goodbye"),
        ("I'll read the one by Quill now, talk later", "goodbye"),
        ("My name is Orla", "greeting"),
        ("What can you do?", "introduction"),
    ],
)
def test_courtesies(text: str, said: str) -> None:
    assert courtesy(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thanks, list the papers by He",
        "thanks and list the papers by He",
        "Great, which papers are about snow?",
        "Sorry, I meant KelpNet.",
        "I need papers on snow",
        "I want KelpNet and TMT weighed against each other",
        "snow",
        "nice trees",
        "KelpNet :)",
        "thanks " * 22 + "KelpNet?",
    ],
)
def test_no_courtesies(text: str) -> None:
    assert courtesy(text) is None


def test_a_name_in_small_talk_limits_nothing(invented: Assistant) -> None:
    planned = plan(invented.library, "thank you, the paper by Quill from 2022 was great", Filters(venue="X"))
    assert (planned.kind, planned.filters) == ("small talk", Filters(venue="X"))


def test_who_asks_what_there_is_to_ask_asks_about_the_assistant(invented: Assistant) -> None:
    assert plan(invented.library, "What can you do?", EVERYTHING).kind == "about"


def test_phrases_are_whole_words_in_any_case() -> None:
    assert phrase("START THE PAPERS on").search("The papers on ice")
    assert not phrase("over time").search("rover times")
    assert phrase("rise END").search("on the rise?")
    assert not any_phrase("fact", "no such section").search("anything")


@pytest.mark.parametrize("name", ["about", "author", "compare", "count", "fact", "list", "overview", "trend"])
def test_every_phrase_can_be_read(name: str) -> None:
    assert {"plainly"} <= set(sections(name)) <= {
        "plainly", "likely", "hint", "unless", "several papers", "papers that compare"
    }  # fmt: skip
    for phrases in sections(name).values():
        assert all(phrase(each) for each in phrases)
