"""What a question says once its grammar is taken away: terms and names."""

from __future__ import annotations

import re
from itertools import takewhile

from rag.index.terms import analyse

# Words that ask, join or address the assistant, and say nothing of the subject.
_FUNCTION_WORDS = """
a about above across after all also am among an and any anyone anything are as at be because been before being
between both but by can could did do does doing done down during each either else every for from further get
gets getting give gives got had has have having he her here hers him his how however i if in into is it its
just kind let like made make makes many may me might more most much must my neither no nor not of off ok on once
one only or other our out over own per please same shall she should show shows so some something sort such tell
than that the their theirs them then there these they thing things this those through to too under until up
upon us use used uses using very via want was we were what whats when where whether which while who whom whose
why will with within without would yes you your ask asked explain describe find know mention mentioned say
says said paper papers library abstract abstracts author authors article articles exactly actually according
""".split()
_STOP = frozenset(term for word in _FUNCTION_WORDS for term in analyse(word)) | {"s", "t"}

# A name is written with a capital or digit where grammar asks for none: BUSGen, SA-Solver, CIFAR-10, DPT.
_NAME = re.compile(r"\b\w+(?:[-./]\w+)*")


def content_terms(question: str) -> list[str]:
    """The distinct terms of a question that say what it is about, in order."""
    return list(dict.fromkeys(term for term in analyse(question) if term not in _STOP))


def names(question: str) -> list[str]:
    """The words of a question that are written as names are, in order: `SA-Solver`, `ImageNet`, `GPT-3`."""
    found = []
    for word in _NAME.finditer(question):
        opens_sentence = not question[: word.start()].rstrip().rstrip("\"'“‘(").strip() or question[
            : word.start()
        ].rstrip().endswith((".", "?", "!", ":"))
        inner = any(letter.isupper() or letter.isdigit() for letter in word[0][1:])
        if (inner and not word[0].isdigit()) or (word[0][0].isupper() and len(word[0]) > 1 and not opens_sentence):
            found.append(word[0])
    return found


def without_names(question: str) -> str:
    """The question without its names, or as it is when nothing else is in it."""
    rest = question
    for name in names(question):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    return " ".join(rest.split()) if content_terms(rest) else question


_COUNTED = re.compile(r"\b(?:how many|number of|amount of)\s+(?P<phrase>[^?,.;:]+)", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:what|which)(?:\s+(?:is|are|was|were))?(?:\s+(?:the|an?))?\s+(?P<phrase>[^?,;:]+)", re.IGNORECASE
)
_PHRASE_ENDS = frozenset(
    """a an and are as at be been by can could did do does for from get gets had has have in is it may might must
    of on or per should than that the they to was we were when which who will with would you took take takes
    need needs needed use uses used reach reaches reached achieve achieves achieved obtain obtains obtained
    give gives given make makes made work works worked go goes fit fits span spans""".split()
)
_QUANTITIES = frozenset(
    term
    for word in """accuracy age amount amounts auc bleu budget coefficient cost count date depth dimension duration
    eer epsilon error f1 factor fid fraction frequency gain improvement intensity iou latency length level loss map
    memory number optimizer optimiser percentage perplexity precision price rank rate ratio recall reward
    score size speed speedup temperature threshold throughput time value wer weight width year""".split()
    for term in analyse(word)
)


# "By how many percent": the unit of the answer, not what is asked for.
_UNITS = frozenset(term for word in "percent percentage points times milliseconds orders".split() for term in analyse(word))


def asked_quantities(question: str) -> list[tuple[str, bool]]:
    """The noun phrases a question asks the amount of, and whether to count them.

    `GPU hours` in "how many GPU hours" is counted; `learning rate` in "what learning rate" is not.
    """
    found: dict[str, bool] = {}
    for pattern, counted in ((_COUNTED, True), (_MEASURED, False)):
        for match in pattern.finditer(question):
            phrase = " ".join(takewhile(lambda word: word.casefold() not in _PHRASE_ENDS, match["phrase"].split()))
            terms = content_terms(phrase)
            if terms and (counted or terms[-1] in _QUANTITIES) and not (counted and terms[-1] in _UNITS):
                found.setdefault(phrase, counted)
    return list(found.items())
