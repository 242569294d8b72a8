"""What is compared, and what papers are about."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("Compare KelpNet and PollenGAN.", ("KelpNet", "PollenGAN")),
        ("Compare KelpNet with PollenGAN in terms of data", ("KelpNet", "PollenGAN")),
        ("KelpNet vs. PollenGAN vs. TMT", ("KelpNet", "PollenGAN", "TMT")),
        ("How does Lichen-SLAM differ from ORB features?", ("Lichen-SLAM", "ORB features")),
        ("lichen-slam or orb features, which drifts less", ("lichen-slam", "orb features")),
        ("What do Reward Splitting and Fungal Graphs have in common?", ("Reward Splitting", "Fungal Graphs")),
        ("Does TMT beat KelpNet?", ("TMT", "KelpNet")),
        ("the difference between TMT and the matching-operation paper", ("TMT", "matching-operation paper")),
        ('Compare "Citing Oneself" with KnotQA', ("Citing Oneself", "KnotQA")),
        ("diff tmt lichenslam", ("tmt", "lichenslam")),
        ("Put A1, B2, C3, D4, E5, F6, G7, H8 and I9 side by side", tuple("A1 B2 C3 D4 E5 F6 G7 H8".split())),
    ],
)
def test_comparisons(invented: Assistant, question: str, subjects: tuple[str, ...]) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert (planned.kind, planned.subjects) == ("compare", subjects)


def test_authors_are_compared_too(invented: Assistant) -> None:
    planned = plan(invented.library, "Compare Orla Wen with Bo He", EVERYTHING)
    assert (planned.kind, planned.people, planned.filters) == ("compare", ("Orla Wen", "Bo He"), EVERYTHING)


@pytest.mark.parametrize("question", ["Compare KelpNet.", "papers that compare KelpNet and TMT", "How do they differ?"])
def test_no_comparison_without_two_subjects(invented: Assistant, question: str) -> None:
    assert plan(invented.library, question, EVERYTHING).kind != "compare"


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("What is KelpNet?", ("KelpNet",)),
        ("KelpNet?", ("KelpNet",)),
        ("Do Language Models Know Knots?", ("Do Language Models Know Knots?",)),
        ('What is "Sparse Skimming" good for?', ("Sparse Skimming",)),
        ("Who wrote KelpNet?", ("KelpNet",)),
        ("what is salt?", ()),
    ],
)
def test_names_in_questions_on_facts(invented: Assistant, question: str, subjects: tuple[str, ...]) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert planned.kind == "fact"
    assert [name.strip("?") for name in planned.subjects] == [name.strip("?") for name in subjects]


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("Which papers are about snow or ice?", "list", "snow or ice"),
        ("how many papers on sea ice since 2020", "count", "sea ice"),
        ("list the papers by Orla Wen", "list", ""),
        ("papers", "fact", ""),
        ("transformer papers", "list", "transformer"),
        ("How has work on language models developed over time?", "trend", "language models"),
        ("Give me the lay of the land on reinforcement learning.", "overview", "reinforcement learning"),
        ("What are the main topics here?", "overview", ""),
        ("Orla Wen's work on drones", "author", "drones"),
        ("Summarise the work of Orla Wen", "author", ""),
        ("papers per year", "trend", ""),
    ],
)
def test_topics(invented: Assistant, question: str, kind: str, topic: str) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert (planned.kind, planned.topic) == (kind, topic)


@pytest.mark.parametrize(
    ("question", "kind", "asks"),
    [
        ("coauthors of Orla Wen", "list", "coauthors"),
        ("Where does Orla Wen publish?", "list", "venues"),
        ("Who studies snow?", "list", "authors"),
        ("links to the papers on snow", "list", "link"),
        ("How many papers are there?", "count", "count"),
        ("How many papers per year are there?", "trend", "count"),
        ("When was KelpNet published?", "fact", "year"),
        ("What do you know about snow?", "fact", "contents"),
    ],
)
def test_what_is_asked_of_papers(invented: Assistant, question: str, kind: str, asks: str) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert (planned.kind, planned.asks) == (kind, asks)


@pytest.mark.parametrize(
    ("question", "lacking", "team"),
    [
        ("papers without a year or venue", ("year", "venue"), None),
        ("How many papers lack an abstract?", ("abstract",), None),
        ("single-author papers", (), (1, 1)),
        ("Which papers have more than forty authors?", (), (41, None)),
        ("papers with at most two authors", (), (None, 2)),
        ("papers by fewer than 5 authors", (), (None, 4)),
        ("papers with three or more authors", (), (3, None)),
        ("What does KelpNet lack?", (), None),
    ],
)
def test_conditions_on_records(
    invented: Assistant, question: str, lacking: tuple[str, ...], team: tuple[int | None, int | None] | None
) -> None:
    planned = plan(invented.library, question, EVERYTHING)
    assert (planned.filters.lacking, planned.filters.team, planned.topic) == (lacking, team, "")
