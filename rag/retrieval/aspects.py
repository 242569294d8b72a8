"""What a topic is made of: alternatives, and the aspects that a paper on one of them has."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.retrieval.question import content_terms, searchable

_OPENING = re.compile(
    r"^\W*(?:(?:papers?|works?|research|stud(?:y|ies)|articles?|anything|something|everything|the\s+(?:topic|subject"
    r"|field|area)s?)\s+)?(?:(?:(?:that|which|to|have|has|been)\s+)*(?:appl(?:y|ies|ied)|us(?:e|es|ed|ing)|stud(?:y|ies"
    r"|ied|ying)|propos(?:e|es|ed)|introduc(?:e|es|ed)|investigat(?:e|es|ed)|consider(?:s|ed)?|discuss(?:es|ed)?"
    r"|examin(?:e|es|ed)|explor(?:e|es|ed)|analy[sz](?:e|es|ed)|deriv(?:e|es|ed)|describ(?:e|es|ed)|mention(?:s|ed)?"
    r"|tackl(?:e|es|ed)|(?:try|tries|tried|aim(?:s|ed)?)\s+to(?:\s+\w+)?"
    # Of these there are topics: "report generation".
    r"|(?:publish|present|address|focus|work|concern|cover|report)(?:e?s|ed|ing)?(?=\s+(?:on|about|with|the|an?)\b))\s+)?"
    r"(?:(?:about|on|of|with|regarding|concerning|related\s+to|deal(?:ing|s)?\s+with)\s+)?(?:(?:the|an?|any|some)\s+)?",
    re.IGNORECASE,
)
# "Medical imaging such as MRI"; what is said of "something other than images" is in the examples.
_SUCH_AS = re.compile(r"[\s,(]+(?:e\.?g\.?,?|for\s+(?:example|instance),?|such\s+as|including)\s+", re.IGNORECASE)
_OTHER_THAN = re.compile(r"\s+(?:\w+\s+)?(?:some|any)?things?\s+other\s+than\b.*$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![\w-])([A-Z]{2,}s?)(?![\w-])")
_OR = re.compile(r"\s*(?:,\s*(?:and\s*/\s*)?or\b|\b(?:and\s*/\s*)?or\b|/(?=\s))\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;]\s*(?:and\b\s*)?")
_AND = re.compile(r"\s*(?:,\s*and\b|\band\b|\bas\s+well\s+as\b|&)\s*", re.IGNORECASE)
# Words between two aspects; "of" and "to" are inside many ("chain of thought", "text to speech").
_JOIN = re.compile(
    r"\s+(?:(?:in|on|for|with|by|from|using|under|through|via|about|at|within|between|against|without|into|during"
    r"|applied\s+to|based\s+on|that|which|who|whose|where|when|of)\s+)(?:(?:the|an?|their|its|these|those|other)\s+)*",
    re.IGNORECASE,
)
_MOST = 6  # alternatives


class Alternative(NamedTuple):
    """One thing a paper can be about: `text` in words, and its parts that "and" joins, each with its aspects.

    A paper on it is on every part, and so has every aspect.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]

    @property
    def aspects(self) -> tuple[str, ...]:
        """The aspects of all parts."""
        return tuple(dict.fromkeys(aspect for part in self.parts for aspect in part))


def alternatives(topic: str) -> tuple[Alternative, ...]:
    """The alternatives of a topic, of which a paper has at least one; none if the topic says nothing.

    "Snow or ice" has two; "sampling or distillation of diffusion models" has two with the aspect "diffusion models" in
    both; "diffusion models and contrastive learning" has one with two parts.
    """
    text = _OPENING.sub("", " ".join(searchable(topic).split()).strip(" .?!\"'“”"))
    text, *examples = _SUCH_AS.split(text, maxsplit=1)
    if examples and _OTHER_THAN.search(text):
        text = _OTHER_THAN.sub("", text)
        wholes = [f"{text} for {example}" for example in _listed(examples[0])]
    else:
        wholes = [whole for each in (text, *examples) for whole in _listed(each)]
    found = ((whole, tuple(dict.fromkeys(filter(None, map(_aspects, _joined(whole)))))) for whole in wholes)
    return tuple(dict.fromkeys(Alternative(whole, parts) for whole, parts in found if parts))[:_MOST]


def _listed(text: str) -> list[str]:
    """What "or" parts, each with the words that go with all of it."""
    head, join, tail = _split_tail(text)
    parts = [part for piece in _OR.split(head) for part in _COMMA.split(piece)] if _OR.search(head) else [head]
    return [" ".join(f"{part}{join}{tail}".split()) for part in parts]


def _joined(text: str) -> list[str]:
    """What "and" parts."""
    return [item for piece in _AND.split(text) for item in _COMMA.split(piece)] if _AND.search(text) else [text]


def _split_tail(text: str) -> tuple[str, str, str]:
    """A text with "or" before and after the words that go with each of its alternatives: (list, " of ", rest)."""
    *_, last = [None, *_OR.finditer(text)]
    if last is None:
        return text, "", ""
    join = _JOIN.search(text, last.end())
    if join is None or _AND.search(text, last.end()):
        return text, "", ""
    return text[: join.start()], join[0], text[join.end() :]


def _aspects(text: str) -> tuple[str, ...]:
    """What stands between prepositions; an abbreviation among other words is an aspect of its own."""
    pieces = (piece for phrase in _JOIN.split(text) for piece in _ABBREVIATION.split(phrase))
    return tuple(dict.fromkeys(aspect for piece in pieces if (aspect := _trimmed(piece))))


def _trimmed(text: str) -> str:
    """A phrase without words of grammar at its ends, and with them inside."""
    words = text.strip(" ,;").split()
    says = [place for place, word in enumerate(words) if content_terms(word)]
    return " ".join(words[says[0] : says[-1] + 1]) if says else ""
