"""The sentences of an abstract that stand for it: what it contributes, and what came out."""

from __future__ import annotations

import re
from functools import cached_property

from rag.index.sentences import sentence_spans
from rag.retrieval.roles import RoleScores, roles
from rag.types import Evidence, Paper

# Weights in the choice of a sentence, beside the probabilities of its roles.
_STATED, _HERE, _OWN, _FIRST, _TITLE, _HEAD, _BACKWARD, _TRIED, _LONG = 0.6, 0.25, 0.2, 0.15, 0.8, 0.3, 0.7, 0.4, 0.3
_LONGEST = 320  # characters of a sentence that is easily read
_VERBS = (
    r"(?:propos|introduc|present|develop|design|formulat|establish|investigat|examin|stud[iy]|analy[sz]|explor|"
    r"address|describ|consider|provid|offer|creat|build|construct|collect|release|revisit|devis|contribut|derive|"
    r"prove|extend|survey|review|benchmark|uncover|identif|argue|tackl|aim)"
)
_STATES = re.compile(
    rf"\b(?:we|i)\b(?:\W+\w+){{0,3}}?\W+{_VERBS}\w*"
    rf"|\b(?:this|the (?:present|current)|our) (?:paper|work|article|study|survey|thesis|letter|report|research)\b"
    rf"(?:\W+\w+){{0,2}}?\W+(?:{_VERBS}|evaluat|compar|show|demonstrat)\w*"
    r"|\b(?:is|are) (?:proposed|introduced|presented|developed|described|studied|investigated|derived)\b"
    r"|\bin this (?:paper|work|article|study|survey|thesis|letter|report)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:we|this (?:paper|work|article))\b.{0,60}?\b(?:propos|introduc|present|develop)\w*"
    r"|\b(?:called|named|dubbed|termed)\b",
    re.IGNORECASE,
)
_HERE_WORDS = re.compile(
    r"\b(?:this|the present|our) (?:paper|work|article|study|survey|letter)\b|\bhere,", re.IGNORECASE
)
_TRIED_WORDS = re.compile(
    r"\bwe (?:also |further |then |additionally |finally |extensively |empirically )*"
    r"(?:evaluat|test|validat|demonstrat|show|compare|find|found|achiev)\w*|\bexperiment|^(?:our )?results?\b"
    r"|^to (?:demonstrate|validate|evaluate|verify|show|assess|test) "
    r"|\b(?:further|also) (?:propose|introduce|present|show)|\b(?:above|afore)-?mentioned\b",
    re.IGNORECASE,
)
_HEAD_OF_TITLE = re.compile(r"[\w+-]+(?= ?:)")
_ADDRESS = re.compile(r"https?://|github", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:we|our|ours|this (?:paper|work|article|study)|the proposed)\b", re.IGNORECASE)
_BACKWARD_WORDS = re.compile(
    r"^(?:however|but|yet|unfortunately|although|while|existing|previous|prior|recent(?:ly)?|traditional(?:ly)?|current"
    r"|despite|in recent years|these|this|it|they|such|then|finally|moreover|furthermore|additionally|in addition"
    r"|also)\b(?! (?:paper|work|article|study|survey|thesis|letter|report)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{3,}")
_TELLING, _NEEDED_RESULT = 1.0, 0.6  # for an amount, for a result
_AMOUNT = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])|\d ?(?:%|×|x\b|percent)")


class Reading:
    """A paper read for the sentences that stand for it; what takes time is done when it is asked for."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._spans = sentence_spans(paper.abstract)
        self._sentences = [paper.abstract[start:end] for start, end in self._spans]

    @cached_property
    def contribution(self) -> Evidence:
        """The sentence that says what the paper contributes; its title where there is no abstract."""
        if not self._sentences:
            return Evidence.of_title(self.paper)
        scores = self._worded
        if not any(map(_NEW.search, self._sentences)):
            scores = [score + aimed for score, aimed in zip(scores, self._aimed, strict=True)]
        return self._evidence(scores.index(max(scores)), 1.0)

    @cached_property
    def result(self) -> Evidence | None:
        """The sentence that says best what came out, other than the contribution; None where there is none.

        Its score is above 1 if it tells an amount.
        """
        scores = {
            place: role.result + _TELLING * bool(_AMOUNT.search(sentence)) - _too_long(sentence)
            for place, (sentence, role) in enumerate(zip(self._sentences, self._roles, strict=True))
            if role.role == "result" and sentence != self.contribution.sentence and not _ADDRESS.search(sentence)
        }
        best = max(scores, key=lambda place: scores[place], default=None)
        return None if best is None else self._evidence(best, scores[best])

    @property
    def sentences(self) -> tuple[Evidence, ...]:
        """All sentences in order, scored in [0, 1] by how much a summary of the paper needs them."""
        scores = [
            score + aimed + _NEEDED_RESULT * role.result
            for score, aimed, role in zip(self._worded, self._aimed, self._roles, strict=True)
        ]
        low, high = min(scores, default=0.0), max(scores, default=0.0)
        scale = high - low or 1.0
        return tuple(self._evidence(place, (score - low) / scale) for place, score in enumerate(scores))

    @cached_property
    def _roles(self) -> list[RoleScores]:
        return roles(self._sentences)

    @property
    def _aimed(self) -> list[float]:
        """By the role of each sentence, how much it may say what the paper is for."""
        return [role.objective + 0.7 * role.method + 0.3 * role.result - role.background for role in self._roles]

    @cached_property
    def _worded(self) -> list[float]:
        """By the words of each sentence, how much it says what the paper contributes."""
        scores = [_score(self.paper.title, sentence) for sentence in self._sentences]
        new = next((place for place, sentence in enumerate(self._sentences) if _NEW.search(sentence)), None)
        if new is not None:
            # Those that follow build on it: "We further propose".
            scores[new] += _FIRST
        return scores

    def _evidence(self, place: int, score: float) -> Evidence:
        return Evidence(self._sentences[place], "abstract", *self._spans[place], score)


def _score(title: str, sentence: str) -> float:
    return (
        _STATED * bool(_STATES.search(sentence))
        + _STATED * bool(_NEW.search(sentence))
        + _HERE * bool(_HERE_WORDS.search(sentence))
        + _OWN * bool(_OWN_WORDS.search(sentence))
        + _TITLE * _shared(title, sentence)
        + _HEAD * bool((head := _HEAD_OF_TITLE.match(title)) and head[0] in sentence)
        - _TRIED * bool(_TRIED_WORDS.search(sentence))
        - _BACKWARD * bool(_BACKWARD_WORDS.search(sentence))
        - _too_long(sentence)
    )


def _shared(title: str, sentence: str) -> float:
    """The share of the title's words that a sentence has."""
    words = {word.lower()[:6] for word in _WORD.findall(title)}
    return len(words & {word.lower()[:6] for word in _WORD.findall(sentence)}) / max(1, len(words))


def _too_long(sentence: str) -> float:
    return _LONG * max(0.0, len(sentence) / _LONGEST - 1)
