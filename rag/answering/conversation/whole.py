"""Questions that say all they mean, though they may have no verb: "papers by Ines Quill about snow"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from rag.answering.conversation.references import refers
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import OF_ANY_PAPER

_PAPERS = r"(?:papers?|articles?|publications?|stud(?:y|ies)|literature)"
_WORKS = rf"(?:{_PAPERS}|works?|research|co-?authors?|collaborators?|venues|interests|(?:any|some|every)thing)"
_OF = (
    r"(?:by|of|from|about|on|in|at|with|without|for|to|since|before|after|between|like|that|which|similar to"
    r"|published)"
)
_BEFORE = r"^(?:(?!the\b)[\w-]+ ){0,3}?"
# Asks the library anew: for papers, or for itself.
_FOR_PAPERS = re.compile(
    r"^(?:which|what|how many|list|(?:show|find|give)(?: me)?|name|are there|do (?:any|you have))\b(?: \w+){0,2}?"
    r" (?:papers|articles|publications|studies)\b",
    re.IGNORECASE,
)
_OF_THE_LIBRARY = re.compile(r"\b(?:this|the|your|my) (?:library|collection)\b", re.IGNORECASE)
# A head noun and what it is limited by; what is asked of one paper has "the", "its" or nothing behind it.
_HEADED = (
    rf"{_BEFORE}{_PAPERS} (?:\w+ )?{_OF} (?P<rest>.+)",
    r"^(?:any|some)thing (?:about|on|by|from) (?P<rest>.+)",
    rf"^(?:total )?numbers? of (?P<rest>.*\b{_PAPERS}\b.*)",
    rf"^(?:an? |the )?(?:\w+ )?(?:overview|summary|survey|trends?|history) (?:of|on|in) (?P<rest>(?:the "
    rf"{_WORKS} {_OF} )?(?!the\b|all\b).+)",
    rf"^(?:the |an? )?(?:trends?|number|share|growth|rise|history)\b.*\b(?P<rest>[\w-]+ {_PAPERS}\b.*)",
    r"^(?:an? |the )?(?:main |key )?(?:comparison|differences?) (?:of|between) (?P<rest>.+ (?:and|vs\.?|versus) .+)",
    r"^who (?:else )?(?:(?:has|have|is|are) )?(?:works?|worked|working|writes?|written|publish\w*) (?:\w+ )?(?:on"
    r"|about) (?P<rest>.+)",
    r"^(?:(?!the\b)\w+ )?(?:authors|people|researchers|groups) (?:who )?(?:work|study|writ|publish)\w* (?:on |about )?"
    r"(?P<rest>.+)",
    rf"^(?:is|are|was|were) there (?:\w+ ){{0,3}}?{_PAPERS} {_OF} (?P<rest>.+)",
)  # fmt: skip
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in _HEADED)
# Things of which one paper has its own: only much that is said of them makes them those of the library.
_METHODS = re.compile(
    rf"^(?:(?:best|good|common|existing|recent|new|other|different) )?(?:methods?|approaches|techniques|algorithms"
    rf"|models|data ?sets|benchmarks) (?:used )?{_OF} (?P<rest>(?!the\b).+)",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"^what (?:limits|causes|drives|determines|explains|enables|prevents|hinders|affects|influences|improves|makes) "
    r"(?P<rest>(?!the\b)\w+.*)",
    re.IGNORECASE,
)
_SIMPLY = re.compile(rf"{_BEFORE}{_PAPERS} (?:without|lacking|missing|per|a|each) (?!the\b)\w+$", re.IGNORECASE)
_POLITE = re.compile(r"^(?:please\W+)?(?:give|show|find|list|get)(?: me)? |^please\W+", re.IGNORECASE)
_WORK = re.compile(rf"\b{_WORKS}\b", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how)(?: about| of|['’]s about)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:19|20)\d\d\b|\b(?:then|now|year|last|since|before|after|until)\b", re.IGNORECASE)
_MUCH = 2  # terms


def is_whole(question: str, people: Sequence[str]) -> bool:
    """Whether a question says by itself of which papers, authors or topic it is; `people` are the authors it names."""
    if _OF_THE_LIBRARY.search(question):
        return True
    bare = _POLITE.sub("", question.rstrip("?.! "))
    if _ABOUT.search(bare) or refers(bare, people):
        return False
    besides = reduce(lambda text, name: text.replace(name, " "), people, bare)
    if _FOR_PAPERS.search(question) or _SIMPLY.search(bare) or (people and _WORK.search(besides)):
        return True
    if any(found and _says(found["rest"], people) for found in (form.search(bare) for form in _FORMS)):
        return True
    methods, causes = _METHODS.search(bare), _CAUSES.search(bare)
    return bool(causes and _own(causes["rest"])) or bool(methods and len(_own(methods["rest"])) >= _MUCH)


def _says(rest: str, people: Sequence[str]) -> bool:
    """Whether the limit of a list is more than years, which limit what was listed before as well."""
    return any(name in rest for name in people) or bool(content_terms(_LIMIT.sub(" ", rest)))


def _own(text: str) -> list[str]:
    return [term for term in content_terms(text) if term not in OF_ANY_PAPER]
