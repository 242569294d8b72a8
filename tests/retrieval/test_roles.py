from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.sentences import sentences
from rag.retrieval.roles import ROLES, WEIGHTS_FILE, RoleScores, Weights, logsum, messages, roles, shares

GRIPPER = (
    "Picking up soft fruit is a long-standing problem in agriculture. "
    "However, existing grippers often bruise the skin of ripe berries. "
    "In this paper, we aim to reduce the damage that is done by harvesting machines. "
    "Our gripper is composed of three inflated fingers, and a neural network is trained to control their pressure. "
    "Experimental results show that our approach outperforms two commercial grippers by 12.5%. "
    "© 2015 Elsevier Ltd. All rights reserved."
)
QUEUES = (
    "Queues of packets have become increasingly important in recent years. "
    "Although many schedulers exist, little is known about their fairness. "
    "The purpose of this study is to investigate whether fair schedulers waste bandwidth. "
    "We collected traces from forty routers and used a Markov chain to model the queues. "
    "The results indicate that fairness costs less than 3% of the bandwidth. "
    "We conclude that fair scheduling can be significantly improved."
)


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        (GRIPPER, ["background", "background", "objective", "method", "result", "other", "other"]),
        (QUEUES, ["background", "background", "objective", "method", "result", "result"]),
    ],
)
def test_every_sentence_has_its_role(abstract: str, expected: list[str]) -> None:
    assert [scores.role for scores in roles(sentences(abstract))] == expected


def test_the_same_words_early_and_late_are_not_the_same_role() -> None:
    told = "The accuracy of small models is limited."
    early = roles([told, *sentences(QUEUES)])[0]
    late = roles([*sentences(QUEUES), told])[-1]
    assert early.background > late.background
    assert late.result > early.result


def test_probabilities_sum_to_one_and_the_role_is_the_most_probable() -> None:
    for scores in roles(sentences(GRIPPER)):
        assert sum(scores) == pytest.approx(1)
        assert getattr(scores, scores.role) == max(scores)


def test_the_fields_are_the_roles() -> None:
    assert RoleScores._fields == ROLES
    assert RoleScores(0.1, 0.1, 0.2, 0.5, 0.1).role == "result"


def test_the_chain_says_what_all_sequences_of_roles_together_say() -> None:
    random = np.random.default_rng(7)
    own = random.normal(size=(4, 5))
    weights = Weights({}, np.empty((0, 5)), random.normal(size=(5, 5)), random.normal(size=5), random.normal(size=5))
    odds = np.zeros((4, 5))
    for sequence in itertools.product(range(5), repeat=4):
        said = sum(own[place, role] for place, role in enumerate(sequence))
        said += sum(weights.following[pair] for pair in itertools.pairwise(sequence))
        odds[range(4), sequence] += np.exp(said + weights.first[sequence[0]] + weights.last[sequence[-1]])
    before, after = messages(own, weights)
    assert shares(before + after) == pytest.approx(odds / odds.sum(axis=1, keepdims=True))
    assert np.exp(logsum(before + after, axis=-1)) == pytest.approx(odds.sum(axis=1))


def test_abstracts_of_one_length_can_be_told_together() -> None:
    random = np.random.default_rng(8)
    own = random.normal(size=(3, 4, 5))
    weights = Weights({}, np.empty((0, 5)), random.normal(size=(5, 5)), random.normal(size=5), random.normal(size=5))
    together = messages(own, weights)
    for place, said in enumerate(own):
        for whole, one in zip(together, messages(said, weights), strict=True):
            assert whole[place] == pytest.approx(one)


def test_the_neighbours_decide_what_the_words_leave_open() -> None:
    open_ended = "We consider this."
    known, shown = "However, little is known about berries.", "The results show that berries are soft."
    early, late = roles([known, open_ended, shown])[1], roles([shown, open_ended, shown])[1]
    assert early.objective + early.method > late.objective + late.method
    assert late.result > early.result


def test_no_sentences_have_no_roles() -> None:
    assert roles([]) == []


def test_one_sentence_is_enough() -> None:
    (scores,) = roles(["The results show that our method outperforms all baselines."])
    assert scores.role == "result"


@pytest.mark.parametrize("sentence", ["", " ", ".", "42", "…", "Ω≠∅", "我们提出一种新方法。", "word " * 5000])
def test_any_text_has_a_role(sentence: str) -> None:
    assert [scores.role in ROLES for scores in roles([sentence, sentence])] == [True, True]


@given(st.lists(st.text(max_size=40), max_size=12))
def test_each_sentence_has_scores(texts: list[str]) -> None:
    told = roles(texts)
    assert len(told) == len(texts)
    assert all(sum(scores) == pytest.approx(1) and min(scores) >= 0 for scores in told)


def test_the_seed_of_the_hashes_changes_nothing() -> None:
    script = "import sys; from rag.retrieval.roles import roles; sys.stdout.write(repr(roles(sys.argv[1:])))"
    said = [
        subprocess.run(
            [sys.executable, "-c", script, *sentences(GRIPPER)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] == repr(roles(sentences(GRIPPER)))


def test_an_abstract_takes_a_blink() -> None:
    abstract = [*sentences(GRIPPER), *sentences(QUEUES)][:10]
    roles(abstract)
    took = []
    for _ in range(20):
        start = time.perf_counter()
        roles(abstract)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.005


def test_the_weights_are_small() -> None:
    assert WEIGHTS_FILE.stat().st_size < 200_000
