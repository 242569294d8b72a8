"""Whether papers that do not exist support what is said of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.answering.support.checker import SupportChecker
from rag.index.embedder import MiniLMEmbedder
from rag.library.text import readable
from rag.types import Paper, Support

FIXTURE = Path(__file__).parents[2] / "fixtures" / "answers_papers.jsonl"
INVENTED = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
LISTS = Paper(
    "inv:lists",
    "GullNet: Telling Gulls Apart",
    "Gulls look alike. With one or three photographs of each gull, GullNet reaches an error of 4.1 or 2.6. "
    "It takes 12 ms for a photograph, and 700 photographs are published.",
    year=2021,
)


class Counted:
    """The bundled embedder, which counts what it embeds."""

    def __init__(self, embedder: MiniLMEmbedder) -> None:
        self.name, self.dimension, self.window = embedder.name, embedder.dimension, embedder.window
        self.texts: list[str] = []
        self._embedder = embedder

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return self._embedder.embed(texts)


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    """Kelp, tides, lichen, glaciers and drones, then gulls."""
    found = [
        Paper(
            line["id"],
            line["title"],
            readable(line["abstract"]),
            tuple(line["authors"]),
            True,
            line["year"],
            line["venue"],
            line["url"],
        )
        for line in INVENTED[:5]
    ]
    return dict(zip(["kelp", "tide", "lichen", "ice", "drones", "gulls"], [*found, LISTS], strict=True))


@pytest.fixture(scope="module")
def check(papers: dict[str, Paper], embedder: MiniLMEmbedder) -> Callable[..., Support]:
    checker = SupportChecker(embedder, lambda term: 2.0, list(papers.values()))
    return lambda claim, *cited: checker(claim, [papers[name] for name in cited])


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("KelpNet counts canopy fronds in images from drifting buoys.", ["kelp"]),
        ("KelpNet's mean absolute error is 2.7 fronds per image, compared with 6.1 for earlier methods.", ["kelp"]),
        ("The network was trained on 14200 labelled images.", ["kelp"]),
        ("KelpNet was trained on images from 7 bays.", ["kelp"]),
        ("TMT predicts salinity 48 h ahead and trains in nine hours on one card.", ["tide"]),
        ("Lichen-SLAM drifts by 0.8\\% of the distance, ORB features by 3.4\\%.", ["lichen"]),
        ("The variance across annotators is $20\\times$ smaller.", ["ice"]),
        ("The variance between annotators falls by a factor of 20.", ["ice"]),
        ("An outline of 1,000 points takes 4 ms.", ["ice"]),
        ("Collisions drop from 12 to 3 per thousand flights with 16 drones.", ["drones"]),
        ("With three photographs, GullNet reaches an error of 2.6.", ["gulls"]),
        ("In 2021, Wen and Brandt proposed KelpNet.", ["kelp"]),
        ("2.7", ["kelp"]),
        ("It is 2.7.", ["kelp"]),
        ("Images: 14,200", ["kelp"]),
        ("- **KelpNet** reaches an error of 2.7 fronds [1]", ["kelp"]),
        ("KelpNet is trained on 14,200 images, while TMT trains for 9 GPU hours.", ["kelp", "tide"]),
        ("These two papers count fronds in images and forecast salinity with a transformer.", ["kelp", "tide"]),
    ],
)
def test_what_is_told_faithfully_is_supported(check: Callable[..., Support], claim: str, cited: list[str]) -> None:
    support = check(claim, *cited)
    assert support.supported
    assert [grounds.supported for grounds in support.grounds] == [True] * len(cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("KelpNet's mean absolute error is 2.8 fronds per image.", ["kelp"]),
        ("KelpNet's mean absolute error is 6.1 fronds per image, against 2.7 for the best earlier method.", ["kelp"]),
        ("KelpNet is trained on 1,420 labelled images from seven bays.", ["kelp"]),
        ("KelpNet is trained on 14,200 labelled images from nine bays.", ["kelp"]),
        ("2.8", ["kelp"]),
        ("Images: 14,300", ["kelp"]),
        ("Accuracy: 2.7", ["kelp"]),
        ("9 days", ["tide"]),
        ("TMT forecasts salinity 9 hours ahead.", ["tide"]),
        ("KelpNet counts canopy fronds in images of 5px from drifting buoys.", ["kelp"]),
        ("KelpNet counts canopy fronds for the 3rd time in images.", ["kelp"]),
        ("TMT forecasts salinity 48 minutes ahead.", ["tide"]),
        ("Lichen-SLAM drifts by 3.4% of the distance travelled, while ORB features drift by 0.8%.", ["lichen"]),
        ("Lichen-SLAM runs at 22% on an embedded board.", ["lichen"]),
        ("The variance is 30 times smaller across annotators.", ["ice"]),
        ("With sixteen drones, Reward Splitting needs 40 fewer episodes than shared rewards.", ["drones"]),
        ("With three photographs, GullNet reaches an error of 4.1.", ["gulls"]),
        ("TritonNet counts canopy fronds in images from drifting buoys.", ["kelp"]),
        ("The stock market fell after the election of the parliament.", ["kelp"]),
        ("KelpNet is trained on 14,200 images, while TMT trains for 8 GPU hours.", ["kelp", "tide"]),
    ],
)
def test_what_is_altered_or_made_up_is_not(check: Callable[..., Support], claim: str, cited: list[str]) -> None:
    support = check(claim, *cited)
    assert not support.supported
    assert [grounds.supported for grounds in support.grounds] == [False] * len(cited)


def test_evidence_is_the_sentence_with_the_figures(check: Callable[..., Support], papers: dict[str, Paper]) -> None:
    (grounds,) = check("KelpNet has an error of 2.7 fronds per image.", "kelp").grounds
    evidence = grounds.evidence
    assert evidence.sentence.startswith("It reaches a mean absolute error of 2.7")
    assert evidence.field == "abstract"
    assert papers["kelp"].abstract[evidence.start : evidence.end] == evidence.sentence
    assert 0 <= evidence.score <= 1


def test_without_a_citation_the_paper_that_supports_it_is_given(check: Callable[..., Support]) -> None:
    support = check("TMT forecasts salinity 48 hours ahead.")
    assert support.supported
    assert [grounds.paper.id for grounds in support.grounds] == ["inv:2"]
    assert check("TMT forecasts salinity 47 hours ahead.") == Support(supported=False)


def test_the_wrong_paper_is_replaced_by_the_right_one(check: Callable[..., Support]) -> None:
    support = check("TMT forecasts salinity 48 hours ahead.", "kelp")
    assert support.supported
    assert [grounds.paper.id for grounds in support.grounds] == ["inv:2"]


def test_a_paper_without_a_part_in_it_is_not_called_support(check: Callable[..., Support]) -> None:
    support = check("TMT forecasts salinity 48 hours ahead.", "tide", "drones")
    assert support.supported
    assert [grounds.supported for grounds in support.grounds] == [True, False]


def test_what_claims_nothing_needs_no_support(check: Callable[..., Support]) -> None:
    assert check("Here is what the papers say:") == Support(supported=True)
    assert check("Here is what the papers say:", "kelp").supported


def test_a_paper_without_an_abstract_is_known_by_its_title(embedder: MiniLMEmbedder) -> None:
    paper = Paper("inv:t", "Counting 300 Puffins from Kites")
    support = SupportChecker(embedder, lambda term: 2.0, [paper])("Kites were used to count 300 puffins.", [paper])
    assert support.supported
    assert support.grounds[0].evidence.field == "title"
    assert support.grounds[0].evidence.sentence == paper.title


def test_a_sentence_without_end_is_not_supported(check: Callable[..., Support]) -> None:
    support = check("KelpNet counts canopy fronds in images. " * 100, "kelp")
    assert [support.supported, *(grounds.supported for grounds in support.grounds)] == [False, False]


def test_each_passage_is_embedded_once_and_not_before_it_is_needed(
    papers: dict[str, Paper], embedder: MiniLMEmbedder
) -> None:
    counted = Counted(embedder)
    checker = SupportChecker(counted, lambda term: 2.0, list(papers.values()))
    assert counted.texts == []
    checker("KelpNet counts canopy fronds.", [papers["kelp"]])
    checker("KelpNet counts canopy fronds in images.", [papers["kelp"]])
    assert counted.texts.count(papers["kelp"].title) == 1
    assert papers["ice"].title not in counted.texts
