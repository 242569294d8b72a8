"""What a question asks for, and of whose papers: decided by its words and the names the library knows."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.library.store import Library
from rag.retrieval.filters import papers_by
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import WORK_AS_A_WHOLE
from rag.types import Filters, Plan

_LIST = re.compile(
    r"^\W*(?:which|what|list|show|give|name|find|are there)\b(?:\W+\w+){0,5}?"
    r"\W+(?:papers|articles|publications|studies)\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"\b(?:compar\w*|contrast|differ(?:s|ence|ences|ent)?|versus|vs)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_LONGEST_NAME = 4  # words


def plan(library: Library, question: str, filters: Filters) -> Plan:
    """The plan for a question that stands on its own, among the papers that `filters` leave.

    Authors it names are added to the filters (several: papers they wrote together), and their names are
    taken out of what is searched for. Asking for authors' work as a whole has the kind "author", setting
    things side by side "compare", asking for papers "list", anything else "fact".
    """
    authors, rest = _named_authors(library, question)
    filters = replace(filters, authors=(*filters.authors, *authors))
    if authors and set(content_terms(rest)) <= WORK_AS_A_WHOLE:
        return Plan(rest, "author", filters)
    kind = "compare" if _COMPARE.search(rest) else "list" if _LIST.search(rest) else "fact"
    return Plan(rest, kind, filters)


def _named_authors(library: Library, question: str) -> tuple[tuple[str, ...], str]:
    """The authors of the library that a question names in full, and the question without their names."""
    found: list[str] = []
    rest = question
    words = list(_WORD.finditer(question))
    first = 0
    while first < len(words):
        name = next(
            (
                text
                for length in range(_LONGEST_NAME, 1, -1)
                if first + length <= len(words)
                and _could_name(text := question[words[first].start() : words[first + length - 1].end()])
                and papers_by(library, text)
            ),
            None,
        )
        if name is None:
            first += 1
            continue
        found.append(name)
        rest = rest.replace(name, " ", 1)
        first += len(_WORD.findall(name))
    return tuple(found), rest


def _could_name(text: str) -> bool:
    """Two words or more with only blanks or one comma between them, not all of them initials or grammar."""
    if re.search(r"[^\w\s.,'’-]|,.*,|[.](?!\s|$)", text):
        return False
    return len(content_terms(text)) > 0 and any(len(word) > 2 or word[:1].isupper() for word in text.split())
