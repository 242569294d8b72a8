"""How well the support check tells what papers say from what they do not.

`python benchmarks/support.py fit SCIFACT --corpus LIBRARY [--write]` fits the weights of the check on SciFact
(corpus.jsonl and claims_train.jsonl in the folder SCIFACT): claims and the abstracts that support them, against the
other papers that the library's own ranking finds for them. It prints the cross-validated AUC, the share of supported
claims that would be marked (false alarms) and of other and of contradicting papers that would pass. The corpus is
read into LIBRARY first if it is not there yet, which takes minutes. `--write` keeps the weights.

`python benchmarks/support.py alter LIBRARY` takes sentences with numbers from the abstracts of any library, retells
them and alters one number, and prints how many of each are marked.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from alterations import altered, has_number, retold
from numpy.typing import NDArray

from rag.answering.support.checker import SupportChecker
from rag.answering.support.passages import Passages, subject_terms
from rag.answering.support.score import FEATURES, WEIGHTS_FILE, Weights, features, probabilities, shipped
from rag.assistant import Assistant
from rag.index.sentences import sentences
from rag.library.text import readable
from rag.retrieval.search import search
from rag.settings import Settings
from rag.types import EVERYTHING, Paper

FOLDS, RETRIEVED, ROUNDS = 5, 10, 3
FALSE_ALARMS = {"cited": 0.05, "uncited": 0.10}
"""The share of supported claims each threshold may mark."""


class Pair(NamedTuple):
    """A claim and a paper: SUPPORT, CONTRADICT or OTHER, with what is told of each passage [passages, features]."""

    claim: int
    label: str
    told: NDArray[np.float64]


def main() -> None:
    """Fit or alter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("scifact", type=Path)
    fitting.add_argument("--corpus", type=Path, required=True, metavar="LIBRARY")
    fitting.add_argument("--write", action="store_true")
    altering = commands.add_parser("alter")
    altering.add_argument("library", type=Path)
    altering.add_argument("--papers", type=int, default=100)
    arguments = parser.parse_args()
    if arguments.command == "fit":
        fit(arguments.scifact, arguments.corpus, arguments.write)
    else:
        alter(arguments.library, arguments.papers)


def fit(scifact: Path, corpus: Path, write: bool) -> None:
    """Fit the weights, print what they are worth, and keep them if asked to."""
    with Assistant(Settings(corpus)) as assistant:
        if not assistant.library.count("papers"):
            with tempfile.TemporaryDirectory() as folder:
                assistant.ingest([as_papers(scifact / "corpus.jsonl", Path(folder))])
        found = list(pairs(assistant, scifact / "claims_train.jsonl"))
    fitted_on = [pair for pair in found if pair.label != "CONTRADICT"]
    supported = np.array([pair.label == "SUPPORT" for pair in fitted_on])
    unseen = cross_validated(fitted_on, supported)
    weights = regression(fitted_on, supported)
    for name, share in FALSE_ALARMS.items():
        weights[name] = float(round(np.quantile(unseen[supported], share), 4))
    contradicting = best_of([pair for pair in found if pair.label == "CONTRADICT"], Weights(**weights))
    say(f"{supported.sum()} supported pairs, {(~supported).sum()} others, {len(contradicting)} contradicted")
    say(f"AUC, cross-validated by claim: {auc(unseen[supported], unseen[~supported]):.4f}")
    for name in FALSE_ALARMS:
        say(
            f"{name} >= {weights[name]}: {(unseen[supported] < weights[name]).mean():.1%} false alarms; "
            f"{(unseen[~supported] >= weights[name]).mean():.1%} of the others pass, "
            f"{(contradicting >= weights[name]).mean():.1%} of the contradicting"
        )
    if write:
        WEIGHTS_FILE.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def as_papers(corpus: Path, folder: Path) -> Path:
    """SciFact's corpus as a file that a library reads."""
    file = folder / "corpus.jsonl"
    lines = map(json.loads, corpus.read_text(encoding="utf-8").splitlines())
    papers = [{"id": line["_id"], "title": line["title"], "abstract": line["text"]} for line in lines]
    file.write_text("\n".join(map(json.dumps, papers)), encoding="utf-8")
    return file


def pairs(assistant: Assistant, claims: Path) -> Iterator[Pair]:
    """Every claim that a paper supports with that paper and the others found for it, and what contradicts any."""
    indexes = assistant.indexes
    keys = dict(assistant.library.rows("SELECT id, key FROM papers"))
    read: dict[str, Passages] = {}
    for line in map(json.loads, claims.read_text(encoding="utf-8").splitlines()):
        labels = {
            paper: "SUPPORT" if any(each["label"] == "SUPPORT" for each in rationales) else "CONTRADICT"
            for paper, rationales in line["evidence"].items()
        }
        papers = assistant.library.papers([keys[paper] for paper in labels if paper in keys])
        if "SUPPORT" in labels.values():
            hits = search(indexes, line["claim"], RETRIEVED, EVERYTHING)
            papers += [hit.paper for hit in hits if hit.paper.id not in labels]
        claim = readable(line["claim"])
        vector = indexes.embedder.embed([claim])[0]
        idf = {term: indexes.terms.idf(term) for term in subject_terms(claim)}
        for paper in papers:
            passages = read.setdefault(paper.id, Passages(paper, indexes.embedder))
            yield Pair(line["id"], labels.get(paper.id, "OTHER"), features(passages, vector, idf))


