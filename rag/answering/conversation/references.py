"""Pronouns and other words of a question that mean something said before, put in its own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rag.answering.conversation.scene import Scene, things_of

_KINDS = (
    r"(?:paper|article|work|study|publication|method|model|approach|technique|algorithm|framework|system|network|architecture"
    r"|idea|concept|tool|library|benchmark suite|project)"
)
_PAPER = r"(?:paper|article|work|study|publication)"
_BELONGING = (
    r"(?:data\s?sets?|benchmarks?|corpus|data|code|weights|results?|findings?|experiments?|numbers?|figures?|scores?|errors?"
    r"|accuracy|metrics?|tasks?|images?|samples?|chains?|steps?|sentences?|questions?|claims?|conclusions?|assumptions?"
    r"|baselines?|improvements?|gains?|losses|loss|theorems?|proofs?|theory|bounds?|estimates?|predictions?|outputs?"
    r"|parameters?|layers?|training|evaluation|annotations?|labels?|limitations?|problems?|effects?|levels?|languages?)"
)
_ONE = (
    rf"(?:\s+(?:one|{_KINDS}|of (?:them|these|those|the two))\b"
    r"|(?=['’]s\b|\s*[?.,!]|\s*$|\s+(?:is|does|was|has|can|say|about|better)\b))"
)
_PLACES = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "third": 2, "3rd": 2, "fourth": 3,
           "4th": 3, "fifth": 4, "5th": 4, "last": -1, "final": -1}  # fmt: skip
_ORDINAL = re.compile(rf"\bthe\s+(?P<place>{'|'.join(_PLACES)}){_ONE}", re.IGNORECASE)
_OTHER = re.compile(rf"\bthe other{_ONE}", re.IGNORECASE)
_BOTH = re.compile(
    rf"\b(?:both(?: of (?:them|these|those))?(?: {_KINDS}s)?|(?:these|those|the|all) (?:two|three"
    rf"|four)(?: {_KINDS}s?\b)?"
    rf"|the two of them|each of (?:them|these)|all of (?:them|these|those)|(?:these|those) {_KINDS}s"
    rf"|(?:either|neither|which|none) of (?:them|these|those|the two))\b(?! of\b)",
    re.IGNORECASE,
)
_THEIR_WORK = re.compile(
    r"\bthe(?:y|ir)\b(?=.*\b(?:papers?|works?|research|written|write|wrote|publish\w*|works? on|worked)\b)"
    r"|\b(?<=papers by )them\b|\b(?<=work by )them\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?P<whose>his|her(?= [a-z]+))\b|\b(?:he|she|him|her|this (?:author|person|researcher|scientist))\b",
    re.IGNORECASE,
)
_AUTHOR_PLACE = re.compile(r"\bthe (?P<place>first|second|third|last|senior|lead) author\b", re.IGNORECASE)
_AUTHORS = re.compile(
    r"\b(?:the|these|those)(?: (?:same|first|second|last|lead))? (?:authors?|researchers?|writers?|team"
    r"|scientists?)\b(?! (?:of|behind)\b)",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\bit (?:is |be |was )?(?:really |always |even )?(?:true|possible|known|clear|likely|common|easy|hard"
    r"|difficult|worth|important|necessary"
    r"|better|best|matters?|helps?|makes? (?:a )?(?:difference|sense)|rains?) (?:that|to|whether|if|for \w+ to|in)\b"
    r"|\b(?:does|would) it (?:matter|help|hurt|make sense)\b(?= (?:whether|if|when|to)\b)"
    r"|\bis it (?:true|possible|known|clear|likely|common|easy|hard|difficult|worth|important|necessary"
    r"|better) (?:that|to|if|whether)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    rf"\b(?P<whose>its|their|theirs|(?:this|that|these|those|the same) {_KINDS}s?['’]s?|the {_KINDS}['’]s)(?!\w)"
    rf"|\b(?P<that>this|that|these|those)(?: same)? (?P<part>(?:\w+ing |new |own )?{_BELONGING})\b"
    rf"|\b(?P<kind>(?:(?:this|that|these|those|the same)(?: \w+)?? {_KINDS}s?)|(?:the|said) {_KINDS}(?! (?:of|by"
    rf"|about(?! *[?.!]*$)|that|which|called|named|titled|from|behind|on)\b))\b"
    r"|\b(?P<it>it|them|(?:this|that) one)\b"
    r"|\b(?P<they>they)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:^|\b(?:is|are|was|were|does|do|did|can|could|would|will|has|about|of|for|with|than|from|like|on|explain|summari[sz]e"
    r"|why|how|and|by|do with|say))\s*\b(?P<bare>this|that|these|those)\b"
    r"(?=\s*[?.!,]|\s*$|\s+(?!one\b|is\b|are\b)[a-z]+)|\b(?P<last>this|that|these|those)\b(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_SAME_AS_IT = re.compile(
    r"\s*[?.!]*$|\s+(?:compares?|differs?|relates?|performs?|works?|published|presented)\b", re.IGNORECASE
)
_DOES_THAT_WORK = re.compile(r"(?<=\bdoes )(?:this|that) works?\b|(?<=\bdid )(?:this|that) work\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s*[?.!,]*$|\s+(?:on|in|for|with|at|by|to|as|too|under|when|without|there|then|also)\b", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r",|\b(?:and|or|but|so|because|if|when|while)\b", re.IGNORECASE)
_SHORT = 4  # words of a name that takes a genitive


class Resolved(NamedTuple):
    """A question with what it means by its pronouns, and whether that came from the turns before."""

    text: str
    referred: bool


def resolve(question: str, scene: Scene, named: Sequence[str] = ()) -> Resolved:
    """The question with its references put in names, as far as the scene has any; `named` are authors it names."""
    text = question
    for step in (_one_of_several, _people, _things, _bare):
        text = _without(named, text, partial(step, scene=scene))
    return Resolved(text, text != question)


def refers(question: str, named: Sequence[str] = ()) -> bool:
    """Whether a question has a word that only the turns before can explain."""
    for name in named:
        question = question.replace(name, " ")
    found = (form.search(question) for form in (_ORDINAL, _OTHER, _BOTH, _PERSON, _AUTHORS, _BARE))
    return any(found) or bool(_first_thing(question))


def _without(named: Sequence[str], text: str, step: Callable[[str], str]) -> str:
    """What a step makes of a text whose authors it does not see: Bo He is nobody's pronoun."""
    for place, name in enumerate(named):
        text = text.replace(name, f"\x00{place}\x00")
    text = step(text)
    for place, name in enumerate(named):
        text = text.replace(f"\x00{place}\x00", name)
    return text


