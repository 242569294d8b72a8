"""What a question asks the amount of."""

from __future__ import annotations

import re
from itertools import takewhile

from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import FORMS, PHRASE_ENDS, QUANTITIES, UNITS

_COUNTED = re.compile(r"\b(?:how many|number of|amount of)\s+(?P<phrase>[^?,.;:]+)", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:what(?! about\b)|which)(?:\s+(?:is|are|was|were))?(?:\s+(?:the|an?))?\s+(?P<phrase>[^?,;:]+)", re.IGNORECASE
)
_OWNER = re.compile(r"^.*(?:['’]s|s['’])\s+")


def asked_quantities(question: str) -> list[tuple[str, bool]]:
    """The noun phrases a question asks the amount of, and whether to count them.

    `GPU hours` in "how many GPU hours" is counted; `frame rate` in "what frame rate" is not.
    """
    found: dict[str, bool] = {}
    for pattern, counted in ((_COUNTED, True), (_MEASURED, False)):
        for match in pattern.finditer(question):
            phrase = " ".join(takewhile(lambda word: word.casefold() not in PHRASE_ENDS, match["phrase"].split()))
            phrase = _OWNER.sub("", phrase)
            terms = content_terms(phrase)
            if not terms or (counted and terms[-1] in UNITS) or (not counted and set(terms) <= FORMS):
                continue
            if counted or terms[-1] in QUANTITIES:
                found.setdefault(phrase, counted)
    return list(found.items())
