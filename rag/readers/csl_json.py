"""CSL-JSON, as Zotero, Better BibTeX, Mendeley and pandoc write it: a list of items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag.readers.entry import Entry, records_of
from rag.readers.json_text import objects_of, parsed, text_of
from rag.readers.people import INCOMPLETE, inverted, whole
from rag.readers.source import Source
from rag.types import BadRecord, Record

NAME = "CSL-JSON"

_TYPES = (
    "article|article-journal|article-magazine|article-newspaper|bill|book|broadcast|chapter|classic|collection"
    "|dataset|document|entry|entry-dictionary|entry-encyclopedia|figure|graphic|hearing|interview|legal_case"
    "|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|performance"
    "|periodical|personal_communication|post|post-weblog|regulation|report|review|review-book|software|song|speech"
    "|standard|thesis|treaty|webpage"
)
_ITEM_TYPE = re.compile(rf'"type"\s*:\s*"(?:{_TYPES})"')
_OWN_KEYS = re.compile(r'"(?:id|issued|container-title|citation-key|title-short|DOI|URL)"\s*:')
# What CSL allows inside a title.
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc)>|<span (?:class|style)=[\"'][^\"'<>]*[\"']>|</span>")
_ARXIV = re.compile(r"arxiv:\s*\S+", re.IGNORECASE)


def matches(head: str) -> bool:
    """Tell whether a list of items with a type of CSL begins the file."""
    begins = head.lstrip()
    return begins.startswith("[") and bool(_ITEM_TYPE.search(begins) and _OWN_KEYS.search(begins))


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the record of every item of the list."""
    value = parsed(source)
    if isinstance(value, BadRecord):
        yield value
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        position = f"item {number}"
        if isinstance(item, dict):
            yield from records_of(_entry(position, item))
        else:
            yield BadRecord(position, "the item is not an object with a title")


def _entry(position: str, item: Mapping[str, object]) -> Entry:
    people = next((people for role in ("author", "editor") if (people := objects_of(item.get(role)))), [])
    note = text_of(item.get("note"))
    arxiv = _ARXIV.search(f"{text_of(item.get('number'))} {note}")
    return Entry(
        position=position,
        title=_MARKUP.sub("", text_of(item.get("title"))),
        abstract=text_of(item.get("abstract")),
        authors=tuple(filter(None, map(_name, people))),
        authors_complete=INCOMPLETE not in note,
        year=_date(item.get("issued")),
        venue=text_of(item.get("container-title")) or text_of(item.get("event-title")) or text_of(item.get("event")),
        url=text_of(item.get("URL")),
        doi=text_of(item.get("DOI")),
        arxiv=arxiv[0] if arxiv else "",
        pmid=text_of(item.get("PMID")),
        # A colon would make the key an id that means the same paper in every source.
        id=(text_of(item.get("citation-key")) or text_of(item.get("id"))).replace(":", "."),
    )


def _name(person: Mapping[str, object]) -> str:
    literal = text_of(person.get("literal"))
    if literal:
        return whole(literal)
    family = " ".join(
        filter(None, (text_of(person.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family")))
    )
    given = text_of(person.get("given"))
    return inverted(family, given, text_of(person.get("suffix"))) if family else given


def _date(issued: object) -> str:
    if not isinstance(issued, dict):
        return text_of(issued)
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return text_of(parts[0][0])
    return text_of(issued.get("literal")) or text_of(issued.get("raw")) or text_of(issued.get("edtf"))
