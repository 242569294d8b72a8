"""What a conversation is about after some turns: the things and people that a next question may leave unnamed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.retrieval.question import content_terms, names
from rag.retrieval.vocabulary import OF_ANY_PAPER, QUANTITIES

People = Callable[[str], tuple[tuple[str, ...], str]]
"""Finds the people that a text names, and what the text is without them."""

_REMEMBERED = 8  # things
_PREPOSITION = r"on|in|at|over|under|using|with|without|against|than|from|across|via|within|into"
_SECONDARY = re.compile(rf"\b(?:{_PREPOSITION})(?: (?:the|an?|its|their))?(?: [a-z][\w-]*){{0,2}} $", re.IGNORECASE)
_BEFORE = 60  # characters before a name that can hold its preposition
_SIDE_BY_SIDE = re.compile(
    r"\b(?:compar\w+|contrast|differ\w*|versus|vs|better|worse|both|between|relate)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"]([^”\"]{3,300})[”\"]")
_ACRONYM = re.compile(r"[A-Z0-9]{2,4}s?")
_SIZE = re.compile(r"[\d.,x×-]+[a-z%]?", re.IGNORECASE)
_END = r"\s*[?.!]*\s*$"
_PRONOUN = re.compile(
    r"(?:it|its|they|them|their|this|that|these|those|he|she|you|your|i|we|there|one)\b", re.IGNORECASE
)
_VERB = (
    r"(?:get|obtain|reach|achieve|use|need|have|require|beat|outperform|improve|make|handle|work|attain|perform|learn|take"
    r"|give|run|help|reduce|increase|solve|deal|depend|differ|compare|produce|generate|predict|estimate|show|mean|do|avoid"
    r"|fail|hold|scale|find|keep|save|lead|cause|affect|grow|change|happen|bring|act|suffer|lose|gain|forecast|detect"
    r"|measure|say|know|understand|remember|recogni[sz]e|ask|count|tell|see|protect|prevent|agree|hurt|cost|propose|suggest|describe|behave|matter|break|train|select|choose|represent|store|answer|build)"
)
# How a question says in ordinary words what it is about.
_TOPICS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\babout (?P<of>[^,:;]{{1,90}}?){_END}",
        rf"^(?:what|who)(?:['’]s| is| are| was| were) (?P<of>(?!(?:the|an?) \w+(?: \w+)? (?:of|for"
        rf"|in)\b)[^,:;]{{1,90}}?){_END}",
        rf"^(?:explain|describe|summari[sz]e|define|introduce) (?P<of>[^,:;]{{1,90}}?){_END}",
        rf"^how \w+ (?:is|are|was|were) (?P<of>[^,:;]{{1,90}}?){_END}",
        rf"\b(?:does|do|did|can|could|will|would|should) (?P<of>[^,:;]{{1,90}}?) (?:\w+ly )?{_VERB}\b",
        rf"\b(?:of|happens to) (?P<of>[^,:;]{{1,90}}?){_END}",
    )
)
_PAPERS = re.compile(r"\b(?:papers?|articles?|studies|publications?)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"^(?:which|what) (?P<noun>(?:\w+ )?(?:paper|method|model|approach|algorithm|study|work|dataset|benchmark"
    r"|network|system"
    rf"|framework|technique)) (?P<does>(?!does\b|is\b|was\b|has\b)\w+s\b.{{1,120}}?){_END}",
    re.IGNORECASE,
)
_LEADS_ASTRAY = re.compile(r"^(?:the|this|that|these|those) (?:\w+ )?(?:paper|method|model|authors?)\b", re.IGNORECASE)
_LONGEST_TOPIC = 12  # words


@dataclass(frozen=True, slots=True)
class Scene:
    """What may be meant next: `things` and `people` of the last question, titles `listed` by the last answer.

    `question` is the last question, standing on its own; `mentioned` are the things of all questions, newest last.
    `named` says that the question itself has the things, by name or as its topic.
    """

    question: str = ""
    things: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    named: bool = False

    def asked(self, question: str, follows: bool, people_in: People) -> Scene:
        """The scene once a question that stands on its own was asked, which may follow the one before."""
        if not question.strip():
            return self
        people, rest = people_in(question)
        things = things_of(rest) or topic_of(rest)
        kept = question.startswith("Regarding") or any(thing in question for thing in self.things)
        if follows and not people and (not things or (kept and not things_of(rest))):
            return replace(self, question=question)
        by_name = any(not _ACRONYM.fullmatch(thing) for thing in things_of(rest))
        named = by_name or (
            bool(things) and any(form.search(rest) for form in _TOPICS[:3]) and not _PAPERS.search(rest)
        )
        if follows and things and set(things) < set(self.things):
            things = self.things if len(things) > 1 else things
        known = tuple(thing for thing in self.mentioned if thing not in things)
        return Scene(question, things, people, self.listed if follows else (), (*known, *things)[-_REMEMBERED:], named)

    def told(self, titles: tuple[str, ...], people: tuple[str, ...], name: str, only: str) -> Scene:
        """The scene after an answer that tells of papers by `titles`, of their authors, or of a `name`."""
        shown = tuple(map(handle, titles))
        things = self.things
        is_known = any(name.casefold() in thing.casefold() for thing in things)
        is_fuller = any(thing.islower() and thing in name.casefold() for thing in things)
        by_acronym = bool(things) and all(map(_ACRONYM.fullmatch, things))
        if name and (is_fuller or not (shown or is_known or self.named)):
            things = (name,)
        elif shown and not self.named and not by_acronym:
            things = shown
        elif only and not things:
            things = (only,)
        known = tuple(thing for thing in self.mentioned if thing not in things)
        mentioned = (*known, *(things if len(things) < 3 else ()))[-_REMEMBERED:]
        listed = shown if len(shown) > 1 else self.listed or shown
        return Scene(self.question, things, people or self.people, listed, mentioned, self.named)

    def offered(self, titles: tuple[str, ...]) -> Scene:
        """The scene after a refusal: what it offers can be chosen from, and is not what was spoken of."""
        return replace(self, listed=tuple(map(handle, titles)))


@lru_cache(maxsize=512)
def things_of(text: str) -> tuple[str, ...]:
    """What a question is about, as far as it is quoted or written as names are; measures are not.

    What only stands behind a preposition ("on ImageNet") counts if nothing else does.
    """
    quoted = tuple(f"“{each}”" for each in _QUOTED.findall(text))
    text = _QUOTED.sub(" ", text)
    main: list[str] = []
    behind: list[str] = []
    side_by_side = _SIDE_BY_SIDE.search(text)
    for name in names(text):
        if set(content_terms(name)) <= OF_ANY_PAPER or _SIZE.fullmatch(name):
            continue
        if found := re.search(rf"\bthe {re.escape(name)} (?P<noun>[a-z]{{3,}})\b", text):
            name = found[0] if content_terms(found["noun"]) and not re.fullmatch(_VERB, found["noun"]) else name
        at = text.find(name)
        if text.startswith(" et al", at + len(name)):
            continue
        (behind if _SECONDARY.search(text[max(0, at - _BEFORE) : at]) and not side_by_side else main).append(name)
    return tuple(dict.fromkeys((*quoted, *main))) or tuple(dict.fromkeys(behind))


def secondary(text: str) -> list[str]:
    """The names of a question that stand behind a preposition, as data sets do."""
    return [
        name for name in names(text) if _SECONDARY.search(text[max(0, text.find(name) - _BEFORE) : text.find(name)])
    ]


@lru_cache(maxsize=512)
def topic_of(text: str) -> tuple[str, ...]:
    """What a question without names is about in its own words, such as `sparse attention`."""
    if which := _WHICH.search(text):
        return _usable(f"the {which['noun']} that {which['does']}")
    found = (_usable(match["of"]) for form in _TOPICS for match in [form.search(text)] if match)
    return next(filter(None, found), ())


def _usable(topic: str) -> tuple[str, ...]:
    topic = topic.strip()
    fits = content_terms(topic) and len(topic.split()) <= _LONGEST_TOPIC and not set(content_terms(topic)) <= QUANTITIES
    return (topic,) if fits and not _PRONOUN.match(topic) and not _LEADS_ASTRAY.match(topic) else ()


def handle(title: str) -> str:
    """What a paper is called by: the name before the colon of its title, or the title in quotation marks."""
    head, colon, _ = title.partition(": ")
    if colon and len(head.split()) < 3 and all(word[0].isupper() for word in head.split()) and "[" not in head:
        return head
    return f"“{title.translate(_QUOTES)}”"


_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})


def nobody(text: str) -> tuple[tuple[str, ...], str]:
    """No people in any text: what is known without a library."""
    return (), text
