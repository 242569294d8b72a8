"""Courtesies: what is said out of politeness or in passing, asks nothing of the papers and needs none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, cast

from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import any_phrase

Courtesy = Literal["introduction", "goodbye", "thanks", "greeting", "agreement"]

# What a text of courtesies leaves open.
_WORDS = {
    "JUDGING": "(?:that|this|it|these|those|(?:the|your|those|these|that|this) (?:[\\w'’-]+ ){1,7}?)"
    "(?:['’]s|['’]re| ?is| ?was| ?were| ?are| ?looks?| ?sounds?| ?seems?|['’]s not| ?isn['’]t| ?wasn['’]t)",
    "VERY": "(?:DEGREE )*(?:an? )?(?:DEGREE )*",
    "DEGREE": "(?:all|very|really|so|a lot|me|quite|exactly|just|that|absolutely|truly|pretty|too|not|super|extremely"
    "|rather|a bit|totally)",
    "PRAISE": "(?:great|good|nice|cool|perfect|awesome|excellent|wonderful|brilliant|fantastic|amazing|lovely|superb"
    "|super|neat|sweet|helpful|useful|clear|interesting|impressive|spot on|on point|fun|funny|quick|fast|thorough"
    "|handy|fascinating|incredible|outstanding|enough|plenty|fine|gold|correct"
    "|what i (?:needed|was (?:looking for|hoping for|after)|wanted|meant|had in mind))",
    "BLAME": "(?:wrong|bad|useless|terrible|awful|rubbish|nonsense|confusing|slow|disappointing|boring|silly|odd"
    "|strange|weird|too long|a (?:shame|pity))",
    "WORD ": "(?:\\w+ )?",
    " ...?": "(?: .*)?",
    "...": ".+",
}
_ADDRESSED = (
    "there|all|everyone|assistant|bot|friend|again|please|now|then|very much|you|so much|a lot|me|guys|folks|mate|buddy"
    "|dear|indeed|though|too|today|everybody|man|pal"
)
_BEFORE = "and|oh|well|ah|so|ok|okay|but|then|yes|no|yeah|hmm|right|really|actually"


def _pattern(form: str) -> str:
    for word, meaning in _WORDS.items():
        form = form.replace(word, meaning)
    return form


@cache
def _forms() -> Mapping[Courtesy, re.Pattern[str]]:
    """What says each courtesy, the one that counts most first."""
    forms = {each: "|".join(map(_pattern, said)) for each, said in sections("courtesies").items()}
    return {
        cast(Courtesy, each): re.compile(rf"(?:(?:{_BEFORE}) )*(?:{said})(?: (?:{_ADDRESSED}))*")
        for each, said in forms.items()
    }


# Where one thing said ends and the next begins.
_JOINING = re.compile(r"^(?:(?:so|and|but|well|then|oh|anyway|right|now) )+(?=\S)")
_CLAUSES = re.compile(r"(?:\s*[.!?;:…]+|,|\s[-–—]+\s|\s*[()]|—)+\s*")
_JOINED = re.compile(r"\s+(?:and|but|so)\s+")
_THANKS = ("thank", "thx", "cheers", "goodnight", "good night", "bye")
_JUDGES = ("that ", "this ", "it ", "the ", "your ", "those ", "these ")
_INTENDS = re.compile(r"(?:i(?:['’]ll| will| am going to|['’]m going to|['’]m gonna)|let me) (?!need|want|like)")
# Who says something of themselves or of us, and asks for nothing.
_STATEMENT = re.compile(
    r"(?:i|we|you|my|our|your|he|she|they|i['’](?:m|ve|ll|d)|we['’](?:re|ve|ll)|you['’](?:re|ve|ll))\b .+"
)
_SMILEY = re.compile(r"[:;]-?[()DPp]+|<3|\^\^|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+")
_LONGEST = 160  # characters
_MOST = 5  # words that one form of a courtesy may leave open before it is a question


def courtesy(text: str) -> Courtesy | None:
    """What courtesy a text is; None if it is none, or something besides."""
    if len(text) > _LONGEST or not text.strip():
        return None
    plain = _SMILEY.sub(" ", text.casefold()).replace("`", "'")
    clauses = [clause for part in _CLAUSES.split(plain) if (clause := " ".join(re.findall(r"[^\s,]+", part)))]
    if not clauses:
        return "agreement" if _SMILEY.search(text) else None
    said: list[Courtesy] = []
    for clause in clauses:
        of_clause = _said(clause, "?" in plain)
        if not of_clause:
            return None
        said += of_clause
    return next(each for each in _forms() if each in said)


@lru_cache(maxsize=512)
def _said(clause: str, asking: bool) -> tuple[Courtesy, ...]:
    """What one clause says, or what each of its joined parts says; nothing if one of them is no courtesy."""
    clause = _JOINING.sub("", clause)
    whole = _fitting(clause)
    tells = clause.startswith(_THANKS) or _INTENDS.match(clause) or (not asking and clause.startswith(_JUDGES))
    asks = "after thanks" if tells else "of papers"
    if whole and not _requests(asks, clause) and not (asking and len(clause.split()) > _MOST + 3):
        return whole
    if not asking and _INTENDS.match(clause) and not _requests("after thanks", clause):
        return ("goodbye",)
    if not asking and _STATEMENT.fullmatch(clause) and not _requests("within a statement", clause):
        return ("agreement",)
    # "ok thanks a lot": said one after the other without a sign between.
    for join in (_JOINED, re.compile(r"\s+")):
        for found in join.finditer(clause):
            first, rest = clause[: found.start()], clause[found.end() :]
            before = _fitting(first)
            if before and (after := _said(rest, asking)):
                return (*before, *after)
    return ()


def _fitting(clause: str) -> tuple[Courtesy, ...]:
    return tuple(each for each, form in _forms().items() if form.fullmatch(clause))


def _requests(section: str, clause: str) -> bool:
    return bool(any_phrase("requests", section).search(clause))
