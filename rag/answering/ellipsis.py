"""Fragments such as "And with five labels?" completed from the question before."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce

from rag.answering.references import joined, lowered, refers, resolve
from rag.answering.scene import Scene, secondary, things_of
from rag.index.terms import analyse
from rag.retrieval.metadata import asked_of_papers
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import QUANTITIES

Together = Callable[[str, str], bool]
"""Whether a paper speaks of both names, so that one may be the other's data set and not its rival."""

_END = r"\s*[?.!]*\s*$"
_PREPOSITIONS = (
    r"on|with|without|for|in|at|under|by|from|over|between|after|before|against|using|than|during|within|across|per"
)
_WHAT_ABOUT = re.compile(
    r"^(?:(?:and|so|but|then|or)\s+)?(?:(?:what|how)(?: (?:about|of)|['’]s about)|what if it is)\s+", re.I
)
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|does|do|did|has|have|had|can|could|will|would|should|may|might|i|you|they|it|he|she|we)\b"
    r"|^(?:tell|explain|describe|summari[sz]e|list|compare|show|give|define|contrast|name|find|who|whose|where|when|which|what|how|why)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can you |could you |please )*(?:tell me |say |give me |explain |any |some |show me )?(?:a (?:bit|little) )?more"
    r"(?: details?| information| info| about (?:it|this|that|them))?|go on|continue|elaborate(?: on (?:it|this|that))?"
    r"|(?:and )?what else|anything else|details|in (?:more )?detail|expand(?: on (?:it|this|that))?)(?:,? please)?[?.!]*$",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"^(?:(?:even |much )?(?:shorter|briefer|simpler)|briefly|in (?:short|brief|simple (?:words|terms)|one sentence|a nutshell|a few words"
    r"|plain english)|(?:a )?(?:short )?summary|tl;?dr)[?.!]*$",
    re.IGNORECASE,
)
_ASKS_MANNER = re.compile(
    r"^(?P<word>why(?: not| so| is that| is this)?|how(?: so| come| exactly)?|how does that work|when|where|since when"
    r"|by how much|how (?:much|many|well|often|long|fast)|in what way|compared (?:to|with) what|(?:on|in|for|with|by|under|against|from|at)"
    r" (?:which|what|how many|how much)(?: [\w-]+){0,4})" + _END,
    re.IGNORECASE,
)
_WHICH_NOUN = re.compile(
    r"^(?P<word>which|what|how many|how much) (?P<noun>[\w-]+(?: [\w-]+){0,3})" + _END, re.IGNORECASE
)
_PLACED = re.compile(rf"^(?P<preposition>{_PREPOSITIONS})\s+(?P<noun>.+?){_END}", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:is|are|was|were|does|do|did|can|could|has|have|will|would)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"^(?:\w+ )?(?:what|which|how much|how many|how|why|where|when)\b ?(?P<noun>[^,]{0,80}?) ?\b(?P<does>does|do|did|can|could) (?P<who>.{1,120}?)"
    rf"(?P<at> (?:{_PREPOSITIONS}) .+)?{_END}",
    re.IGNORECASE,
)
_OF_MEASURE = re.compile(
    r"^(?:what|which)\s+(?P<measure>(?:[\w-]+\s){0,3}?[\w-]+)\s+(?:does|do|did|is|are|was|were|has|have|can)\b", re.I
)
_MEASURE_OF = re.compile(r"\bthe (?P<measure>(?:[\w-]+ ){0,2}[\w-]+) (?:of|on|for)\b", re.IGNORECASE)
_ABOUT_ANY = re.compile(
    r"\b(?:about|on|of|for|study|studies|discuss|mention|use) (?P<noun>[^,]{1,120}?)" + _END, re.IGNORECASE
)
_DEFINES = re.compile(
    r"^(?:what|who) (?:is|are|was|were)\b|^(?:tell|explain|describe|summari[sz]e|define)\b", re.IGNORECASE
)
_OF_PAPERS = re.compile(r"\b(?:papers|articles|studies|publications|works)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty|fifty|a hundred|an?(?: single)?|no)"
_COUNTED = re.compile(rf"\b{_NUMBER} (?P<noun>[a-z][\w-]*)", re.IGNORECASE)
_ADDRESSES = re.compile(r"^(?:source )?(?:code|repo\w*|github|implementation|weights|demo)$", re.IGNORECASE)
_AUTHORS = re.compile(r"^(?:by )?(?:whom|who|authors?)$", re.IGNORECASE)
_METADATA = {
    "when": "When was {} published?", "year": "When was {} published?", "which year": "When was {} published?",
    "what year": "When was {} published?", "where": "Where was {} published?", "venue": "Where was {} published?",
    "journal": "Where was {} published?", "which journal": "Where was {} published?", "who": "Who wrote {}?",
    "conference": "Where was {} published?", "which conference": "Where was {} published?",
    "which venue": "Where was {} published?", "link": "What is the link to {}?", "doi": "What is the DOI of {}?",
    "url": "What is the link to {}?", "by whom": "Who wrote {}?", "authors": "Who wrote {}?", "author": "Who wrote {}?",
}  # fmt: skip
_WANTS = re.compile(
    r"^(?:(?:can you |could you |please )*(?:give|tell|show|send) me |what(?:['’]s| is| are) |is there |do you have )?"
    r"(?:(?:in |at )?(?:an?|the|its|their)\b ?|in (?=which|what)|at (?=which|what))?"
)
_SAME_MEASURE = re.compile(
    rf"^(?:what|how (?:much|many|high|large|big|low|good|fast|long)) (?:is|was|are|were|would be) (?:it|that|this|they)"
    rf" (?P<placed>(?:{_PREPOSITIONS}) .+)$",
    re.IGNORECASE,
)
_MOST = 8  # words of a fragment


def completed(question: str, marked: bool, scene: Scene, people: tuple[str, ...], together: Together) -> str:
    """A fragment as a whole question; nothing if `question` is not one.

    `marked` says that a word like "and" stood before it; `people` are the authors it names.
    """
    about = _WHAT_ABOUT.match(question)
    fragment = question[about.end() if about else 0 :].strip()
    subject = joined(scene.things) or joined(scene.people)
    bare = re.sub(_END, "", fragment)
    plain = _WANTS.sub("", bare.casefold())
    if _SHORTER.match(fragment):
        return f"Summarise {subject}." if subject else ""
    if _MORE.match(fragment):
        return f"Tell me more about {subject}." if subject else ""
    if scene.things and plain in _METADATA and (plain not in ("when", "where", "who") or _was_metadata(scene)):
        return _METADATA[plain].format(subject)
    if (same := _SAME_MEASURE.match(question)) and _OF_MEASURE.match(scene.question):
        fragment = same["placed"]
        bare = re.sub(_END, "", fragment)
    if manner := _ASKS_MANNER.match(fragment):
        return reasked(manner["word"], scene) or _regarding(subject, fragment)
    if wants := _WHICH_NOUN.match(fragment):
        if not _VERBAL.search(wants["noun"]) and wants["noun"].casefold().split()[0] not in ("one", "ones", "of"):
            noun = f"{wants['word'].capitalize()} {wants['noun']}"
            has = "have" if wants["word"].casefold().startswith("how") else "use"
            return f"{noun} does {subject} {has}?" if subject and not things_of(f"of {bare}") else ""
        return ""
    besides = reduce(lambda text, name: text.replace(name, " "), people, bare)
    if _VERBAL.search(besides) or len(bare.split()) > _MOST or "," in bare or not bare:
        return ""
    if placed := _PLACED.match(fragment):
        return _placed(placed["preposition"], placed["noun"], scene, subject)
    is_name = _is_name(bare, people) and not re.fullmatch("[A-Z][a-z]+", bare)
    if not (marked or about or fragment.endswith("?") or is_name):
        return ""
    opens_sentence = re.match(r"[A-Z][a-z]+(?: [a-z]|$)", bare) and not marked and not about
    if opens_sentence and not people and (" " in bare or not fragment.endswith("?")):
        bare = lowered(bare)
    return _swapped(bare, scene, subject, people, together)


def reasked(word: str, scene: Scene) -> str:
    """The last question asked for why, how, where ... instead; nothing if it cannot be turned."""
    word = re.sub(
        r"^(why|how) .*(?<!much)(?<!many)(?<!well)(?<!often)(?<!long)(?<!fast)$", r"\1", word.strip(), flags=re.I
    )
    word = word[:1].upper() + word[1:]
    last = re.sub(_END, "", scene.question)
    if _YES_NO.match(last):
        return f"{word} {lowered(last)}?"
    if clause := _CLAUSE.match(last):
        noun = f" this {clause['noun'].strip()}" if clause["noun"].strip() else ""
        return f"{word} {clause['does']} {clause['who']}{noun}{clause['at'] or ''}?"
    if state := re.match(r"(?:how|when|where|why) (?P<rest>(?:is|are|was|were) .+)", last, re.IGNORECASE):
        return f"{word} {state['rest']}?"
    if re.match(rf"(?:{_PREPOSITIONS}) (?:which|what|how many) ", word, re.IGNORECASE) and scene.things:
        return f"{word} is {joined(scene.things)} used?"
    if word.casefold() == "how" and _DEFINES.match(last) and scene.things:
        return f"How does {joined(scene.things)} work?"
    return ""


def _placed(preposition: str, noun: str, scene: Scene, subject: str) -> str:
    """The last question with another phrase of the same preposition, or with this one at its end."""
    last = re.sub(_END, "", scene.question)
    if refers(f"{preposition} {noun}"):
        noun = resolve(noun, scene).text
    if changed := _recounted(last, noun):
        return changed
    if _YEAR.fullmatch(noun) and _YEAR.search(last):
        return f"{_YEAR.sub(noun, last)}?"
    at = rf"\b{preposition}\b (?:(?!\b(?:{_PREPOSITIONS})\b).)+?(?=\s+(?:{_PREPOSITIONS})\b|$)"
    if found := list(re.finditer(at, last, re.IGNORECASE)):
        start, end = found[-1].span()
        return f"{last[:start]}{preposition.casefold()} {noun}{last[end:]}?"
    old = secondary(last)
    if old and things_of(f"of {noun}"):
        return f"{_replaced(last, old[-1], noun)}?"
    if (_DEFINES.match(last) and not _MEASURE_OF.search(last)) or last.startswith("Regarding"):
        return f"What about {subject} {preposition.casefold()} {noun}?" if subject else ""
    return f"{last} {preposition.casefold()} {noun}?"


def _swapped(noun: str, scene: Scene, subject: str, people: tuple[str, ...], together: Together) -> str:
    """The last question asked of something else: a name, a measure, a number, a thing that papers have."""
    last = re.sub(_END, "", scene.question)
    resolved = resolve(noun, scene, people).text
    terms = set(content_terms(noun))
    if changed := _recounted(last, noun) or (
        _YEAR.fullmatch(noun) and _YEAR.search(last) and f"{_YEAR.sub(noun, last)}?"
    ):
        return changed
    if re.fullmatch(r"[\d.,%]+", noun):
        numbers = re.findall(r"(?<![\w.-])\d[\d.,]*(?![\w-])", last)
        return (
            f"{_replaced(last, numbers[0], noun)}?" if len(numbers) == 1 else _regarding(subject, f"what about {noun}?")
        )
    if people or resolved in scene.people:
        return _other_person(resolved, last, scene)
    if _is_measure(noun) and (resolved == noun or re.match(r"(?:the|its|their) ", noun, re.IGNORECASE)):
        return _other_measure(noun, last, subject)
    if _ADDRESSES.match(re.sub(r"^(?:the|its|their) ", "", noun)) and subject:
        return f"Where is the {re.sub(r'^(?:the|its|their) ', '', noun)} of {subject}?"
    if _is_name(resolved, ()):
        return _other_name(resolved, last, scene, together)
    if things_of(f"of {resolved}"):
        return f"What about {resolved}?"
    if re.match(r"(?:the|its|their|any|this|that) ", noun, re.IGNORECASE) or resolved != noun:
        definite = re.sub(r"^(?:its|their|any|this|that) ", "the ", noun, flags=re.IGNORECASE)
        return f"What about {definite} of {subject}?" if subject else ""
    if (listing := _ABOUT_ANY.search(last)) and _OF_PAPERS.search(last):
        return f"{last[: listing.start('noun')]}{noun}?"
    if scene.things and scene.things[0] in last and not things_of(scene.things[0]) and _DEFINES.match(last):
        return f"{last.replace(scene.things[0], noun)}?"
    return _regarding(subject, f"what about {noun}?")


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
        single = len(main) == 1 and not _DEFINES.match(last) and not _was_metadata(scene)
        if single and "“" not in new and together(main[0].strip("“”"), new_name):
            return f"{last} on {new}?"
        return f"{_replaced(last, main[-1], new)}?"
    if behind:
        return f"{_replaced(last, behind[-1], new)}?"
    phrase = next((thing for thing in scene.things if thing in last), "")
    return f"{last.replace(phrase, new, 1)}?" if phrase else f"Tell me about {new}."


def _other_person(new: str, last: str, scene: Scene) -> str:
    old = (
        joined(scene.people)
        if joined(scene.people) in last
        else next((person for person in scene.people if person in last), "")
    )
    return f"{last.replace(old, new)}?" if old else f"What has {new} worked on?"


def _other_measure(noun: str, last: str, subject: str) -> str:
    bare = re.sub(r"^(?:the|its|their) ", "", noun)
    for form in (_OF_MEASURE, _MEASURE_OF):
        found = form.search(last)
        if found and set(content_terms(found["measure"])) & QUANTITIES:
            return f"{last[: found.start('measure')]}{bare}{last[found.end('measure') :]}?"
    return f"What is the {bare} of {subject}?" if subject else ""


def _recounted(last: str, noun: str) -> str:
    """The last question with another number of the same things; nothing if it has none."""
    new = _COUNTED.match(noun)
    if not new:
        return ""
    for old in _COUNTED.finditer(last):
        if analyse(old["noun"]) == analyse(new["noun"]):
            return f"{last[: old.start()]}{noun}{last[old.end() :]}?"
    return ""


def _is_measure(noun: str) -> bool:
    terms = content_terms(noun)
    return bool(terms) and len(terms) < 4 and terms[-1] in QUANTITIES and not things_of(f"of {noun}")


def _was_metadata(scene: Scene) -> bool:
    return asked_of_papers(scene.question)[0] != "contents"


def _is_name(text: str, people: tuple[str, ...]) -> bool:
    """Whether a text is one name, a title in quotation marks, or an author, and no more."""
    things = things_of(f"of {re.sub(r'^(?:the|an?) ', '', text)}")
    return bool(people) or (len(things) == 1 and set(content_terms(text)) <= set(content_terms(things[0])))


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text)


def _regarding(subject: str, question: str) -> str:
    return f"Regarding {subject}, {lowered(question)}" if subject else ""
