"""How well the roles of an abstract's sentences are told, and how well they could be.

`python benchmarks/roles.py DIR [--write]` fits the weights on CSAbstruct (train.jsonl and dev.jsonl in the folder DIR;
a line is an abstract with `sentences`, `labels` and `confs`, the agreement of the annotators), on the train split only.
It prints the accuracy cross-validated by abstract on train, and on dev: over all sentences, by the agreement of the
annotators, and over the tenth of the abstracts they agreed on best (the published test split is of such abstracts);
and an estimate of the accuracy that no classifier can surpass. `--write` keeps the weights: the loss is convex and
followed to its minimum, so that they come out the same but for rounding. It takes some minutes.
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

from rag.retrieval.roles import ROLES, WEIGHTS_FILE, Weights, features, logsum, messages, shares

try:
    from scipy.optimize import minimize
    from scipy.sparse import csr_array
except ModuleNotFoundError:
    sys.exit("This benchmark fits with SciPy, which the library itself does not need: pip install scipy")

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

FOLDS = 5
LEAST = 12  # sentences a feature is in
RIDGE, CHAIN_RIDGE = 0.7, 0.1
FLAT = {"maxiter": 10_000, "maxfun": 20_000, "ftol": 0.0, "gtol": 1e-4}  # to the least loss, from anywhere
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))  # two of five annotators or fewer, three, four, five
MOST_AGREE = 0.5
ANNOTATORS = 5
SAMPLES = 20_000


class Abstract(NamedTuple):
    """The features of each sentence, its role as a place in ROLES, and how far the annotators agreed on it."""

    features: list[list[tuple[str, float]]]
    roles: Places
    agreement: Floats


def main() -> None:
    """Fit, print, and keep if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    train, dev = (read(arguments.folder / f"{split}.jsonl") for split in ("train", "dev"))
    unseen: list[Places] = [np.empty(0, np.int64)] * len(train)
    for fold in range(FOLDS):
        weights = fitted([abstract for place, abstract in enumerate(train) if place % FOLDS != fold])
        unseen[fold::FOLDS] = told(train[fold::FOLDS], weights)
    report("train, cross-validated", train, unseen)
    weights = kept(fitted(train))
    report("dev", dev, told(dev, weights))
    agreement = np.concatenate([abstract.agreement for abstract in (*train, *dev)])
    low, high = ceiling(agreement, 1.0), ceiling(agreement, np.inf)
    say(f"the most that can be reached, by the agreement of the annotators: {low:.2f} to {high:.2f}")
    if arguments.write:
        names = np.frombuffer("\n".join(weights.rows).encode("utf-8"), np.uint8)
        tables = {name: array.astype(np.float16) for name, array in weights._asdict().items() if name != "rows"}
        np.savez_compressed(WEIGHTS_FILE, names=names, **tables)
        say(f"{len(weights.rows)} features, {WEIGHTS_FILE.stat().st_size / 1000:.0f} kB")


def read(file: Path) -> list[Abstract]:
    """The abstracts of a split."""
    abstracts = []
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        sentences = line["sentences"]
        found = [features(sentence, place, len(sentences)) for place, sentence in enumerate(sentences)]
        labels = [ROLES.index(label) for label in line["labels"]]
        abstracts.append(Abstract(found, np.array(labels), np.array(line["confs"])))
    return abstracts


def fitted(abstracts: list[Abstract]) -> Weights:
    """The weights under which the roles of the abstracts are most probable, less a penalty for great weights."""
    abstracts = sorted(abstracts, key=lambda abstract: len(abstract.roles))
    counts = Counter(name for abstract in abstracts for sentence in abstract.features for name, _ in sentence)
    rows = {name: row for row, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}
    matrix = table(abstracts, rows)
    turned = matrix.T.tocsr()
    lengths = np.array([len(abstract.roles) for abstract in abstracts])
    true = np.eye(len(ROLES))[np.concatenate([abstract.roles for abstract in abstracts])]
    sizes = [len(rows) * len(ROLES), len(ROLES) ** 2, len(ROLES), len(ROLES)]
    penalty = np.repeat([RIDGE, CHAIN_RIDGE, CHAIN_RIDGE, CHAIN_RIDGE], sizes)

    def weights_of(point: Floats) -> Weights:
        values, following, first, last = np.split(point, np.cumsum(sizes)[:-1])
        return Weights(rows, values.reshape(-1, len(ROLES)), following.reshape(len(ROLES), -1), first, last)

    def loss(point: Floats) -> tuple[float, Floats]:
        weights = weights_of(point)
        said = matrix @ weights.values
        error, following = np.empty_like(said), np.zeros_like(weights.following)
        first, last = np.zeros_like(weights.first), np.zeros_like(weights.last)
        surprise, start = 0.0, 0
        for length in np.unique(lengths):
            group = slice(start, start := start + length * np.count_nonzero(lengths == length))
            shape = (-1, length, len(ROLES))
            own, wanted = said[group].reshape(shape), true[group].reshape(shape)
            before, after = messages(own, weights)
            pairs = before[:, :-1, :, None] + weights.following + (own + after)[:, 1:, None, :]
            total = logsum(before[:, -1] + weights.last, axis=-1)
            wanted_pairs = np.einsum("asr,asq->rq", wanted[:, :-1], wanted[:, 1:])
            missed = shares(before + after) - wanted
            error[group] = missed.reshape(-1, len(ROLES))
            following += np.exp(pairs - total[:, None, None, None]).sum(axis=(0, 1)) - wanted_pairs
            first += missed[:, 0].sum(axis=0)
            last += missed[:, -1].sum(axis=0)
            chain = (weights.following * wanted_pairs).sum() + (wanted[:, 0] @ weights.first).sum()
            surprise += total.sum() - (own * wanted).sum() - chain - (wanted[:, -1] @ weights.last).sum()
        slope = np.concatenate([(turned @ error).ravel(), following.ravel(), first, last])
        return float(surprise + (penalty * point**2).sum() / 2), slope + penalty * point

    start = np.zeros(sum(sizes))
    return weights_of(minimize(loss, start, jac=True, method="L-BFGS-B", options=FLAT).x)


