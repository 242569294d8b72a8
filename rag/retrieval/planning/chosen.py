"""Questions about papers that the user has chosen: what "it" and "these" are, and what is asked of them."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.library.store import Library
from rag.retrieval.planning.phrases import any_phrase
from rag.retrieval.question import content_terms, valid_unicode
from rag.types import Asks, Kind, Plan

_NO_QUOTES = str.maketrans('“”"', "‘’'")
_THESE = re.compile(
    r"\b(?:these|those|they|them|their|all|both|each|ones?|papers?|articles?|(?:the|my) (?:two|three|four|selection"
    r"|chosen|selected|others?))\b",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ\w*|similar\w*|(?:in|have) common|shared?|table|versus|vs)\b"
    r"|^(?:what|which) (?:\w+ ){0,2}?(?:methods?|approach(?:es)?|techniques?|models?|data ?sets?|data|results?|findings"
    r"|problems?|tasks?|metrics?|limitations?|contributions?)\b.{0,30}\b(?:they|these|those|them|used?|each)\b",
    re.IGNORECASE,
)
_SUMMARISE = re.compile(r"\b(?:summar\w+|sum up|overview|gist|tl;?dr|themes?|topics?)\b|\babout\W*$", re.IGNORECASE)
_SIMILAR = re.compile(
    r"^(?:(?:are|is) there|any|find|show|list|give|get|see|what|which|me|other|more|some|please|the|\s)*"
    r"(?:similar|related|neighbou?ring) (?:papers?|works?|articles?|literature|ones)(?: are there)?[\s?.!]*$",
    re.IGNORECASE,
)
_BEST = re.compile(r"^(?:which|what|who)\b.*\b(?:best|better|worst|worse|most|least|\w{3,}est)\b", re.IGNORECASE)
_BY_DATE = re.compile(r"\b(?:newest|oldest|latest|earliest|most recent|first|last)\b", re.IGNORECASE)
_WHO = re.compile(
    r"^(?:who\b(?: else)? (?:wrote|writes|are|is|published)|(?:list |name )?(?:the |all )?authors\b)", re.IGNORECASE
)
_WHICH = re.compile(
    r"^(?:which|what|do any|does any|are any|is any)\b(?: (?:one|ones|papers?))?"
    r"(?: of (?:them|these|those|the papers))? (?:are |is |talk |speak |deal |work |focus )?"
    r"(?:about|on|mentions?|discuss\w*|uses?|using|stud(?:y|ies)|considers?|propos\w+|evaluat\w*|address\w*|with|cover\w*"
    r"|concern\w*|involv\w*) (?P<topic>.+?)[\s?.!]*$",
    re.IGNORECASE,
)

_IT = r"(?:it|this|that|they|(?:this|the|that) (?:paper|article|study|work|preprint|publication))"
_OUT = (
    r"(?: (?:been|first|originally))*(?: (?:published|released|presented|written|accepted|appear(?:ed)?|c[ao]me out))?"
)
_SHOW = (
    r"(?:(?:please |can you |could you )*(?:give|tell|show|send)(?: me)? |what(?:['’]s| is| was) "
    r"|(?:is there|do you have) )?"
)
_VENUE = r"(?:journal|conference|venue|proceedings|workshop)"
_LINK = r"(?:(?:web )?(?:link|address|page)|url|doi|pdf|full text)"
# Asked in these words of a paper that is known, whatever its title says.
_FORMS: tuple[tuple[Asks, str], ...] = (
    ("year", rf"(?:(?:in|from) )?(?:what|which) year(?: (?:was|did|is|does|has) {_IT}{_OUT}(?: (?:in|from))?)?"),
    ("year", rf"(?:when|how long ago) (?:was|did|is|has) {_IT}{_OUT}|how (?:old|recent|new) is {_IT}"),
    ("year", rf"{_SHOW}(?:the |its )?(?:(?:publication|release) )?(?:year|date)(?: of (?:publication|{_IT}))?"),
    ("venue", rf"where (?:was|did|is|has) {_IT}{_OUT}"),
    ("venue", rf"(?:(?:in|at) )?(?:what|which) {_VENUE}(?: (?:was|did|is|has) {_IT}{_OUT}(?: (?:in|at|from))?)?"),
    ("venue", rf"{_SHOW}(?:the |its |an? )?(?:publication )?{_VENUE}|(?:what|which) {_VENUE} published {_IT}"),
    ("link", rf"{_SHOW}(?:the |its |an? )?{_LINK}(?: (?:of|to|for) {_IT})?(?: please)?"),
    ("link", rf"where (?:can|could|do|may) (?:i|we|one) (?:read|find|get|download|access) (?:{_IT}|the {_LINK})"),
    ("authors", rf"how many (?:co-?)?(?:authors|people|researchers)(?: (?:does|do|did|has) {_IT} (?:have|got)"
     rf"| (?:are|were) (?:there|on {_IT})| (?:wrote|authored|worked on|are behind) {_IT})?"),
    ("authors", rf"(?:what is )?the number of authors(?: of {_IT})?"),
)  # fmt: skip
_OF_ITS_RECORD = tuple((asks, re.compile(form, re.IGNORECASE)) for asks, form in _FORMS)


def of_chosen(plan: Plan, question: str) -> Plan:
    """The plan with what is asked of the papers that the user has chosen, if there are any.

    Of a single one everything is a fact, but for what needs several, or is no question to papers.
    """
    papers = plan.filters.papers
    if len(papers) == 1 and (asks := _of_its_record(question)):
        return replace(plan, kind="fact", asks=asks, topic="", subjects=(), people=(), doubts=())
    if not papers or plan.doubts or plan.kind == "small talk":
        return plan
    if plan.asks == "similar":
        # Others than the chosen ones are wanted.
        return replace(plan, filters=replace(plan.filters, papers=()))
    if plan.kind == "about" and not (_SIDE_BY_SIDE.search(question) and points(question)):
        return plan
    return _of_one(plan) if len(papers) == 1 else _of_several(plan, question)


def _of_its_record(question: str) -> Asks | None:
    """Which part of its record a question to the single chosen paper asks for; None if it asks for something else."""
    found = (asks for asks, form in _OF_ITS_RECORD if form.fullmatch(question.strip(" ?.!")))
    return next(found, None)


def titled(library: Library, identifier: str) -> str:
    """The title of a paper as it can stand in quotation marks; empty if there is no such paper, or it has none."""
    rows = library.rows("SELECT title FROM papers WHERE id = ?", (valid_unicode(identifier),))
    return " ".join(rows[0][0].translate(_NO_QUOTES).split()) if rows else ""


def asked_of_one(question: str, title: str) -> str:
    """A question for "similar papers" alone as one for papers like the chosen one; empty if it is another."""
    return f"Which papers are like “{title}”?" if _SIMILAR.search(question) else ""


def points(question: str) -> bool:
    """Whether a question speaks of several papers that were chosen: "these", "both", "compare"."""
    said = any(words.search(question) for words in (_THESE, _SIDE_BY_SIDE, _SUMMARISE))
    return said or not content_terms(question)


def _of_one(plan: Plan) -> Plan:
    of_records = plan.kind in ("list", "count") and plan.asks in ("authors", "coauthors", "venues")
    several = plan.kind == "compare" and len(plan.subjects) > 1
    if of_records or several or plan.people or plan.kind == "fact":
        return plan
    return replace(plan, kind="fact", topic="", asks="contents" if plan.asks == "count" else plan.asks)


def _of_several(plan: Plan, question: str) -> Plan:
    if plan.people or plan.subjects or plan.kind in ("count", "author"):
        return plan
    if which := _WHICH.match(question):
        return replace(plan, kind="list", topic=which["topic"])
    if _WHO.match(question):
        return replace(plan, kind="list", asks="authors", topic="")
    if _SIDE_BY_SIDE.search(question) or any_phrase("compare", "plainly").search(question):
        return _whole(plan, "compare")
    if _SUMMARISE.search(question) and points(question):
        return _whole(plan, "overview")
    if _BY_DATE.search(question) and plan.kind == "fact":
        return _whole(plan, "list")
    return _whole(plan, "compare") if _BEST.search(question) else plan


def _whole(plan: Plan, kind: Kind) -> Plan:
    """A plan for all the chosen papers together."""
    return replace(plan, kind=kind, asks="contents", topic="")
