"""When two records are the same paper, and when a record has changed."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import fields

from rag.library.names import Name, parse_name
from rag.types import Paper, Record

_TITLE_SAYS_ENOUGH = 4
_ABSTRACTS_AGREE = 0.6


def title_key(title: str) -> str:
    """The words of a title without case, accents and punctuation: equal for spellings of one title."""
    return " ".join(_words(title))


def paper_id(record: Record, key: str) -> str:
    """The source's own id, or one made from the title, stable across runs and machines."""
    return record.id or "title:" + hashlib.sha256(key.encode()).hexdigest()[:12]


def content(record: Record) -> str:
    """A record as JSON, without its position: equal for two records exactly when they say the same."""
    values = {each.name: getattr(record, each.name) for each in fields(record) if each.name != "position"}
    return json.dumps(values, sort_keys=True)


def digest(content: str) -> bytes:
    """Sixteen bytes that stand for what `content` gave."""
    return hashlib.sha256(content.encode()).digest()[:16]


def record_key(record: Record, key: str) -> str:
    """What a record goes by within its source: an edited record keeps it."""
    return f"id:{record.id}" if record.id else f"title:{key}"


def is_global(identifier: str) -> bool:
    """Whether an id means the same paper in every source, as `arxiv:2504.07660` does and `17` does not."""
    return ":" in identifier


def distinct(one: str, other: str) -> bool:
    """Whether two ids are entries of the same register, and different ones."""
    register, separator, _ = one.partition(":")
    return bool(separator) and one != other and other.startswith(register + ":")


def same_paper(one: Paper, other: Paper) -> bool:
    """Whether two papers whose titles have the same key are one.

    A shared title is not enough: the abstracts or the authors must agree, or nothing
    must be known against it and the title be long enough to be nobody else's.
    """
    if one.abstract and other.abstract and _overlap(one.abstract, other.abstract) >= _ABSTRACTS_AGREE:
        return True
    if one.authors and other.authors:
        if _families(one) & _families(other):
            return True
        if one.authors_complete and other.authors_complete:
            return False
    if one.abstract and other.abstract:
        return False
    years_agree = one.year is None or other.year is None or abs(one.year - other.year) <= 1
    return years_agree and len(_words(one.title)) >= _TITLE_SAYS_ENOUGH


def _words(text: str) -> list[str]:
    if text.isascii():
        return re.findall(r"\w+", text.casefold())
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _overlap(one: str, other: str) -> float:
    first, second = set(_words(one)), set(_words(other))
    return len(first & second) / max(1, len(first | second))


def _families(paper: Paper) -> set[str]:
    return {Name(parse_name(name).family).key for name in paper.authors}
