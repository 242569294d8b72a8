"""Questions for papers that are like a certain one."""

from __future__ import annotations

import re

from rag.retrieval.planning.phrases import MARK
from rag.retrieval.planning.reading import Reading
from rag.retrieval.planning.subjects import is_name
from rag.retrieval.question import names

_WORK = (
    r"(?:papers?|articles?|publications?|works?|stud(?:y|ies)|ones|literature|abstracts?|anything|something|what else)"
)
_LIKE = (
    r"(?:(?:most |very |closely |more )?(?:like|similar to|alike to|akin to|resembl(?:es?|ing)|comparable (?:to|with)"
    r"|close(?:st)? to|near(?:est)? to|related to))"
)
_ASKED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_WORK}(?: (?:is|are|that are|that is|which are|there are|there is))?(?: there)?(?: most| very)? {_LIKE}"
        r" (?P<of>.+)",
        rf"\b(?:similar|related|neighbou?ring|comparable) {_WORK} (?:to|of|for|as|like) (?P<of>.+)",
        rf"\bmore {_WORK}? ?like (?P<of>.+)",
        r"^(?:similar|related) to (?P<of>.+)",
        r"^(?:what|which) (?:else )?(?:is|are) (?:most )?(?:similar to|like) (?P<of>.+)",
    )
)
_THE_PAPER = re.compile(
    r"^(?:the |this |that |an? )?(?:paper|article|publication|work|study|method|one)s? "
    r"(?:called |titled |entitled |named )?(?=\W*\S)",
    re.IGNORECASE,
)
_FILTERED = re.compile(r"(?:\b(?:by|in|at|from|since|of|and)\s+)*⟨(?:author|venue|years)\d+⟩(?:['’]s?(?!\w))?")


def liked(reading: Reading) -> str:
    """The paper that a question wants others like, as it is written; empty if it asks for no such thing.

    It has to be a title or a name: what is "related to slow rivers" is on a topic.
    """
    for form in _ASKED:
        if found := form.search(reading.text):
            said = " ".join(_FILTERED.sub(" ", found["of"]).split()).strip(" ?.!,;:")
            paper = _THE_PAPER.sub("", said).strip(' ?.!,;:"“”')
            if paper and _is_of_a_paper(paper, reading):
                return MARK.sub(lambda mark: reading.titles[int(mark["place"])], paper)
    return ""


def _is_of_a_paper(said: str, reading: Reading) -> bool:
    marks = [mark["sort"] for mark in MARK.finditer(said)]
    if marks:
        return marks == ["title"] and not re.search(r"\w", MARK.sub("", said))
    return is_name(said, reading.titles) and (bool(names(f"of {said}")) or said[0].isupper())
