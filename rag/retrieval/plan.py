"""What a question asks for, and of whose papers: decided by its words and the names the library knows."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.library.store import Library
from rag.retrieval.bibliographic import asked_of_papers
from rag.retrieval.filters import papers_by
from rag.retrieval.question import content_terms, names
from rag.retrieval.vocabulary import WORK_AS_A_WHOLE
from rag.types import Filters, Plan

_LIST = re.compile(
    r"^\W*(?:which|what|list|show|give|name|find|are there)\b(?:\W+\w+){0,5}?"
    r"\W+(?:papers|articles|publications|studies)\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(?:compare(?!d)|comparing|comparisons?|contrast(?=.*\b(?:with|to|and)\b)|differs?|versus|vs"
    r"|(?:which|each|either|neither) of (?!these\b|those\b|the\b|them\b)|(?:of|for|do|does|are) both|in common"
    r"|different from|differences? (?:between|from)|(?:the|any|key|main) differences?|similarit(?:y|ies))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_LONGEST_NAME = 4  # words


def plan(library: Library, question: str, filters: Filters) -> Plan:
    """The plan for a question that stands on its own, among the papers that `filters` leave.

    Authors it names are added to the filters (several: papers they wrote together), and their names are
    taken out of what is searched for. Asking for authors' work as a whole has the kind "author", setting
    two names or more side by side "compare", asking for papers "list", anything else "fact". A question
    about a paper itself ("Who wrote ...?") asks for its authors, year, venue or link.
    """
    asks, meant, several = asked_of_papers(question)
    if asks != "contents" and content_terms(meant):
        return Plan(meant, "list" if several else "fact", filters, asks)
    authors, rest = named_authors(library, question)
    filters = replace(filters, authors=(*filters.authors, *authors))
    if authors and set(content_terms(rest)) <= WORK_AS_A_WHOLE:
        return Plan(rest, "author", filters)
    if _COMPARE.search(rest) and len(names(rest)) > 1:
        return Plan(rest, "compare", filters)
    return Plan(rest, "list" if _LIST.search(rest) else "fact", filters)


def named_authors(library: Library, text: str) -> tuple[tuple[str, ...], str]:
    """The authors of the library that a text names in full, as it writes them, and the text without their names."""
    found: list[str] = []
    rest = text
    words = list(_WORD.finditer(text))
    first = 0
    while first < len(words):
        ends = [word.end() for word in words[first + 1 : first + _LONGEST_NAME]]
        written = next(
            (name for end in reversed(ends) if _names_author(library, name := text[words[first].start() : end])), ""
        )
        if written:
            found.append(_POSSESSIVE.sub("", written))
            rest = rest.replace(written, " ", 1)
        first += len(_WORD.findall(written)) or 1
    return tuple(dict.fromkeys(found)), rest


def _names_author(library: Library, written: str) -> bool:
    name = _POSSESSIVE.sub("", written)
    return _could_name(name) and bool(papers_by(library, name))


def _could_name(text: str) -> bool:
    """Two words or more with only blanks or one comma between them, not all of them initials or grammar.

    An initial is a capital and stands by a word with one: "a long" names nobody.
    """
    if re.search(r"[^\w\s.,'’-]|,.*,|[.](?!\s|$)", text) or not content_terms(text):
        return False
    initials = [word for word in text.split() if len(word.strip(".,")) == 1]
    others = [word for word in text.split() if word not in initials]
    if initials:
        return all(map(str.isupper, initials)) and any(word[0].isupper() for word in others)
    return any(len(word) > 2 or word[0].isupper() for word in others)
