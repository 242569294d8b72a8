"""Scores of answers to questions whose papers and facts are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from typing import Any

from rag.errors import EvaluationError
from rag.library.identity import title_key
from rag.library.text import readable
from rag.types import Answer

_MARKDOWN_ESCAPE = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a right answer cites and says; without titles, the library cannot answer.

    Each group of `must_include` needs one of its alternatives in the answer.
    """

    kind: str
    titles: tuple[str, ...]
    must_include: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the questions of one kind, all but `questions` in [0, 1].

    `gold_first` is the share whose first citation is of a gold paper, `includes` the share that says all it
    must, `refused` the share refused; `precision`, `recall` and `f1` compare the papers cited with the gold
    ones and are 1 where both are none.
    """

    questions: int
    gold_first: float
    includes: float
    refused: float
    precision: float
    recall: float
    f1: float


def gold_of(line: dict[str, Any], place: str) -> Gold:
    """What a line of an evaluation file says of the right answer.

    Raises:
        EvaluationError: "kind", "titles" or "must_include" is missing or of another form.
    """
    kind, titles, groups = line.get("kind"), line.get("titles"), line.get("must_include")
    if not (isinstance(kind, str) and _are_texts(titles) and isinstance(groups, list) and all(map(_are_texts, groups))):
        raise EvaluationError(
            f'In {place} there is no "kind" (text), "titles" (list) or "must_include" (list of lists). '
            "Add them to every line."
        )
    return Gold(kind, tuple(titles or ()), tuple(map(tuple, groups)))


def score(answered: Iterable[tuple[Gold, Answer]]) -> dict[str, Score]:
    """The scores of answers, by the kind of question."""
    by_kind: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for gold, answer in answered:
        by_kind[gold.kind].append(_measures(gold, answer))
    return {
        kind: Score(questions=len(rows), **{name: round(mean(row[name] for row in rows), 4) for name in rows[0]})
        for kind, rows in by_kind.items()
    }


def _measures(gold: Gold, answer: Answer) -> dict[str, float]:
    wanted = {title_key(readable(title)) for title in gold.titles}
    cited = list(dict.fromkeys(title_key(citation.title) for citation in answer.citations))
    right = len(wanted.intersection(cited))
    precision = right / len(cited) if cited else float(not wanted)
    recall = right / len(wanted) if wanted else float(not cited)
    said = _plain(_MARKDOWN_ESCAPE.sub(r"\1", answer.answer))
    return {
        "gold_first": float(bool(cited) and cited[0] in wanted),
        "includes": float(all(any(_plain(text) in said for text in group) for group in gold.must_include)),
        "refused": float(answer.refused),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    }


def _plain(text: str) -> str:
    return readable(text).casefold()


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