def joined(things: tuple[str, ...]) -> str:
    """Several things as a sentence names them; nothing for none."""
    *others, last = things or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def candidates(scene: Scene) -> tuple[str, ...]:
    """What "both" or "the second one" choose from: things compared, papers listed, or else things named so far."""
    if scene.people and len(scene.listed) > 1:
        return scene.listed
    several = (each for each in (scene.things, scene.listed, scene.mentioned[-2:]) if len(each) > 1)
    return next(several, ())


def _one_of_several(text: str, scene: Scene) -> str:
    several = candidates(scene)
    if found := _ORDINAL.search(text):
        place = _PLACES[found["place"].casefold()]
        if -len(several) <= place < len(several):
            text = _put(text, found.span(), several[place])
    if several and (found := _OTHER.search(text)):
        now = scene.things[:1] if len(scene.things) == 1 else several[:1]
        here = [*now, *(thing for thing in several if thing in text)]
        others = [thing for thing in several if thing not in here]
        if others:
            text = _put(text, found.span(), others[-1])
    if several and (found := _BOTH.search(text)):
        which = re.match(r"(either|neither|which|none|each|all) of", found[0], re.IGNORECASE)
        named = joined(several)
        if which and scene.people and several is scene.listed:
            return _put(text, found.span(), f"{which[1]} of {joined(scene.people)}'s papers")
        text = _put(text, found.span(), f"{which[1]} of {named}" if which else named)
    return text


