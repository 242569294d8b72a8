"""All papers on a topic: what is found, what is left out, and that it is the same every time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented import put

from rag.assistant import Assistant
from rag.retrieval.topical import on_topic
from rag.settings import Settings
from rag.types import EVERYTHING, Filters, Record


def found(assistant: Assistant, topic: str, filters: Filters = EVERYTHING) -> list[str]:
    return [hit.paper.id.removeprefix("inv:") for hit in on_topic(assistant.indexes, topic, filters)]


def starts(assistant: Assistant, topic: str) -> set[str]:
    return {hit.paper.title.split()[0].strip(":") for hit in on_topic(assistant.indexes, topic, EVERYTHING)}


@pytest.fixture(scope="module")
def greenhouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library that knows what its abbreviations mean, and mentions things in passing."""
    texts = [
        ("Tall", "Variational Greenhouse Networks (VGNs) are grown. VGNs learn to grow tomatoes in heated rooms."),
        ("Short", "A VGN is grown once and its tomatoes are counted by a camera on rails in every row."),
        ("Long", "We train variational greenhouse networks on the humidity of rooms where cucumbers grow."),
        ("Other", "The market price of cucumbers is predicted from the harvest and the price of heating oil."),
        ("Spelt", "We optimise the watering of tomatoes. Optimisation of watering saves half of the water."),
        ("Zeds", "Optimization of watering is a problem of control. We optimize it for fields of cucumbers."),
    ]
    with Assistant(Settings(tmp_path_factory.mktemp("greenhouse"))) as assistant:
        records = [Record(f"line {n}", f"{title} growth study", text) for n, (title, text) in enumerate(texts)]
        put(assistant.library, records)
        assistant.need_search()
        yield assistant


@pytest.mark.parametrize(
    ("topic", "papers"),
    [
        ("language models", {"10", "11"}),
        ("Language model", {"10", "11"}),
        ("snow", {"12"}),
        ("pollen or kelp", {"1", "9"}),
        ("kelp, pollen or snow", {"1", "9", "12"}),
        ("counting things in images", {"1"}),
        ("images of kelp and drifting buoys", {"1"}),
        ("kelp and pollen", set()),
        ("graph neural networks", {"6"}),
        ("papers about graph neural networks", {"6"}),
    ],
)
def test_topics(invented: Assistant, topic: str, papers: set[str]) -> None:
    assert set(found(invented, topic)) == papers


@pytest.mark.parametrize("topic", ["football", "tax law", "baking bread", "", "?", "papers", "the of and", "\ud800"])
def test_nothing(invented: Assistant, topic: str) -> None:
    assert found(invented, topic) == []


def test_filters(invented: Assistant) -> None:
    assert found(invented, "language models", Filters(authors=("Bo He",))) == ["11"]
    assert found(invented, "language models", Filters(years=(2024, None))) == found(invented, "language models")
    assert found(invented, "language models", Filters(authors=("Orla Wen",))) == []


@pytest.mark.parametrize(
    ("topic", "titles"),
    [
        ("VGNs", {"Tall", "Short", "Long"}),
        ("VGN", {"Tall", "Short", "Long"}),
        ("variational greenhouse networks", {"Tall", "Short", "Long"}),
        ("optimisation of watering", {"Spelt", "Zeds"}),
        ("optimizing watering", {"Spelt", "Zeds"}),
        ("tomatoes and VGNs", {"Tall", "Short"}),
        ("heating oil or cameras", {"Other", "Short"}),
    ],
)
def test_one_thing_in_many_spellings(greenhouse: Assistant, topic: str, titles: set[str]) -> None:
    assert starts(greenhouse, topic) == titles


@pytest.mark.parametrize(
    ("topic", "titles"),
    [
        ("spiking neural networks", {"Online", "Temporal"}),
        ("chain-of-thought or multi-step reasoning", {"Enhancing", "Towards"}),
        ("RLHF and preference optimisation", {"DPO"}),
        ("reinforcement learning", {"DPO"}),
        ("theorem proving", {"Efficient"}),
        ("GANs", {"Complexity", "Diff-Instruct"}),
        ("generative adversarial networks", {"Complexity", "Diff-Instruct"}),
        ("segmentation or medical imaging", {"LarvSeg", "A"}),
        ("football", set()),
        ("protein folding", set()),
    ],
)
def test_topics_of_the_seeds(seeds: Assistant, topic: str, titles: set[str]) -> None:
    assert starts(seeds, topic) == titles


def test_initials_and_words_find_the_same(seeds: Assistant) -> None:
    assert starts(seeds, "LLMs") == starts(seeds, "large language models") > {"How", "Let", "DPO"}


def test_best_first_and_always_the_same(seeds: Assistant) -> None:
    hits = on_topic(seeds.indexes, "diffusion models", EVERYTHING)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 and -1 <= hit.cosine <= 1 for hit in hits)
    assert hits == on_topic(seeds.indexes, "diffusion models", EVERYTHING)
    assert hits[0].paper.title.startswith(("Diff-Instruct", "SA-Solver"))


def test_papers_not_embedded_yet_are_found_by_their_words(greenhouse: Assistant) -> None:
    assert greenhouse.pending() > 0
    assert starts(greenhouse, "cucumbers") == {"Long", "Other", "Zeds"}
