"""Follow-ups that ask for fewer of someone's papers, or for whom and where: "and since 2020?", "how many at ICRA?"."""

from __future__ import annotations

import re

from rag.answering.conversation.references import joined
from rag.answering.conversation.scene import Scene

_YEAR = r"(?:19|20)\d\d\b"
_LIMIT = (
    rf"(?P<limit>(?:since|after|before|until|till|from|in|between|prior to|up to) (?:the )?(?:year )?{_YEAR}.*"
    r"|(?:since|before|after) then|(?:in|at|from) [A-Z]\w*[A-Z]\w*(?: (?:19|20)\d\d)?)"
)
_OF_THESE = r"(?: (?:of )?(?:the |his |her |their )?(?:them|these|those|ones|papers|works))*"
_THAT_ARE = r"(?: (?:are|were|is|was|came out|appeared|published))*"
_HOW_MANY = re.compile(rf"how many{_OF_THESE}{_THAT_ARE} {_LIMIT}", re.IGNORECASE)
_WHICH = re.compile(
    rf"(?:which|what|only|just|show(?: me)?|list)?(?: only| just)?{_OF_THESE}{_THAT_ARE} ?{_LIMIT}", re.IGNORECASE
)
_WITH_WHOM = re.compile(
    r"(?:(?:and )?with whom|who with|(?:who (?:are|were) )?(?:the |his |her |their )?(?:co-?authors?|collaborators?))",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:(?:in|at) )?(?:which|what) (?:venues?|journals?|conferences?)(?: and \w+)?", re.IGNORECASE)


def narrowed(question: str, scene: Scene) -> str:
    """The whole question after one about someone's papers; empty if it is none of these, or nobody was asked about."""
    if not scene.people or not all(name in scene.question for name in scene.people):
        return ""
    question = question.rstrip("?.! ")
    whose = joined(scene.people)
    if found := _HOW_MANY.fullmatch(question):
        return f"How many papers by {whose} {found['limit']}?"
    if found := _WHICH.fullmatch(question):
        return f"Which papers by {whose} {found['limit']}?"
    if _WITH_WHOM.fullmatch(question):
        return f"Who has {whose} written with?"
    return f"Which venues has {whose} published in?" if _WHERE.fullmatch(question) else ""