def _people(text: str, scene: Scene) -> str:
    people = scene.people
    if people and (found := _AUTHOR_PLACE.search(text)) and not re.match(r"who\b", text, re.IGNORECASE):
        place = _PLACES.get(found["place"].casefold(), -1 if found["place"].casefold() == "senior" else 0)
        if place < len(people):
            return _put(text, found.span(), people[place])
    if found := _PERSON.search(text):
        if people:
            return _put(text, found.span(), people[0], whose=bool(found["whose"]))
        if scene.things:
            return _put(text, found.span(), f"the authors of {joined(scene.things)}")
    if people and (found := _THEIR_WORK.search(text)):
        whose = found[0].casefold() == "their"
        return _put(text, found.span(), joined(people), whose=whose)
    if found := _AUTHORS.search(text):
        if scene.things:
            return f"{text[: found.end()]} of {joined(scene.things)}{text[found.end() :]}"
        if people:
            return _put(text, found.span(), joined(people))
    return text


def _things(text: str, scene: Scene) -> str:
    found = _first_thing(text)
    if not found or _own(text, found, scene):
        return text
    if not scene.things:
        if scene.people and (found["they"] or found["whose"]):
            return _put(text, found.span(), joined(scene.people), whose=bool(found["whose"]))
        return text
    plural = found[0].casefold().startswith(("they", "their", "them", "these", "those"))
    thing = joined(scene.things) if plural else scene.things[0]
    if found["part"]:
        return _put(text, found.span(), f"the {found['part']} of {thing}")
    if found["whose"]:
        if len(thing.split()) > _SHORT or (len(scene.things) > 1 and plural):
            return f"Regarding {thing}, {lowered(text)}"
        return _put(text, found.span(), thing, whose=found["whose"].casefold() != "theirs")
    if found["they"] and (len(scene.things) == 1):
        thing = f"the authors of {thing}"
    elif found["kind"] and re.search(_PAPER, found["kind"], re.IGNORECASE) and not thing.startswith("“"):
        thing = thing if plural or thing.startswith("the ") else f"the paper on {thing}"
    return _put(text, found.span(), thing)


def _bare(text: str, scene: Scene) -> str:
    """A lone "that" may mean what was said and not what it was said of: a question keeps it unless it ends with it."""
    found = _BARE.search(text)
    if not found or not scene.things or any(thing in text for thing in scene.things):
        return text
    thing = joined(scene.things)
    if _SAME_AS_IT.match(text, found.end()):
        return _put(text, found.span("bare" if found["bare"] else "last"), thing)
    return f"Regarding {thing}, {lowered(text)}"


def _first_thing(text: str) -> re.Match[str] | None:
    """The first pronoun that stands for a thing; "it is true that" has none."""
    empty = [match.span() for match in _EMPTY_IT.finditer(text)]
    empty += [match.span() for match in _DOES_THAT_WORK.finditer(text)]
    found = (match for match in _THING.finditer(text) if not any(start <= match.start() < end for start, end in empty))
    return next(found, None)


def _own(text: str, found: re.Match[str], scene: Scene) -> bool:
    """Whether a pronoun means something new that the question itself names before it."""
    before, after = text[: found.start()], text[found.end() :]
    new = [thing for thing in things_of(before) if thing not in scene.things]
    if not new or re.match(r"^(?:on|in|at|for|with|under) ", before, re.IGNORECASE):
        return False
    is_object = bool(_OBJECT.match(after)) and not found["whose"] and not found["they"]
    return not (is_object and not _CLAUSE_ENDS.search(before[before.find(new[-1].strip("“”")) :]))


def _put(text: str, span: tuple[int, int], thing: str, *, whose: bool = False) -> str:
    written = thing + ("'" if thing.endswith("s") else "'s") * whose
    return f"{text[: span[0]]}{written}{text[span[1] :]}"


def lowered(text: str) -> str:
    """A sentence to stand inside another: its first word in lower case unless it is a name."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_name = first == "I" or re.search(r"[\dA-Z]", first[1:])
    return text if is_name else text[:1].lower() + text[1:]
