"""Fragments such as "And with five labels?" completed from the question before."""

from __future__ import annotations

import re
from functools import reduce

from rag.answering.conversation.exchange import (
    DEFINES,
    END,
    OF_MEASURE,
    PREPOSITIONS,
    Together,
    asks_metadata,
    exchanged,
    is_name,
    placed,
    regarding,
)
from rag.answering.conversation.references import joined, lowered
from rag.answering.conversation.scene import Scene, things_of

_WHAT_ABOUT = re.compile(
    r"^(?:(?:and|so|but|then|or)\s+)?(?:(?:what|how)(?: (?:about|of)|['’]s about)|what if it is)\s+", re.I
)
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|does|do|did|has|have|had|can|could|will|would|should|may|might|i|you|they|it|he|she|we)\b"
    r"|^(?:tell|explain|describe|summari[sz]e|list|compare|show|give|define|contrast|name|find|who|whose|where|when|which|what|how|why)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can you |could you |please )*(?:tell me |say |give me |explain |any |some |show me )?(?:a (?:bit"
    r"|little) )?more"
    r"(?: details?| information| info| about (?:it|this|that|them))?|go on|continue|elaborate(?: on (?:it|this|that))?"
    r"|(?:and )?what else|anything else|details|in (?:more )?detail|expand(?: on (?:it|this"
    r"|that))?)(?:,? please)?[?.!]*$",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"^(?:(?:even |much )?(?:shorter|briefer|simpler)|briefly|in (?:short|brief|simple (?:words|terms)|one"
    r" sentence|a nutshell|a few words"
    r"|plain english)|(?:a )?(?:short )?summary|tl;?dr)[?.!]*$",
    re.IGNORECASE,
)
_ASKS_MANNER = re.compile(
    r"^(?P<word>why(?: not| so| is that| is this)?|how(?: so| come| exactly)?|how does that work|when|where|since when"
    r"|by how much|how (?:much|many|well|often|long|fast)|in what way|compared (?:to|with) what|(?:on|in|for|with"
    r"|by|under|against|from|at)"
    r" (?:which|what|how many|how much)(?: (?!(?:is|are|was|were|does|do|did|has|have|can)\b)[\w-]+){0,4})" + END,
    re.IGNORECASE,
)
_WHICH_NOUN = re.compile(
    r"^(?P<word>which|what|how many|how much) (?P<noun>[\w-]+(?: [\w-]+){0,3})" + END, re.IGNORECASE
)
_PLACED = re.compile(rf"^(?P<preposition>{PREPOSITIONS})\s+(?P<noun>.+?){END}", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:is|are|was|were|does|do|did|can|could|has|have|will|would)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"^(?:\w+ )?(?:what|which|how much|how many|how|why|where|when)\b ?(?P<noun>[^,]{0,80}?) ?\b(?P<does>does|do"
    r"|did|can|could) (?P<who>.{1,120}?)"
    rf"(?P<at> (?:{PREPOSITIONS}) .+)?{END}",
    re.IGNORECASE,
)
_METADATA = {
    "when": "When was {} published?", "year": "When was {} published?", "which year": "When was {} published?",
    "what year": "When was {} published?", "where": "Where was {} published?", "venue": "Where was {} published?",
    "journal": "Where was {} published?", "which journal": "Where was {} published?", "who": "Who wrote {}?",
    "conference": "Where was {} published?", "which conference": "Where was {} published?",
    "which venue": "Where was {} published?", "link": "What is the link to {}?", "doi": "What is the DOI of {}?",
    "url": "What is the link to {}?", "by whom": "Who wrote {}?",
    "who by": "Who wrote {}?", "authors": "Who wrote {}?", "author": "Who wrote {}?",
}  # fmt: skip
_WANTS = re.compile(
    r"^(?:(?:can you |could you |please )*(?:give|tell|show|send) me |what(?:['’]s| is| are) |is there |do you have )?"
    r"(?:(?:in |at )?(?:an?|the|its|their)\b ?|in (?=which|what)|at (?=which|what))?"
)
_SAME_MEASURE = re.compile(
    rf"^(?:what|how (?:much|many|high|large|big|low|good|fast|long)) (?:is|was|are|were|would be) (?:it|that|this|they)"
    rf" (?P<placed>(?:{PREPOSITIONS}) .+)$",
    re.IGNORECASE,
)
_MOST = 8  # words of a fragment


