"""Better BibTeX JSON, Zotero's own fields: `{"config": …, "items": [{"itemType": …, "creators": […]}]}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag.readers.entry import Entry, records_of
from rag.readers.json_text import objects_of, parsed, text_of
from rag.readers.people import inverted, whole
from rag.readers.source import Source
from rag.types import BadRecord, Record

NAME = "Better BibTeX JSON"

_OWN_KEYS = re.compile(r'"(?:items|creators|itemType)"\s*:|"label"\s*:\s*"BetterBibTeX JSON"')
_VENUES = ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "repository", "websiteTitle")
_ARXIV = re.compile(r"arxiv:\s*\S+", re.IGNORECASE)
_PMID = re.compile(r"^PMID:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_NO_PAPERS = ("attachment", "note", "annotation")


def matches(head: str) -> bool:
    """Tell whether an object with items of Zotero begins the file."""
    return head.lstrip().startswith("{") and len(set(_OWN_KEYS.findall(head))) > 1 and '"itemType"' in head


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the record of every item that is neither a note nor an attachment."""
    value = parsed(source)
    if isinstance(value, BadRecord):
        yield value
        return
    items = value.get("items") if isinstance(value, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        position = f"item {number}"
        if not isinstance(item, dict):
            yield BadRecord(position, "the item is not an object with a title")
        elif item.get("itemType") not in _NO_PAPERS:
            yield from records_of(_entry(position, item))


def _entry(position: str, item: Mapping[str, object]) -> Entry:
    creators = objects_of(item.get("creators"))
    authors = [each for each in creators if each.get("creatorType") == "author"]
    extra = text_of(item.get("extra"))
    arxiv = _ARXIV.search(f"{text_of(item.get('archiveID'))} {text_of(item.get('publicationTitle'))} {extra}")
    pmid = _PMID.search(extra)
    return Entry(
        position=position,
        title=text_of(item.get("title")),
        abstract=text_of(item.get("abstractNote")),
        authors=tuple(filter(None, map(_name, authors or creators))),
        year=text_of(item.get("date")),
        venue=next(filter(None, (text_of(item.get(field)) for field in _VENUES)), ""),
        url=text_of(item.get("url")),
        doi=text_of(item.get("DOI")),
        arxiv=arxiv[0] if arxiv else "",
        pmid=pmid[1] if pmid else "",
        # A colon would make the key an id that means the same paper in every source.
        id=(text_of(item.get("citationKey")) or text_of(item.get("itemKey"))).replace(":", "."),
    )


def _name(creator: Mapping[str, object]) -> str:
    family, given = text_of(creator.get("lastName")), text_of(creator.get("firstName"))
    return inverted(family, given) if family and given else whole(family or given or text_of(creator.get("name")))
