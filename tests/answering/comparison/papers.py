"""Papers of our own invention, as abstracts of many kinds are written."""

from __future__ import annotations

from rag.types import Paper

REEF = Paper(
    "reef",
    "ReefNet: Counting Corals from Kites",
    "Coral reefs shrink. However, existing surveys rely on divers and fail in murky water. In this paper, we propose"
    " ReefNet, a convolutional network that counts corals in pictures taken by kites. Experiments on the KiteReef and"
    " ShoalBank datasets show that ReefNet reaches an F1 score of 91.2%, while the best earlier method reaches 84.0%."
    " However, our method fails at night. The code is available at https://example.org/reefnet.",
    ("Ana Roe", "Bo Li"),
    True,
    2021,
    "Rope Letters",
)
BARE = Paper("bare", "A Note on Corals")
THEORY = Paper(
    "theory",
    "Bounds for Counting from Above",
    "We study the problem of counting points from above. We prove that no estimator without depth can be unbiased, and"
    " derive the smallest variance of those with depth. Previous work cannot handle occlusion.",
    ("Bo Li",),
    True,
    2021,
    "Rope Letters",
)
CORPUS = Paper(
    "corpus",
    "KnotTalk",
    "Sailors talk about knots in many ways. We collect 4,120 recordings of 77 sailors. Annotators agree with a kappa of"
    " 0.81. We release the recordings and scripts at www.example.org/knottalk. This work has some limitations: all"
    " speakers are from one harbour.",
)
EIGHT = (
    "KelpNet",
    "TMT",
    "Lichen-SLAM",
    "Fréchet view",
    "Reward Splitting",
    "Fungal Graphs",
    "PollenGAN",
    "KnotQA",
)
"""What eight invented papers are called."""
