"""Better BibTeX JSON."""

from __future__ import annotations

import json
from pathlib import Path

from reading import one, parse

from rag.types import BadRecord, Record

ITEM = {
    "itemType": "journalArticle",
    "title": "Slow Waves",
    "abstractNote": "They rise.",
    "creators": [
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Itor"},
        {"creatorType": "author", "firstName": "Bo", "lastName": "van der Berg"},
        {"creatorType": "author", "name": "Tide Group, Inc."},
    ],
    "date": "2020-04-21",
    "publicationTitle": "Tides",
    "extra": "PMID: 123",
    "citationKey": "berg:2020",
}


def whole_file(*items: object) -> str:
    return json.dumps({"config": {"label": "BetterBibTeX JSON"}, "items": items})


def test_an_item(tmp_path: Path) -> None:
    assert one(tmp_path, whole_file(ITEM)) == Record(
        position="item 1",
        title="Slow Waves",
        abstract="They rise.",
        authors=("van der Berg, Bo", "{Tide Group, Inc.}"),
        year=2020,
        venue="Tides",
        id="pmid:123",
    )


def test_notes_are_no_papers_and_wrong_items_are_told(tmp_path: Path) -> None:
    found = parse(tmp_path, whole_file({"itemType": "note"}, 7, {**ITEM, "title": None}, {**ITEM, "extra": None}))
    assert [item.position for item in found] == ["item 2", "item 3", "item 4"]
    assert [isinstance(item, BadRecord) for item in found] == [True, True, False]
    assert isinstance(found[2], Record)
    assert found[2].id == "berg.2020"
