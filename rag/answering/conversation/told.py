"""What an earlier answer told of, read back from its text, whoever wrote it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rag.retrieval.question import content_terms, names
from rag.retrieval.vocabulary import QUANTITIES

_LONGEST = 6000  # characters of an answer that are read for titles
_LONGEST_OPENING = 500  # and for what it is about, which stands at its beginning
_MARKER = re.compile(r"\s*(?<!\\)\[(?:\d+(?:\s*[,;–-]\s*\d+)*|\?)\]")
_ESCAPE = re.compile(r"\\([^\w\s])")
_REFUSES = re.compile(
    r"^\W*(?:the (?:library|abstracts?|papers?|provided \w+|context|sources?)(?: \w+)? (?:has nothing|does not|do"
    r" not|doesn['’]t"
    r"|don['’]t|contains? no|says? nothing)|(?:i['’]m |i am )?(?:sorry|afraid|unable)|unfortunately|i (?:can ?not"
    r"|can['’]t|could"
    r" not|couldn['’]t|do not|don['’]t)|no (?:abstract|paper|information)|none of the|there is no|nothing in)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^\s*(?:[-*•]|\d+[.)])\s+(?P<mark>\*{1,2})(?P<title>[^*\n].*?)(?<!\\)(?P=mark)(?!\*)", re.MULTILINE
)
_BOLD = re.compile(r"\*\*(?P<title>[^*\n]+?(?:\\\*[^*\n]*?)*)\*\*")
_BY = re.compile(r"\*\* (?:is|was written) by (?P<people>[^\n]{1,400}?)\.(?=\s*\[|\s*$)")
_KNOWN = re.compile(r"^The (?:only )?known authors? of \*\*.+?\*\* (?:is|are) (?P<people>[^;\n]+);")
_AND = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_OPENS = re.compile(
    r"^(?:the |an? )?(?P<name>[A-Z]\w*(?:[-./]\w+)*(?:[ ][A-Z]\w*(?:[-./]\w+)*){0,4})(?: \((?P<short>[A-Z][\w-]+)\))?"
    r"(?=['’]s |,? [a-z(]|[.,]?$)"
)
_PROPOSES = re.compile(
    r"\b(?:we|authors?|paper|work|they)\b[^.]{0,40}?\b(?:propos|introduc|present|develop|call)\w*\s(?P<rest>[^.]{3,160})"
)
_CONTINUES = re.compile(r"^\W*(?:it|its|they|their|this|these|yes|no)\b", re.IGNORECASE)


class Told(NamedTuple):
    """Titles and authors in the order of the answer, the name it is about, and the only one it has."""

    titles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    name: str = ""
    only: str = ""


def told(answer: str) -> tuple[Told, bool]:
    """What an answer told of, and whether it was a refusal: the papers that one offers are not its subject."""
    return _read(answer[:_LONGEST].strip())


@lru_cache(maxsize=64)  # every question of a conversation reads the answers before it
def _read(text: str) -> tuple[Told, bool]:
    refused = bool(_REFUSES.match(text[:_LONGEST_OPENING])) and not text.startswith("The library does not say")
    bullets = [match["title"] for match in _BULLET.finditer(text)]
    bold = [match["title"] for match in _BOLD.finditer(text) if len(match["title"].split()) > 1]
    titles = tuple(dict.fromkeys(_ESCAPE.sub(r"\1", title).strip(" :.") for title in bullets or bold))
    if refused:
        return Told(titles), True
    people = _KNOWN.match(text) or _BY.search(text[:_LONGEST_OPENING])
    plain = _MARKER.sub("", text[:_LONGEST_OPENING])
    found = set(filter(_counts, names(plain)))
    only = found.pop() if len(found) == 1 and not titles else ""
    return Told(
        titles, tuple(_AND.split(people["people"])) if people else (), "" if titles else _name(plain), only
    ), False


def _name(text: str) -> str:
    """The name an answer opens with or introduces."""
    if _CONTINUES.match(text):
        return ""
    first = text.partition("\n")[0]
    if (opens := _OPENS.match(first)) and _is_name(opens["name"]):
        return opens["name"]
    if (proposes := _PROPOSES.search(text)) and (proposed := list(filter(_counts, names(f"a {proposes['rest']}")))):
        return proposed[0]
    return ""


def _is_name(written: str) -> bool:
    """Whether the words a sentence opens with are a name: one with a capital inside, or several with capitals."""
    words = written.split()
    return _counts(written) and (
        bool(names(f"a {written}")) and (len(words) > 1 or bool(re.search(r"\w[A-Z0-9]", written)))
    )


def _counts(name: str) -> bool:
    return (
        bool(re.search(r"[^\W\d_]{2}", name))
        and bool(content_terms(name))
        and not set(content_terms(name)) <= QUANTITIES
    )
