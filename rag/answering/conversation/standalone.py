"""Making a follow-up question stand on its own, from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from textwrap import shorten

from rag.answering.conversation.ellipsis import completed
from rag.answering.conversation.exchange import Together
from rag.answering.conversation.narrowing import narrowed
from rag.answering.conversation.references import joined, lowered, refers, resolve
from rag.answering.conversation.scene import People, Scene, nobody, things_of
from rag.answering.conversation.told import told
from rag.answering.conversation.whole import is_whole
from rag.answering.small_talk import is_courtesy
from rag.retrieval.question import content_terms, searchable
from rag.retrieval.vocabulary import OF_ANY_PAPER
from rag.types import Message

_TURNS = 24  # of a history
_LONGEST = 300  # characters of a question that says less than all it means
_COURTESY = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks|thank you|great|good|nice|cool|perfect|sure|yes|no|right|hi|hello|hey|well|hm+|oh|wow"
    r"|interesting|i see|got it|makes sense|alright)(?: (?:a lot|so much|very much|there|then|again))?\s*"
    r"(?:[.,;:!–-]+\s*|(?=(?:and|so|but|now|then|what about|how about)\b)))+(?=\w)",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"[,\s]+(?:please|thanks|thank you)\s*(?P<end>[.!?]*)$", re.IGNORECASE)
_OF_A_PAPER = re.compile(
    r"\b(?:paper|article|authors?|wrote|written|publish\w+|venue|journal|conference|doi|link)\b", re.IGNORECASE
)
_JOINS = re.compile(
    r"^\W*(?:(?:and|but|or|also|so|then|now|plus|next|actually|finally|by the way|one more (?:thing|question)"
    r"|please|again)"
    r"\b(?! (?:far|called)\b)[\s,:]*)+(?=\S)",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"^\W*(?:switching to [^:,]+|(?:a )?(?:new|different|another|next|unrelated|separate|other) (?:topic|question"
    r"|subject|matter)"
    r"|(?:on|to) (?:a|an)?(?:other| different| unrelated)? ?(?:note|topic|subject)|changing (?:the )?(?:topic|subject)"
    r"|let['’]s (?:talk about|switch to|move on to) (?:something else|another \w+|a different \w+)|forget (?:that"
    r"|it))\s*[:,.;–-]+\s*",
    re.IGNORECASE,
)
_VERB = r"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should)"
# As names of people are written; looking up every two words of every turn would take too long.
_AS_PEOPLE = re.compile(
    r"\b[A-Z][\w.'’-]*,?(?: (?:v[ao]n|de[lnr]?|d[aiou]s?|l[ae]|te[nr]|bin|al|el)\b){0,3}(?:,? [A-Z][\w.'’-]*){1,3}"
)
_FEW_LETTERS = 60  # of a question in which names in lower case are looked up, too
# A sentence with a verb of its own.
_COMPLETE = re.compile(
    rf"^(?:(?:what|which|who|how|why|when|where|whose)\b(?:\s+[\w-]+){{0,4}}?\s+{_VERB}\b|{_VERB}\b"
    r"|(?:what|which|who)\s+(?:[\w-]+\s+){0,2}?[\w-]+(?:s|ed)\b\s+\w|why do|how do"
    r"|tell|explain|describe|summari[sz]e|list|compare|show|give|define|find|name|contrast|are there|is there)\b",
    re.IGNORECASE,
)
# What is asked of something already spoken of: "the" thing, "any" of it, or what "is used".
_DEPENDENT = re.compile(
    rf"\b{_VERB}\s+(?:the|there|any|all)\b|\b(?:is|are|was|were)\b(?:\s+\w+){{0,4}}\s+\w+(?:ed|sen|wn|ilt|ained)\s*[?.!]*$"
    r"|\b(?:there|here|instead|too|as well|though|else|otherwise)\s*[?.!]*$",
    re.IGNORECASE,
)
_COMPARES_ALONE = re.compile(
    r"^(?:(?:compare|contrast|compared|comparison|versus|vs\.?)(?: (?:that|this|it))?(?: (?:with|to|and"
    r"|against))?) (?P<other>.+?)"
    r"\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_DIFFERS = re.compile(
    r"^(?:what (?:is|are)|what['’]s|explain|tell me) the (?:main |key )?differences?\s*[?.!]*$"
    r"|^how (?:do|does|are) (?:they|these|those|the two) (?:differ|compare|different)(?: from each other)?\s*[?.!]*$"
    r"|^which (?:one |paper |method )?(?:came|appeared|was published) (?:out )?(?:first|last|earlier|later)\s*[?.!]*$"
    r"|^which (?:one |paper |method )?(?:is|was|performs|works|does) (?:the )?(?:better|best|earlier|newest|oldest"
    r"|faster|newer|larger|older|more \w+)\s*[?.!]*$|^compare\s*[?.!]*$",
    re.IGNORECASE,
)
_DIFFERS_FROM = re.compile(r"\b(?:differ|different|compares?|the difference)\s*[?.!]*$", re.IGNORECASE)
# Asks for what has a name of its own after "of".
_OF_ITS_OWN = re.compile(r"\b(?:the|any|all) [\w -]+? of (?P<of>.+)", re.IGNORECASE)
_FIRST_FEW = re.compile(
    r"^(?:compare|contrast)(?: (?:the|these|those))?(?: first| top)? (?P<number>two|three|four|2|3|4)"
    r"(?: (?:of (?:them|these|those)|papers|ones))?\s*[?.!]*$",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_FEW, _MANY = 2, 3  # terms that not every paper has
_LONGEST_QUOTED = 160  # characters of a question that is repeated


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question with what it leaves unsaid: `question` finds the papers, `focus` is what to look for in them.

    `follows` says that it depends on the turns before.
    """

    question: str
    focus: str
    follows: bool = False


