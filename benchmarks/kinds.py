"""How well the kind of a question is told: `python benchmarks/kinds.py [--write]`.

Fits the weights of `rag/retrieval/planning/classifier.py` on `questions.jsonl` beside this file: questions written for
it, with marks in the place of authors, venues, years and titles, their kind, and kinds that are right as well. It
prints the accuracy on questions of a set that was not fitted on, set by set; `--write` keeps the weights fitted on all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from rag.retrieval.planning.classifier import KINDS, WEIGHTS_FILE, features

QUESTIONS = Path(__file__).with_name("questions.jsonl")
LEAST = 3  # questions that a feature is in, but for those of phrases and names
RIDGE = 1.0
STEPS, RATE = 250, 0.05
SMALLEST = 0.01  # weight that is kept

Floats = NDArray[np.float32]


class Question(NamedTuple):
    """The features of a question, the kinds that are right, the one that is most so first, and the set it is of."""

    features: dict[str, float]
    kinds: tuple[str, ...]
    set: str


def main() -> None:
    """Fit, print, and keep if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    questions = read()
    right = 0
    for name in dict.fromkeys(question.set for question in questions):
        unseen = [question for question in questions if question.set == name]
        rows, weights = fitted([question for question in questions if question.set != name])
        told = (matrix(unseen, rows) @ weights).argmax(axis=1)
        hits = sum(KINDS[place] in question.kinds for place, question in zip(told, unseen, strict=True))
        right += hits
        sys.stdout.write(f"{name:12} {hits / len(unseen):.3f} of {len(unseen)}, fitted on the other sets\n")
    sys.stdout.write(f"{'all':12} {right / len(questions):.3f} of {len(questions)}\n")
    if write:
        rows, weights = fitted(questions)
        kept = [name for name, row in rows.items() if np.abs(weights[row]).max() >= SMALLEST]
        names = np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8)
        values = weights[[rows[name] for name in kept]].astype(np.float16)
        np.savez_compressed(WEIGHTS_FILE, names=names, values=values)
        sys.stdout.write(f"{len(kept)} features, {WEIGHTS_FILE.stat().st_size / 1000:.0f} kB\n")


def read() -> list[Question]:
    """The questions."""
    lines = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [Question(features(line["text"]), (line["kind"], *line["also"]), line["set"]) for line in lines]


def fitted(questions: list[Question]) -> tuple[dict[str, int], Floats]:
    """The row of each feature, and the weights [features, kinds]: logistic regression with a ridge, by Adam."""
    counts = Counter(name for question in questions for name in question.features)
    names = sorted(name for name, count in counts.items() if count >= LEAST or name.startswith("@"))
    rows = {name: row for row, name in enumerate(names)}
    known, wanted = matrix(questions, rows), np.array([target(question.kinds) for question in questions])
    weights = np.zeros((len(rows), len(KINDS)), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        logits = known @ weights
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        gradient = known.T @ (odds / odds.sum(axis=1, keepdims=True) - wanted) + RIDGE * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return rows, weights


def matrix(questions: list[Question], rows: dict[str, int]) -> Floats:
    """The values of features [questions, features]."""
    values = np.zeros((len(questions), len(rows)), np.float32)
    for place, question in enumerate(questions):
        for name, value in question.features.items():
            if name in rows:
                values[place, rows[name]] = value
    return values


def target(kinds: tuple[str, ...]) -> Floats:
    """The probability of each kind: half for the first, the other half for all that are right."""
    shares = np.zeros(len(KINDS), np.float32)
    right = [KINDS.index(kind) for kind in dict.fromkeys(kinds) if kind in KINDS]  # type: ignore[arg-type]
    for place in right:
        shares[place] += 0.5 / len(right)
    shares[right[0]] += 0.5
    return shares


if __name__ == "__main__":
    main()
