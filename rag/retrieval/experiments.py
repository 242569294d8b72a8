"""The sentences of an abstract that name what a method was tried with: data, measures and rivals."""

from __future__ import annotations

import re

from rag.retrieval.expectation import NUMBER, ONLY_AN_ADDRESS
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import OF_ANY_PAPER

_SET = r"(?:data ?sets?|corpus|corpora|benchmarks?|test sets?|training sets?)"
_DATA = rf"(?:{_SET}|data)"
_NAME = r"(?-i:(?!(?:We|Our|The|This|It|In|On|Code)\b)[A-Z0-9][\w.+/-]*[\w+])"
_AMOUNT = r"(?:over |more than |about |around |\S{0,3}?)?\d[\d,.]*\s?(?:k|m|b|million|billion|thousand|hours?)?\b"
_TRIED = (
    r"(?:(?:pre-?|fine-?)?(?:train|tun)(?:ed|ing)|evaluat\w*|test(?:ed|ing)?|experiments?|validat\w*|results?"
    r"|appl(?:ied|ying)|performance)"
)
# "trained on 900 radiographs", "experiments on the Quarry set", "Quarry-2 benchmark", "datasets such as Quarry"
_NAMES_DATA = re.compile(
    rf"\b{_TRIED} (?:\w+ )?(?:on|using|across) (?:(?:[a-z-]+ ){{0,4}}?)(?:{_NAME}|{_AMOUNT} [a-z-]+)"
    rf"|(?<=[\w,(] ){_NAME}(?:[\s,]+(?:and\s+)?{_NAME})*\)?\s+(?:\w+\s+){{0,2}}?{_SET}\b"
    rf"|\b{_DATA}\s*(?:,\s*)?(?:such as|like|including|called|named|of|from|with|,|:|\(|—|–)\s*(?:the )?"
    rf"(?:{_NAME}|{_AMOUNT} [a-z-]+)"
    rf"|\b(?:an?|new|novel) (?:[\w-]+ ){{0,4}}(?:data ?set|corpus|benchmark)\b",
    re.IGNORECASE,
)
_MEASURES = (
    r"(?:accurac\w+|precision|recall|f1\b|f-score|bleu|rouge|fid\b|auc|auroc|iou|map\b|psnr|ssim|dice|perplexity"
    r"|errors?|(?:[\w-]+ )?rates?|scores?|success|latency|throughput|speed-?ups?|regret|rewards?|rmse"
    r"|mae\b|mse\b|wer\b|pass@\d+)"
)
_NAMES_MEASURE = re.compile(
    rf"\b{_MEASURES}.*\d|\d.*\b{_MEASURES}|\b(?:measured (?:by|as|in)|in terms of)\b", re.IGNORECASE
)
_NAMES_RIVAL = re.compile(
    rf"\b(?:compar\w+ (?:to|with|against)|outperform\w*|surpass\w*|better than|superior to|baselines?|state-of-the-art"
    rf"|improv\w+ (?:over|upon)|{_NAME} by \d)\b",
    re.IGNORECASE,
)
_ASKED = (
    (re.compile(rf"\b(?:{_DATA})\b", re.IGNORECASE), _NAMES_DATA),
    (re.compile(r"\b(?:evaluation )?(?:metrics?|measures?)\b", re.IGNORECASE), _NAMES_MEASURE),
    (re.compile(r"\b(?:baselines?|competitors?|rivals?)\b", re.IGNORECASE), _NAMES_RIVAL),
)
_ASKS = re.compile(r"^\W*(?:what|which|on (?:what|which)|with (?:what|which)|name|list|are there|is there)\b", re.I)
_OF_NUMBER = re.compile(r"\b(?:how (?:many|much|large|big)|size|where|available|download|released?)\b", re.IGNORECASE)
_ORDINARY = frozenset(
    content_terms(
        "used use uses using trained train training pretrained pretraining evaluate evaluated evaluation experiment"
        " experiments tested test report reported compared compare comparison validate validated run set sets method"
        " model paper considered tried work works measure measured competitor rival corpus corpora benchmark baseline"
    )
)


def asked_of_experiments(question: str) -> tuple[str, re.Pattern[str]] | None:
    """What is asked for, as it is written, and what a sentence that names one has; None for any other question."""
    if not _ASKS.search(question) or _OF_NUMBER.search(question):
        return None
    if set(content_terms(question)) - _ORDINARY - OF_ANY_PAPER:
        return None
    found = ((asked.search(question), named) for asked, named in _ASKED)
    return next(((match[0], named) for match, named in found if match), None)


def naming(named: re.Pattern[str], sentences: list[str]) -> list[int]:
    """The places of the sentences that name what a pattern of `asked_of_experiments` looks for, in order."""
    return [
        place
        for place, sentence in enumerate(sentences)
        if named.search(sentence) and not (ONLY_AN_ADDRESS.search(sentence) and not NUMBER.search(sentence))
    ]