def completed(question: str, marked: bool, scene: Scene, people: tuple[str, ...], together: Together) -> str:
    """A fragment as a whole question; nothing if `question` is not one.

    `marked` says that a word like "and" stood before it; `people` are the authors it names.
    """
    about = _WHAT_ABOUT.match(question)
    fragment = question[about.end() if about else 0 :].strip()
    same = _SAME_MEASURE.match(fragment)
    if same and OF_MEASURE.match(scene.question):
        fragment = same["placed"]
    subject = joined(scene.things) or joined(scene.people)
    if whole := _formula(fragment, scene, subject):
        return whole
    if manner := _ASKS_MANNER.match(fragment):
        return reasked(manner["word"], scene) or regarding(subject, fragment)
    bare = re.sub(END, "", fragment)
    if not _is_fragment(bare, people):
        return ""
    if phrase := _PLACED.match(fragment):
        return placed(phrase["preposition"], phrase["noun"], scene, subject)
    is_question = marked or about or fragment.endswith("?")
    one_word = re.fullmatch("[A-Z][a-z]+", bare)
    if not is_question and (one_word or not is_name(bare, people)):
        return ""
    if not (marked or about or people or one_word) and re.match("[A-Z][a-z]+ [a-z]", bare):
        bare = lowered(bare)
    return exchanged(bare, scene, subject, people, together)


def _formula(fragment: str, scene: Scene, subject: str) -> str:
    """What a few usual phrases ask of the subject: more, less, the authors, the year, which data set."""
    if not subject:
        return ""
    if _SHORTER.match(fragment):
        return f"Summarise {subject}."
    if _MORE.match(fragment):
        return f"Tell me more about {subject}."
    fact = _WANTS.sub("", re.sub(END, "", fragment).casefold())
    if scene.things and fact in _METADATA and (fact not in ("when", "where", "who") or asks_metadata(scene)):
        return _METADATA[fact].format(subject)
    wants = _WHICH_NOUN.match(fragment)
    if not wants or _VERBAL.search(wants["noun"]) or wants["noun"].casefold().split()[0] in ("one", "ones", "of"):
        return ""
    has = "have" if wants["word"].casefold().startswith("how") else "use"
    named = things_of(f"of {wants['noun']}")
    return "" if named else f"{wants['word'].capitalize()} {wants['noun']} does {subject} {has}?"


def _is_fragment(bare: str, people: tuple[str, ...]) -> bool:
    """Whether a text has no verb and no second part, leaving out the names of authors."""
    besides = reduce(lambda text, name: text.replace(name, " "), people, bare)
    return bool(bare) and not _VERBAL.search(besides) and len(bare.split()) <= _MOST and "," not in bare


def reasked(word: str, scene: Scene) -> str:
    """The last question asked for why, how, where ... instead; nothing if it cannot be turned."""
    word = re.sub(
        r"^(why|how) .*(?<!much)(?<!many)(?<!well)(?<!often)(?<!long)(?<!fast)$", r"\1", word.strip(), flags=re.I
    )
    word = word[:1].upper() + word[1:]
    last = re.sub(END, "", scene.question)
    if _YES_NO.match(last):
        return f"{word} {lowered(last)}?"
    if clause := _CLAUSE.match(last):
        noun = f" this {clause['noun'].strip()}" if clause["noun"].strip() else ""
        return f"{word} {clause['does']} {clause['who']}{noun}{clause['at'] or ''}?"
    if state := re.match(r"(?:how|when|where|why) (?P<rest>(?:is|are|was|were) .+)", last, re.IGNORECASE):
        return f"{word} {state['rest']}?"
    if re.match(rf"(?:{PREPOSITIONS}) (?:which|what|how many) ", word, re.IGNORECASE) and scene.things:
        return f"{word} is {joined(scene.things)} used?"
    if word.casefold() == "how" and DEFINES.match(last) and scene.things:
        return f"How does {joined(scene.things)} work?"
    return ""
