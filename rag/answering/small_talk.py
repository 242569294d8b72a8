"""Courtesies, which are answered in kind and need no paper."""

from __future__ import annotations

import re

KIND = "small talk"

_GREETING = (
    r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|how are you(?: (?:doing|today))*"
    r"|how is it going|what['’]s up|nice to meet you)"
)
_THANKS = (
    r"(?:(?:ok(?:ay)? |many |a lot of )?(?:thanks|thank you|thx|ty|cheers|much appreciated)(?: (?:a lot|so much"
    r"|very much"
    r"|a million|again|for (?:the|your|this|that) \w+|for (?:that|this)))*|i appreciate (?:it|that|your help)"
    r"|that(?:['’]s| is| was| helps| helped)(?: all| very| really| so| a lot| me)*(?: helpful| useful| great"
    r"| perfect| good"
    r"| clear| nice| what i needed)?(?: for now)?|(?:very|really|so) (?:helpful|useful|clear|nice|good|interesting))"
)
_AGREEMENT = (
    r"(?:ok(?:ay)?|great|good|nice|cool|perfect|awesome|excellent|wonderful|fine|alright|all right|sure|wow|super"
    r"|got it"
    r"|i see|understood|makes sense|that makes sense|interesting|right|yes|no|yep|nope|yeah|no problem|well done"
    r"|(?:good|great|nice) (?:job|work|answer|one)|never mind|no more questions)"
)
_GOODBYE = (
    r"(?:bye|bye bye|goodbye|good night|see you(?: later| soon| tomorrow)?|have a (?:nice|good|great)"
    r" (?:day|evening|weekend|one)|farewell|take care|ciao|that is all|that['’]s all)"
)
_WHO = (
    r"(?:who are you|what are you|what(?:['’]s| is) your name|are you (?:a |an )?(?:bot|human|robot|ai"
    r"|real)(?: person)?"
    r"|what can (?:you|i|we) (?:do|ask(?: you)?|help(?: me)?(?: with)?)(?: here)?|what do you (?:do|know)"
    r"|how (?:can|do) (?:you help(?: me)?|i use (?:this|you)|you work|does this work)|help(?: me)?"
    r"|how can you help|can you help(?: me)?|what (?:kind|sort)s? of questions can i ask(?: you)?|introduce yourself)"
)
_ADDRESSED = r"(?: (?:there|all|everyone|assistant|bot|friend|again|please|now|then|very much|you|so much|a lot|me))*"
_ANY = rf"(?:{_WHO}|{_THANKS}|{_GOODBYE}|{_GREETING}|{_AGREEMENT}){_ADDRESSED}"
_COURTESY = re.compile(rf"(?:(?:and|oh|well|ah) )?{_ANY}(?: (?:(?:and|but) )?{_ANY})*")
_LONGEST = 80  # characters


def reply(text: str, papers: int) -> str:
    """The reply to a courtesy, in a library of so many papers; nothing to a text that is or has a question."""
    plain = _plain(text)
    if not _COURTESY.fullmatch(plain):
        return ""
    if re.search(rf"\b{_WHO}(?!\w)", plain):
        held = f"the {papers} papers" if papers > 1 else "the one paper"
        return (
            f"I answer questions about {held} of this library from their abstracts, with the sentences I rely on. "
            "Ask what a paper found, who wrote it, what an author has worked on, or how methods compare."
        )
    if re.search(rf"\b{_GOODBYE}\b", plain):
        return "Goodbye! The library is here when you need it."
    if re.search(rf"\b(?:{_THANKS}|appreciate)\b", plain):
        return "You are welcome. Ask on whenever you like."
    if re.search(rf"\b{_GREETING}\b", plain):
        return "Hello! Ask me anything about the papers of this library."
    return "Good. What else would you like to know about the papers?"


def is_courtesy(text: str) -> bool:
    """Whether a text is a courtesy and nothing else."""
    return bool(_COURTESY.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    """The words alone; nothing of a text that is too long for a courtesy."""
    if len(text) > _LONGEST:
        return ""
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.casefold()))