def regression(given: list[Pair], supported: NDArray[np.bool_]) -> dict[str, object]:
    """The weights for these pairs. A pair is told of by its best passage, which the weights themselves choose."""
    weights: dict[str, object] = {"features": dict.fromkeys(FEATURES, 1.0), "intercept": 0.0, "cited": 0, "uncited": 0}
    for _ in range(ROUNDS):
        chosen = [pair.told[probabilities(pair.told, Weights(**weights)).argmax()] for pair in given]
        *coefficients, intercept = logistic(np.array(chosen), supported)
        weights["features"] = {name: round(float(each), 3) for name, each in zip(FEATURES, coefficients, strict=True)}
        weights["intercept"] = round(float(intercept), 3)
    return weights


def logistic(told: NDArray[np.float64], true: NDArray[np.bool_], ridge: float = 1.0) -> NDArray[np.float64]:
    """Coefficients and intercept of a logistic regression, by Newton's method."""
    inputs = np.column_stack([told, np.ones(len(told))])
    penalty = ridge * np.diag([1.0] * told.shape[1] + [0.0])
    solution = np.zeros(inputs.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-inputs @ solution))
        slope = inputs.T @ (sure - true) + penalty @ solution
        solution -= np.linalg.solve((inputs.T * (sure * (1 - sure))) @ inputs + penalty, slope)
    return solution


def cross_validated(given: list[Pair], supported: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The probability of each pair by weights fitted without its claim."""
    claims = sorted({pair.claim for pair in given})
    random.Random(0).shuffle(claims)  # noqa: S311
    fold = {claim: place % FOLDS for place, claim in enumerate(claims)}
    folds = np.array([fold[pair.claim] for pair in given])
    unseen = np.zeros(len(given))
    for held_out in range(FOLDS):
        weights = regression(
            [given[place] for place in np.flatnonzero(folds != held_out)], supported[folds != held_out]
        )
        judged = [given[place] for place in np.flatnonzero(folds == held_out)]
        unseen[folds == held_out] = best_of(judged, Weights(**weights))
    return unseen


def best_of(given: list[Pair], weights: Weights) -> NDArray[np.float64]:
    """The probability of each pair's best passage."""
    return np.array([probabilities(pair.told, weights).max() for pair in given])


def auc(true: NDArray[np.float64], false: NDArray[np.float64]) -> float:
    """How often a true one is above a false one."""
    return float(np.mean(true[:, None] > false[None, :]) + np.mean(true[:, None] == false[None, :]) / 2)


def alter(folder: Path, count: int) -> None:
    """Print what is marked of faithful and of altered sentences, cited and uncited."""
    rng = random.Random(0)  # noqa: S311
    tried: Counter[tuple[str, str, bool]] = Counter()
    marked: Counter[tuple[str, str, bool]] = Counter()
    with Assistant(Settings(folder)) as assistant:
        papers = assistant.library.papers([key for (key,) in assistant.library.rows("SELECT key FROM papers")])
        papers = [paper for paper in papers if any(map(has_number, sentences(paper.abstract)))]
        for paper in rng.sample(papers, min(count, len(papers))):
            near = [hit.paper for hit in search(assistant.indexes, paper.title, 5, EVERYTHING)]
            papers_given = [paper, *(other for other in near if other.id != paper.id)]
            check = SupportChecker(assistant.indexes.embedder, assistant.indexes.terms.idf, papers_given)
            for said, kind, told in told_of(paper, rng):
                for is_cited in (True, False):
                    tried[said, kind, is_cited] += 1
                    marked[said, kind, is_cited] += not check(told, [paper] if is_cited else []).supported
    say(f"{shipped()}\n{'':48}{'cited':>16}{'not cited':>16}")
    for said in ("faithful", "altered"):
        kinds = list(dict.fromkeys(kind for of, kind, _ in tried if of == said))
        for kind in [*kinds, "all"]:
            shares = [share(marked, tried, said, kind, is_cited) for is_cited in (True, False)]
            say(f"{said + ', ' + kind + ': marked':48}{shares[0]:>16}{shares[1]:>16}")


def share(marked: Counter[tuple[str, str, bool]], tried: Counter[tuple[str, str, bool]], *of: str | bool) -> str:
    """How many of how many, and the percentage."""
    said, kind, is_cited = of
    of_these = [key for key in tried if key[0] == said and kind in (key[1], "all") and key[2] is is_cited]
    some, total = sum(marked[key] for key in of_these), sum(tried[key] for key in of_these)
    return f"{some}/{total} {some / max(1, total):.1%}"


def told_of(paper: Paper, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Up to two sentences of a paper with a number: faithful or altered, in what way, and the sentence."""
    for sentence in [sentence for sentence in sentences(paper.abstract) if has_number(sentence)][:2]:
        versions = dict(retold(sentence))
        yield from (("faithful", kind, told) for kind, told in versions.items())
        for told in (versions["verbatim"], versions["all of it"]):
            yield from (("altered", kind, lie) for kind, lie in altered(told, paper.abstract, rng))


def say(text: str) -> None:
    """One line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
