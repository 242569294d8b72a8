"""Questions about a paper itself: who wrote it, when and where it appeared, where to read it."""

from __future__ import annotations

import re

from rag.types import Asks

_POLITE = (
    r"^\W*(?:please\W+)?(?:(?:can|could|would|do) you (?:please )?(?:(?:tell|show|give|send) me|know|list|name)\s+"
    r"|(?:tell|show|give|send|get) me\s+|i (?:want|need|would like)(?: to know| to have)?\s+"
    r"|(?:regarding|about) [^,]+,\s+)?"
)
_WHAT_IS = r"(?:(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+|list\s+|name\s+)?(?:all\s+)?(?:the\s+|an?\s+)?"
_OUT = r"(?:(?:originally|first|been)\s+)*(?:published|released|presented|written|accepted|come\s+out|appear(?:ed)?)"
_AUTHORS = r"(?:(?:first|last|lead|main|senior|known)\s+)?(?:co-?)?authors?"
_YEAR = r"(?:publication\s+(?:year|date)|(?:year|date)\s+of\s+publication|(?:publishing|release)\s+(?:year|date)|year)"
_VENUE = r"(?:(?:publication\s+)?venue|journal|conference|workshop|proceedings)"
_AGE = (
    r"(?:out\s+)?(?:the\s+)?(?:(?:published|written|out)\s+)?"
    r"(?:newer|older|newest|oldest|earlier|later|first|last|(?:more|most)\s+recent)"
)
_LINK = r"(?:links?|url|doi|web\s?address|pdf|arxiv\s+(?:link|page|id))"

_FORMS: tuple[tuple[Asks, str], ...] = (
    ("authors", r"(?:who|which\s+(?:authors?|people|researchers?))\s+(?:else\s+)?(?:wrote|authored|co-?authored"
     r"|published|(?:has|have)\s+written)\s+(?P<of>.+)"),
    ("authors", rf"(?:who(?:se)?\s+(?:is|are|was"
     rf"|were)\s+)?{_WHAT_IS}(?:names?\s+of\s+(?:the\s+)?)?{_AUTHORS}(?:\s+names)?"
     r"\s+(?:of|behind|for)\s+(?P<of>.+)"),
    ("authors", rf"{_WHAT_IS}(?P<of>.+?)['’]s?\s+{_AUTHORS}"),
    ("authors", r"who(?:['’]s|\s+is|\s+are|\s+was|\s+were)\s+behind\s+(?P<of>.+)"),
    ("authors", r"by\s+whom\s+(?:was|is|were)\s+(?P<of>.+?)(?:\s+(?:written|authored|published))?"),
    ("authors", r"who\s+(?:was|is|were)\s+(?P<of>.+?)\s+(?:(?:written|authored|published)\s+)?by"),
    ("authors", r"(?:who|which\s+(?:authors?|people|researchers?))\s+(?:(?:first\s+)?(?:proposed|introduced"
     r"|developed|created|invented|designed)|came\s+up\s+with"
     r"|is\s+behind|are\s+behind)\s+(?P<of>(?:(?!\b(?:of|in|for|on|from|by|to|that)\b).)+)"),
    ("venue", rf"(?:when\s+and\s+where|where(?:\s+and\s+when)?)\s+(?:was|were|is|did|has)\s+(?P<of>.+?)\s+{_OUT}"),
    ("venue", rf"(?:(?:in|at)\s+)?(?:what|which)\s+{_VENUE}\s+(?:was|were|is|did|has|does)\s+(?P<of>.+?)"
     rf"(?:\s+(?:{_OUT}|from|in|at))+"),
    ("venue", rf"(?:what|which)\s+{_VENUE}\s+(?:published|accepted)\s+(?P<of>.+)"),
    ("venue", rf"{_WHAT_IS}{_VENUE}\s+(?:of|for)\s+(?P<of>.+)"),
    ("venue", rf"{_WHAT_IS}(?P<of>.+?)['’]s?\s+{_VENUE}"),
    ("year", rf"when\s+(?:was|were|is|did|has)\s+(?P<of>.+?)\s+{_OUT}"),
    ("year", rf"(?:(?:in|from)\s+)?(?:what|which)\s+year\s+(?:was|were|is|did|has|does)\s+(?P<of>.+?)"
     rf"(?:\s+(?:{_OUT}|from|in))+"),
    ("year", r"(?:what|which)\s+(?:year|yr)\s+(?:was|is)\s+(?P<of>.+\s(?:paper|article|study))(?:\s+(?:from|in))?"),
    ("year", rf"{_WHAT_IS}{_YEAR}\s+(?:of|for)\s+(?P<of>.+)"),
    ("year", rf"{_WHAT_IS}(?P<of>.+?)['’]s?\s+{_YEAR}"),
    ("year", rf"which\s+of\s+(?P<of>.+?)\s+(?:is|was|came|appeared)\s+{_AGE}"),
    ("year", rf"which\s+(?:one\s+|paper\s+)?(?:is|was|came|appeared)\s+{_AGE},\s*(?P<of>.+)"),
    ("link", rf"(?:(?:is\s+there|do\s+you\s+have|where(?:['’]s|\s+is))\s+)?{_WHAT_IS}{_LINK}\s+(?:of|to"
     rf"|for)\s+(?P<of>.+)"),
    ("link", rf"{_WHAT_IS}(?P<of>.+?)['’]s?\s+{_LINK}"),
    ("link", r"where\s+(?:can|could|may|do)\s+(?:i|we|one)\s+(?:read|(?:find|get|access|download)\s+(?:the\s+)?"
     r"(?:paper|article|full\s+text))\s+(?P<of>.+)"),
)  # fmt: skip
_PATTERNS = [(asks, re.compile(rf"{_POLITE}{form}\s*[?.!]*\s*$", re.IGNORECASE)) for asks, form in _FORMS]

# What belongs to a paper and is told of in its abstract, if anywhere.
_BELONGS = r"(?:code|repo\w*|github|data|datasets?|weights|models?|demo|scripts|implementation|website|project\s+page)"
_OF_CONTENTS = re.compile(
    rf"^(?:(?:the|its|their)\s+)?(?:\w+\s+)?{_BELONGS}(?:\s+(?:of|for|behind|from|used)\b|$)|['’]s?\s+(?:\w+\s+)?{_BELONGS}$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"{_POLITE}who\s+(?:(?:has|have|is|are)\s+)?(?:(?:writes?|wrote|written|publish(?:es|ed)?)\s+(?:(?:the\s+)?papers\s+)?"
    r"|work(?:s|ed|ing)?\s+)(?:on|about)\s+(?P<of>.+?)\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_LONGEST = 400  # characters of such a question
_NOT_ONE = re.compile(r"^(?:the\s+)?(?:papers?|ones?|works?|abstracts?)$", re.IGNORECASE)


def asked_of_papers(question: str) -> tuple[Asks, str, bool]:
    """What a question asks of papers themselves, what it says of which ones, and whether it asks of several.

    `("authors", "KelpNet", False)` for "Who wrote KelpNet?", `("contents", question, False)` for a question that
    their abstracts have to answer.
    """
    if len(question) > _LONGEST:
        return "contents", question, False
    if several := _SEVERAL.match(question):
        return "authors", several["of"], True
    for asks, pattern in _PATTERNS:
        found = pattern.match(question)
        of = found["of"].rstrip("?.! ") if found else ""
        if of and not _OF_CONTENTS.search(of) and not _NOT_ONE.match(of):
            return asks, of, False
    return "contents", question, False