def kept(weights: Weights) -> Weights:
    """The weights as they are read back from the file."""
    return Weights(weights.rows, *(array.astype(np.float16).astype(np.float64) for array in weights[1:]))


def table(abstracts: list[Abstract], rows: dict[str, int]) -> csr_array:
    """The features of the sentences of all abstracts, [sentences, features]."""
    each = [sentence for abstract in abstracts for sentence in abstract.features]
    cells = [(at, rows[name], value) for at, sentence in enumerate(each) for name, value in sentence if name in rows]
    at, column, values = zip(*cells, strict=True)
    return csr_array((values, (at, column)), shape=(len(each), len(rows)))


def told(abstracts: list[Abstract], weights: Weights) -> list[Places]:
    """The most probable roles of the sentences of each abstract."""
    ends = np.cumsum([len(abstract.roles) for abstract in abstracts])[:-1]
    own = np.split(table(abstracts, weights.rows) @ weights.values, ends)
    return [np.add(*messages(said, weights)).argmax(axis=-1) for said in own]


def report(name: str, abstracts: list[Abstract], predicted: list[Places]) -> None:
    """Print how often the roles are right."""
    true = np.concatenate([abstract.roles for abstract in abstracts])
    given = np.concatenate(predicted)
    agreement = np.concatenate([abstract.agreement for abstract in abstracts])
    right = given == true
    say(f"{name}: accuracy {right.mean():.4f} of {len(right)} sentences")
    for low, high in BANDS:
        band = (agreement >= low) & (agreement < high)
        say(f"  agreement {low:.1f} to {min(high, 1):.1f}: {right[band].mean():.3f} of {band.sum()}")
    most = agreement > MOST_AGREE
    say(f"  most annotators agree: {right[most].mean():.3f} of {most.sum()}")
    means = np.array([abstract.agreement.mean() for abstract in abstracts])
    lengths = [len(abstract.roles) for abstract in abstracts]
    best = np.repeat(means >= np.quantile(means, 0.9), lengths)
    say(f"  the tenth of the abstracts agreed on best: {right[best].mean():.3f} of {best.sum()}")
    for place, role in enumerate(ROLES):
        hits = (right & (true == place)).sum()
        found, wanted = (given == place).sum(), (true == place).sum()
        say(f"  {role}: precision {hits / max(1, found):.3f}, recall {hits / max(1, wanted):.3f}, {wanted} sentences")


def ceiling(agreement: Floats, evenness: float) -> float:
    """How often the label is the role that most annotators would choose, were all the world asked.

    A label is the choice of most of five annotators, so it is a throw of dice. Each sentence is taken to have a share
    of annotators, from a beta distribution, who choose one role; the others' choices are spread over the other roles
    by a Dirichlet distribution of that `evenness`: 1.0 for any way of spreading, infinite for evenly. The beta
    distribution is the one under which as many agree, of five, as do in the data.
    """
    seen = np.bincount(np.rint(agreement * ANNOTATORS).astype(int), minlength=ANNOTATORS + 1) / len(agreement)
    least, reached, others = np.inf, 0.0, len(ROLES) - 1
    for mean in np.arange(0.40, 0.76, 0.02):
        for firmness in (1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24):
            random = np.random.default_rng(0)
            main = random.beta(mean * firmness, (1 - mean) * firmness, (SAMPLES, 1))
            rest = 1 / others if np.isinf(evenness) else random.dirichlet([evenness] * others, SAMPLES)
            chosen = np.hstack([main, (1 - main) * np.broadcast_to(rest, (SAMPLES, others))])
            votes = random.multinomial(ANNOTATORS, chosen)
            ours = np.bincount(votes.max(axis=1), minlength=ANNOTATORS + 1) / SAMPLES
            misfit = -(seen * np.log(ours + 1e-4)).sum()
            if misfit < least:
                label = (votes + random.random(votes.shape) / 2).argmax(axis=1)
                least, reached = misfit, float((label == chosen.argmax(axis=1)).mean())
    return reached


def say(text: str) -> None:
    """One line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