def standalone(
    question: str,
    history: Sequence[Message],
    people: People = nobody,
    together: Together = lambda first, second: False,
) -> Standalone:
    """`question` understood after the turns of `history`, oldest first, by rules of English."""
    scene = Scene()
    known: People = cache(partial(_people_in, people=people))
    for turn in history[-_TURNS:]:
        text = turn.content[:_LONGEST] if turn.role == "user" else turn.content
        if turn.role == "user" and text.strip() and not is_courtesy(text):
            asked = _after(searchable(text), scene, known, together)
            scene = scene.asked(asked.question, asked.follows, known)
        elif turn.role == "assistant":
            said, refused = told(text)
            scene = scene.offered(said.titles) if refused else scene.told(*said)
    asked_now = searchable(question)
    if len(asked_now) <= _FEW_LETTERS and not _AS_PEOPLE.search(asked_now):
        known = people
    return _after(asked_now, scene, known, together)


def _people_in(text: str, people: People) -> tuple[tuple[str, ...], str]:
    """The people a text names with capital letters, and the text without them."""
    found = [name for written in _AS_PEOPLE.findall(text[:_LONGEST]) for name in people(written)[0]]
    for name in found:
        text = text.replace(name, " ", 1)
    return tuple(dict.fromkeys(found)), text


def _after(question: str, scene: Scene, people: People, together: Together) -> Standalone:
    """The question after what the scene has; without any, as it is."""
    polite = _PLEASE.sub(r"\g<end>", _COURTESY.sub("", question)).strip()
    if not scene.question or not polite or len(question) > _LONGEST:
        return Standalone(polite or question, polite or question)
    fresh = _NEW_TOPIC.sub("", polite)
    if fresh != polite:
        return _as_is(_sentence(fresh))
    core = _JOINS.sub("", polite) or polite
    marked = core != polite
    alone = _sentence(core) if core != question.strip() else core
    quoted = shorten(scene.question.rstrip("?.! "), _LONGEST_QUOTED, placeholder=" …")
    if not (scene.things or scene.people) and _OF_A_PAPER.search(core):
        scene = replace(scene, things=(f"the paper about ‘{quoted}’",))
    named, rest = people(core)
    if is_whole(core, named):
        return _as_is(alone)
    if whole := _compared(core, scene) or narrowed(core, scene):
        return Standalone(whole, whole, True)
    if whole := completed(core, marked, scene, named, together):
        return _following(_sentence(whole), core, scene)
    resolved = resolve(core, scene, named)
    if resolved.referred:
        return _following(_sentence(resolved.text), core, scene)
    new = [*named, *(thing for thing in things_of(rest) if thing not in scene.things)]
    if not _depends(core, marked, new, scene):
        return _as_is(alone)
    subject = joined(scene.things) or joined(scene.people)
    if not subject:
        return Standalone(_sentence(f"Regarding ‘{quoted}’, {lowered(core)}"), core, True)
    return _following(_sentence(f"Regarding {subject}, {lowered(core)}"), core, scene)


