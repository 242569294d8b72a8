"""The question before asked of something else: another name, measure, number, author or circumstance."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.answering.conversation.references import joined, lowered, refers, resolve
from rag.answering.conversation.scene import Scene, secondary, things_of
from rag.index.terms import analyse
from rag.retrieval.planning.bibliographic import asked_of_papers
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import QUANTITIES

Together = Callable[[str, str], bool]
"""Whether a paper speaks of both names, so that one may be the other's data set and not its rival."""

END = r"\s*[?.!]*\s*$"
PREPOSITIONS = (
    r"on|with|without|for|in|at|under|by|from|over|between|after|before|against|using|than|during|within|across|per"
)
DEFINES = re.compile(
    r"^(?:what|who) (?:is|are|was|were)\b|^(?:tell|explain|describe|summari[sz]e|define)\b", re.IGNORECASE
)
OF_MEASURE = re.compile(
    r"^(?:what|which)\s+(?P<measure>(?:[\w-]+\s){0,3}?[\w-]+)\s+(?:does|do|did|is|are|was|were|has|have|can)\b", re.I
)
_MEASURE_OF = re.compile(r"\bthe (?P<measure>(?:[\w-]+ ){0,2}[\w-]+) (?:of|on|for)\b", re.IGNORECASE)
_ABOUT_ANY = re.compile(
    r"\b(?:about|on|of|for|with|cover|tackle|study|studies|discuss|mention|use) (?P<noun>[^,]{1,120}?)" + END,
    re.IGNORECASE,
)
_OF_PAPERS = re.compile(r"\b(?:papers|articles|studies|publications|works)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty|fifty|a hundred"
    r"|an?(?: single)?|no)"
)
_DETERMINER = re.compile(r"^(?:the|its|their|any|this|that) ", re.IGNORECASE)
_COUNTED = re.compile(rf"\b{_NUMBER} (?P<noun>[a-z][\w-]*)", re.IGNORECASE)
_ADDRESSES = re.compile(r"^(?:source )?(?:code|repo\w*|github|implementation|weights|demo)$", re.IGNORECASE)


def placed(preposition: str, noun: str, scene: Scene, subject: str) -> str:
    """The last question with another phrase of the same preposition, or with this one at its end."""
    last = re.sub(END, "", scene.question)
    if refers(f"{preposition} {noun}"):
        noun = resolve(noun, scene).text
    if changed := _recounted(last, noun):
        return changed
    at = rf"\b{preposition}\b (?:(?!\b(?:{PREPOSITIONS})\b).)+?(?=\s+(?:{PREPOSITIONS})\b|$)"
    if found := list(re.finditer(at, last, re.IGNORECASE)):
        start, end = found[-1].span()
        return f"{last[:start]}{preposition.casefold()} {noun}{last[end:]}?"
    old = secondary(last)
    if old and things_of(f"of {noun}"):
        return f"{_replaced(last, old[-1], noun)}?"
    if (DEFINES.match(last) and not _MEASURE_OF.search(last)) or last.startswith("Regarding"):
        return f"What about {subject} {preposition.casefold()} {noun}?" if subject else ""
    return f"{last} {preposition.casefold()} {noun}?"


def exchanged(noun: str, scene: Scene, subject: str, people: tuple[str, ...], together: Together) -> str:
    """The last question asked of something else: a number, an author, a measure, a name, a thing that papers have."""
    last = re.sub(END, "", scene.question)
    resolved = resolve(noun, scene, people).text
    if changed := _recounted(last, noun):
        return changed
    if people or resolved in scene.people:
        return _other_person(resolved, last, scene)
    plain = _DETERMINER.sub("", noun)
    if _is_measure(noun) and (resolved == noun or plain != noun):
        return _other_measure(plain, last, subject)
    if _ADDRESSES.match(plain) and subject:
        return f"Where is the {plain} of {subject}?"
    if is_name(resolved, ()):
        return _other_name(resolved, last, scene, together)
    if things_of(f"of {resolved}") and not resolved.startswith("Regarding"):
        return f"What about {resolved}?"
    if plain != noun or resolved != noun:
        return f"What about the {plain} of {subject}?" if subject else ""
    return _other_topic(noun, last, scene) or regarding(subject, f"what about {noun}?")


