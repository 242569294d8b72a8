"""What a question sets side by side: methods, papers, titles, as it writes them."""

from __future__ import annotations

import re
from itertools import chain

from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import MARK, any_phrase, phrase
from rag.retrieval.question import content_terms, names

MOST = 8
_WORDS_OF_A_NAME = 4
_LONGEST = 12  # words of a subject

_SEPARATORS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r",?\s+(?:and|or|&|n|vs|versus|against|as well as|compared (?:to|with)|as opposed to|/)\s+|,\s+|;\s*",
        r",?\s+(?:and|or|&|vs|versus|against|with|to|from|over|than|rather than)\s+|,\s+|;\s*",
    )
)
_BARE = re.compile(
    r"(?:diff|differences?|compare|comparison|versus|vs):? (?P<of>[\w.+-]+(?: [\w.+-]+){1,3})\W*$", re.IGNORECASE
)
_VERSUS = re.compile(r"(?<!\w)(?:vs?\.?|versus|against|compared (?:to|with)|as opposed to) ", re.IGNORECASE)


def compared(text: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """Two to eight subjects that a text sets side by side, in order; empty if it does not name two."""
    text = re.sub(r"(?<!\w)(vs?)\.", r"\1", text)
    for span in _lists(text):
        for separator in _SEPARATORS:
            found = tuple(dict.fromkeys(filter(None, (_cleaned(part, titles) for part in separator.split(span)))))
            if len(found) > 1:
                return tuple(chain.from_iterable(_parted(each, titles) for each in found))[:MOST]
    if (bare := _BARE.match(text)) and all(map(content_terms, bare["of"].split())):
        return tuple(bare["of"].split())
    marked = [match[0] for match in MARK.finditer(text) if match["sort"] == "title"]
    others = (_cleaned(each, titles) for each in (*marked, *named_subjects(text, ())))
    found = tuple(dict.fromkeys(filter(None, others)))
    return found[:MOST] if len(found) > 1 else ()


def _parted(subject: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """A subject that is two names with a weak separator between them, as those names: "A with B"."""
    parts = tuple(filter(None, (_cleaned(part, titles) for part in _SEPARATORS[-1].split(subject))))
    return (
        parts
        if len(parts) > 1 and subject not in titles and all(is_name(part, titles) for part in parts)
        else (subject,)
    )


def _lists(text: str) -> list[str]:
    """The parts of a text that may be a list of subjects, the likeliest first."""
    spans = []
    for frame in sections("subjects")["frames"]:
        if found := phrase(frame).search(text):
            groups = found.groupdict()
            end = _cut("tail", f" {groups.get('and') or ''}").strip()
            spans.append(f"{_cut('tail', found['of'])}{f' and {end}' if end else ''}")
    if _VERSUS.search(text) or re.search(r" or |, | and | & | / ", text):
        spans.insert(0 if _VERSUS.search(text) else len(spans), _cut("tail", text))
    return spans


def _cut(section: str, text: str) -> str:
    return any_phrase("subjects", section).sub("", text)


def _cleaned(part: str, titles: tuple[str, ...]) -> str:
    """A subject without the words that only lead to it; nothing if none is left."""
    part = MARK.sub(lambda match: titles[int(match["place"])] if match["sort"] == "title" else " ", part)
    part = " ".join(re.sub(r"(?<=\s)['’]s? ", " ", f" {part} ").split()).strip(' ,.;:?!"“”()[]-–')
    part = _cut("clause", _cut("lead", part)) if part not in titles else part
    usable = (
        content_terms(part)
        and not any_phrase("subjects", "no subject").match(part)
        and (part in titles or len(part.split()) <= _LONGEST)
    )
    return part.strip(" ,.;:") if usable else ""


def named_subjects(text: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a question on facts: titles, and what is written as names are."""
    plain = MARK.sub(" ", text)
    opening = re.match(r"\W*([^\W_]+(?:[-./][^\W_]+)*)", plain)
    first = (
        [opening[1]] if opening and re.search(r".[A-Z\d]", opening[1]) and opening[1] in names(f"of {plain}") else []
    )
    return tuple(dict.fromkeys((*titles, *first, *names(plain))))[:MOST]


def is_name(subject: str, titles: tuple[str, ...]) -> bool:
    """Whether a subject is surely a name: a title, or a few words one of which is written as names are."""
    few = len(subject.split()) <= _WORDS_OF_A_NAME
    return subject in titles or (few and (subject[0].isupper() or "-" in subject or bool(names(f"of {subject}"))))
