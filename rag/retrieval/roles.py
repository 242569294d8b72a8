"""What each sentence of an abstract is there for: what was known, what is aimed at, what was done, what came out."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Role = Literal["background", "objective", "method", "result", "other"]
ROLES: tuple[Role, ...] = get_args(Role)

WEIGHTS_FILE = Path(__file__).parent / "roles.npz"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
_OPENING = 3  # words
_PLACE = 0.5  # of each feature of place; the words of a sentence are a vector of unit length
_FURTHEST = 8  # sentences from the first or the last: beyond, the count says no more
_LENGTH = 0.3
_LENGTHS = (8, 14, 20, 28, 36)  # different words


class RoleScores(NamedTuple):
    """The probability of each role of a sentence; they sum to one."""

    background: float
    objective: float
    method: float
    result: float
    other: float

    @property
    def role(self) -> Role:
        """The most probable role."""
        return ROLES[self.index(max(self))]


class Weights(NamedTuple):
    """A linear-chain conditional random field: what features say of a sentence's role, and which role follows which.

    `rows` has the row of each feature in `values`, [features, roles]. `following`, [roles, roles], is how well a role
    goes with the next sentence's; `first` and `last`, [roles], how well it begins and ends an abstract.
    """

    rows: dict[str, int]
    values: Floats
    following: Floats
    first: Floats
    last: Floats


def roles(sentences: Sequence[str]) -> list[RoleScores]:
    """The roles of all sentences of one abstract, in their order: neighbours and places tell as much as words."""
    if not sentences:
        return []
    import numpy as np

    weights = shipped()
    said = np.zeros((len(sentences), len(ROLES)))
    for place, sentence in enumerate(sentences):
        found = features(sentence, place, len(sentences))
        known = [(weights.rows[name], value) for name, value in found if name in weights.rows]
        if known:
            chosen, amounts = zip(*known, strict=True)
            said[place] = np.array(amounts) @ weights.values[list(chosen)]
    before, after = messages(said, weights)
    return [RoleScores(*row) for row in shares(before + after).tolist()]


@cache
def shipped() -> Weights:
    """The weights that `benchmarks/roles.py` fitted."""
    import numpy as np

    with np.load(WEIGHTS_FILE) as file:
        names = file["names"].tobytes().decode("utf-8").split("\n")
        tables = (file[name].astype(np.float64) for name in Weights._fields[1:])
        return Weights({name: row for row, name in enumerate(names)}, *tables)


def features(sentence: str, place: int, of: int) -> list[tuple[str, float]]:
    """The features of a sentence with their values.

    They are its words, its runs of two and three words with the sentence's ends, the words it opens with, its
    length, and its `place`, counted from 0, among the sentences `of` its abstract. Case does not count, and all
    numbers are one word.
    """
    tokens = ["0" if token[0].isdigit() else token for token in _TOKEN.findall(sentence.lower())]
    bounded = ["^", *tokens, "$"]
    words = {
        *tokens,
        *(" ".join(pair) for pair in pairwise(bounded)),
        *(" ".join(run) for run in zip(bounded, bounded[1:-1], bounded[2:-1], strict=False)),
        *("^" + token for token in tokens[:_OPENING]),
    }
    after, last = of - 1 - place, max(1, of - 1)
    where = (
        f"@{min(place, _FURTHEST)} before",
        f"@{min(after, _FURTHEST)} after",
        f"@{min(place, _FURTHEST // 2)} before, {min(after, _FURTHEST // 2)} after",
        f"@{round(10 * place / last)} tenths",
        f"@of {min(of, 12)}",
    )
    value = len(words) ** -0.5
    # Sorted: sums are of the same numbers in the same order, whatever the seed of the hashes.
    said = [(word, value) for word in sorted(words)]
    long = (f"@long {bisect(_LENGTHS, len(set(tokens)))}", _LENGTH)
    return [*said, *((name, _PLACE) for name in where), long]


def messages(said: Floats, weights: Weights) -> tuple[Floats, Floats]:
    """What an abstract up to and with each sentence, and what it after each sentence, says of the sentence's role.

    `said`, [any, sentences, roles], is what each sentence says itself; so are both results, logarithms of odds.
    """
    import numpy as np

    before, after = said.copy(), np.zeros_like(said)
    before[..., 0, :] += weights.first
    after[..., -1, :] += weights.last
    for place in range(1, said.shape[-2]):
        before[..., place, :] += logsum(before[..., place - 1, :, None] + weights.following, axis=-2)
    for place in reversed(range(said.shape[-2] - 1)):
        rest = said[..., place + 1, :] + after[..., place + 1, :]
        after[..., place, :] = logsum(weights.following + rest[..., None, :], axis=-1)
    return before, after


def logsum(logits: Floats, axis: int) -> Floats:
    """The logarithm of the sum of the exponentials."""
    import numpy as np

    most = logits.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(logits - most).sum(axis=axis)) + most.squeeze(axis)
    return total


def shares(logits: Floats) -> Floats:
    """The softmax over the last axis."""
    import numpy as np

    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return result