def _other_topic(noun: str, last: str, scene: Scene) -> str:
    """The last question asked of something in ordinary words; nothing if it has no place for it."""
    if (listing := _ABOUT_ANY.search(last)) and _OF_PAPERS.search(last):
        return f"{last[: listing.start('noun')]}{noun}?"
    if scene.things and scene.things[0] in last and not things_of(scene.things[0]) and DEFINES.match(last):
        return f"{last.replace(scene.things[0], noun)}?"
    return ""


def _other_name(new: str, last: str, scene: Scene, together: Together) -> str:
    """The last question with a new name in the place of the one it can stand for."""
    new_name = new.removeprefix("the ")
    behind = [name for name in secondary(last) if name in last]
    main = [name for name in things_of(last) if name not in behind and name != new]
    if scene.people and any(person in last for person in scene.people):
        return f"What is {new}?"
    if main and new in last and len(main) == 1:
        return f"What about {new}?"
    if main and behind:
        return f"{_replaced(last, behind[-1] if together(main[0].strip('“”'), new_name) else main[0], new)}?"
    if main:
        single = len(main) == 1 and not DEFINES.match(last) and not asks_metadata(scene)
        if single and "“" not in new and together(main[0].strip("“”"), new_name):
            return f"{last} on {new}?"
        return f"{_replaced(last, main[-1], new)}?"
    if behind:
        return f"{_replaced(last, behind[-1], new)}?"
    phrase = next((thing for thing in scene.things if thing in last), "")
    return f"{last.replace(phrase, new, 1)}?" if phrase else f"Tell me about {new}."


def _other_person(new: str, last: str, scene: Scene) -> str:
    old = next((person for person in (joined(scene.people), *scene.people) if person and person in last), "")
    return f"{last.replace(old, new)}?" if old else f"What has {new} worked on?"


def _other_measure(measure: str, last: str, subject: str) -> str:
    for form in (OF_MEASURE, _MEASURE_OF):
        found = form.search(last)
        if found and set(content_terms(found["measure"])) & QUANTITIES:
            return f"{last[: found.start('measure')]}{measure}{last[found.end('measure') :]}?"
    return f"What is the {measure} of {subject}?" if subject else ""


def _recounted(last: str, noun: str) -> str:
    """The last question with another year, number, or number of the same things; nothing if it has none."""
    if _YEAR.fullmatch(noun) and _YEAR.search(last):
        return f"{_YEAR.sub(noun, last)}?"
    if re.fullmatch(r"[\d.,%]+", noun):
        numbers = re.findall(r"(?<![\w.-])\d[\d.,]*(?![\w-])", last)
        return f"{_replaced(last, numbers[0], noun)}?" if len(numbers) == 1 else ""
    new = _COUNTED.match(noun)
    same = (old for old in _COUNTED.finditer(last) if new and analyse(old["noun"]) == analyse(new["noun"]))
    old = next(same, None)
    return f"{last[: old.start()]}{noun}{last[old.end() :]}?" if old else ""


def _is_measure(noun: str) -> bool:
    terms = content_terms(noun)
    if re.search(rf"\b(?:of|{PREPOSITIONS})\b", noun):
        return False
    return bool(terms) and len(terms) < 4 and terms[-1] in QUANTITIES and not things_of(f"of {noun}")


def asks_metadata(scene: Scene) -> bool:
    """Whether the last question asked for authors, year, venue or link."""
    return asked_of_papers(scene.question)[0] != "contents"


def is_name(text: str, people: tuple[str, ...]) -> bool:
    """Whether a text is one name, a title in quotation marks, or an author, and no more."""
    things = things_of(f"of {re.sub(r'^(?:the|an?) ', '', text)}")
    return bool(people) or (len(things) == 1 and set(content_terms(text)) <= set(content_terms(things[0])))


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text)


def regarding(subject: str, question: str) -> str:
    """The question with its subject in front; nothing without one."""
    return f"Regarding {subject}, {lowered(question)}" if subject else ""