def _as_is(question: str) -> Standalone:
    return Standalone(question, question)


def _following(whole: str, core: str, scene: Scene) -> Standalone:
    """A completed question. A long title that was put in would only hide what is asked."""
    is_long = any(len(thing.split()) > 4 and thing in whole for thing in (*scene.things, *scene.listed))
    few = len(content_terms(core)) <= _FEW and not any("“" in thing for thing in scene.things)
    return Standalone(whole, core if is_long and not few else whole, True)


def _depends(core: str, marked: bool, new: Sequence[str], scene: Scene) -> bool:
    """Whether a question without a word that points back still needs the turns before it."""
    terms = content_terms(core)
    own = [term for term in terms if term not in OF_ANY_PAPER]
    complete = bool(_COMPLETE.match(core))
    if refers(core, new):
        return not new
    if not marked and any(thing in core for thing in scene.things):
        return False
    if new:
        behind_only = not complete and len(terms) <= _FEW
        return behind_only and marked
    if not own:
        return True
    if complete and (of := _OF_ITS_OWN.search(core)) and set(content_terms(of["of"])) & set(own):
        return False
    if marked:
        return not (complete and len(own) >= _MANY)
    return len(own) <= _FEW and (not complete or bool(_DEPENDENT.search(core)))


def _compared(core: str, scene: Scene) -> str:
    """A comparison that leaves one side or both unsaid."""
    if (first := _FIRST_FEW.match(core)) and len(scene.listed) > 1:
        return f"Compare {joined(scene.listed[: _NUMBERS[first['number'].casefold()]])}."
    several = scene.things if len(scene.things) > 1 else scene.listed[:2] or scene.mentioned[-2:]
    if _DIFFERS.match(core) and len(several) > 1:
        if core.casefold().startswith("which"):
            return f"{core.rstrip('?.! ')}, {' or '.join(several)}?"
        return f"Compare {joined(tuple(several))}."
    if not scene.things:
        return ""
    thing = scene.things[0]
    alone = _COMPARES_ALONE.match(core)
    if (
        alone
        and (other := resolve(alone["other"], scene).text)
        and " with " not in other
        and " to " not in other
        and thing not in other
    ):
        named = [name for name in things_of(f"of {other}") if name != thing]
        return f"Compare {thing} with {other}." if named and (len(named) == 1) else ""
    new = [name for name in things_of(core) if name not in scene.things]
    if _DIFFERS_FROM.search(core) and len(new) == 1 and not refers(core):
        whole = core.rstrip("?.! ")
        return f"{whole} {'with' if re.search('compares?$', whole) else 'from'} {thing}?"
    return ""


def _sentence(text: str) -> str:
    """The text with a capital first letter and a sign at its end, as the sentence it is."""
    text = text.strip()
    if text and text[0].islower() and not re.search(r"[A-Z]", text.split(maxsplit=1)[0]):
        text = text[0].upper() + text[1:]
    if text and text[-1] not in "?.!":
        command = re.match(
            r"(?:tell|explain|describe|summari[sz]e|list|compare|show|give|define|find|name|contrast)\b", text, re.I
        )
        text += "." if command else "?"
    return text
