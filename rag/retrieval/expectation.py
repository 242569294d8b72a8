"""What kind of sentence a question expects: with a number, an address, a data set, or a definition."""

from __future__ import annotations

import re

from rag.retrieval.question import content_terms

_QUANTITIES = (
    "percentage|percent|number|rate|score|accuracy|precision|recall|fraction|share|factor|ratio|size|speed|speedup|"
    "cost|f1|fid|bleu|auc|eer|wer|map|iou|level|amount|error|gains?|improvements?|reduction|resolution|length"
)
_ASKS_NUMBER = re.compile(
    r"\bhow (?:much|many|large|big|fast|quick|few|long|often|high|low|far|small|well|good|accurate)\b"
    rf"|\b(?:what|which|top-\d) (?:[\w-]+ ){{0,4}}?(?:{_QUANTITIES})\b"
    rf"|\b(?:number|percentage|{_QUANTITIES}) (?:of|on|over)\b|\bby what\b",
    re.IGNORECASE,
)
# An address is asked for by the first followed by the second, or by the third alone.
_ASKS_WHERE = re.compile(r"\b(?:where|is|are|find|get|download|link|repo)\b", re.IGNORECASE)
_IS_SOMEWHERE = re.compile(
    r"\b(?:code|scripts|demo|online|download\w*|implementation|repo\w*|github|url|website|homepage|released?|hosted|public\w*|"
    r"available|open[- ]?sourced?|project page)\b",
    re.IGNORECASE,
)
_ENDS_WITH_ADDRESS = re.compile(
    r"\b(?:link|url|github|repo|repository|download page|source code|project page|code)\W*$",
    re.IGNORECASE,
)
_ASKS_DATA = re.compile(r"\b(?:datasets?|data sets?|benchmarks?|corpus|corpora|test sets?)\b", re.IGNORECASE)

NUMBER = re.compile(
    r"\d|\b(?:single|two|three|four|five|six|seven|eight|nine|ten|twelve|hundreds?|thousands?|millions?|billions?|"
    r"twice|half|twofold|double|triple)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|io|net|edu|bio|ai|dev)\b", re.IGNORECASE)
ONLY_AN_ADDRESS = re.compile(
    r"\b(?:code|data|datasets?|models?|demo|weights|implementation|scripts|page|website|video)s?\b.{0,60}\b"
    r"(?:available|released?|accessible|accessed|found|hosted|open[- ]?sourced?|visit)\b.{0,40}(?:https?://|www\.)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:datasets?|data sets?|benchmarks?|corpus|corpora|test sets?|experiments? on|evaluat\w+ on)\b", re.I
)

# "What is X", and not "what is the cost of X".
_ASKS_DEFINITION = re.compile(
    r"^\W*(?:(?:what|who)(?:['’]s|\s+is|\s+are)\s+(?!the\b|its\b|their\b)|what\s+does\b.*\b(?:mean|stand for)\b"
    r"|define\b|tell me (?:more )?about\b|(?:explain|describe)\b)",
    re.IGNORECASE,
)
_FEW_TERMS = 4
_DEFINITION = re.compile(
    r"\b(?:we|paper|work|study|authors)\b.{0,60}?\b(?:present|propose|introduce|develop|design|call|name|term)\w*\b"
    r"|\b(?:called|named|dubbed|termed|namely|i\.e\.|refers? to|defined as|stands? for|known as)(?!\w)"
    r"|\b(?:is|are) (?:an?|the)\b",
    re.IGNORECASE,
)


def expected(question: str) -> re.Pattern[str] | None:
    """What a sentence of the kind that `question` expects has in it, if it expects a kind."""
    if _asks_address(question):
        return ADDRESS
    if _ASKS_NUMBER.search(question):
        return NUMBER
    if _ASKS_DATA.search(question):
        return _DATA
    is_short = len(content_terms(question)) <= _FEW_TERMS
    return _DEFINITION if is_short and _ASKS_DEFINITION.search(question) else None


def _asks_address(question: str) -> bool:
    where = _ASKS_WHERE.search(question)
    return bool((where and _IS_SOMEWHERE.search(question, where.end())) or _ENDS_WITH_ADDRESS.search(question))
