"""Questions that mean the same after any other, and those that do not."""

from __future__ import annotations

from functools import partial

import pytest

from rag.answering.conversation.standalone import standalone
from rag.answering.conversation.whole import is_whole
from rag.assistant import Assistant
from rag.retrieval.planning.full_names import named_authors
from rag.types import Message

BEFORE = (
    ("What is KelpNet?", "KelpNet counts kelp fronds [1]."),
    ("What is this library about?", "The 12 papers of this library are about snow and kelp."),
    ("What has Orla Wen worked on?", "2 papers by Orla Wen: **Paying Drones for What They Cause** [1]"),
    ("How many papers did Mateo Brandt write?", "2 papers by Mateo Brandt."),
    ("Which papers are about snow?", "2 papers are about “snow”:\n\n- **Ski Tracks** [1]\n- **Glare** [2]"),
    ("Compare KelpNet and PollenGAN", "KelpNet counts [1]. PollenGAN draws [2]."),
)
WHOLE = (
    "Papers by Orla Wen about drones",
    "Bo He papers on attention",
    "Mateo Brandt's papers on kelp",
    "Publications of Bo He since 2021",
    "papers about drones",
    "newest papers on drones",
    "papers from 2024 on kelp",
    "Papers without abstract",
    "number of papers by Bo He",
    "Number of papers per year",
    "Co-authors of Bo He",
    "Research of Bo He",
    "joint papers of Bo He and Orla Wen",
    "anything by Bo He on attention?",
    "Anything on tooth imaging?",
    "Overview of the research on drones",
    "Trend of drone papers over the years",
    "Comparison of GANs and transformers",
    "Who works on drones?",
    "Authors working on sparse attention",
    "Is there a paper about drones?",
    "Any papers on protein folding?",
    "Papers like KelpNet",
    "What limits transformers?",
    "Methods for image segmentation",
    "Who wrote KelpNet?",
    "When was KelpNet published?",
    "How many papers are about drones?",
    "Compare Bo He and Orla Wen",
)


@pytest.mark.parametrize("question", WHOLE)
@pytest.mark.parametrize("before", BEFORE, ids=lambda before: before[0])
def test_a_whole_question_stays_as_it_is(invented: Assistant, before: tuple[str, str], question: str) -> None:
    people = partial(named_authors, invented.library)
    found = standalone(question, (Message("user", before[0]), Message("assistant", before[1])), people)
    assert found.question.rstrip("?.").casefold() == question.rstrip("?.").casefold()
    assert not found.follows


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Bo He", ("Bo He",)),
        ("What about papers by Bo He", ("Bo He",)),
        ("papers since 2020", ()),
        ("its papers", ()),
        ("her papers on drones", ()),
        ("summary of the results", ()),
        ("datasets for training", ()),
        ("number of images", ()),
        ("the code of it", ()),
        ("", ()),
    ],
)
def test_what_leaves_something_unsaid_is_not_whole(question: str, people: tuple[str, ...]) -> None:
    assert not is_whole(question, people)
