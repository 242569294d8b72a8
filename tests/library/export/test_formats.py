"""RIS, CSL-JSON, CSV, JSON lines and Markdown as they are written."""

from __future__ import annotations

import csv
import io
import json

import pytest

from rag.library.export import FORMATS
from rag.library.export.texts import settled
from rag.library.text import readable
from rag.types import Paper

PAPER = Paper(
    "doi:10.1000/tide",
    "Tides, *Winds* & <Waves>",
    "They rise.",
    ("Laurens van der Maaten", "Martin Luther King Jr.", "ATLAS Collaboration"),
    False,
    2021,
    "Proceedings of the Tide Conference",
    "https://doi.org/10.1000/tide",
)
BARE = Paper("7", "Sand")


def written(format_: str, *papers: Paper) -> str:
    return "".join(FORMATS[format_].write(papers))


def test_ris() -> None:
    assert written("ris", PAPER, BARE) == "\r\n".join(
        [
            *("TY  - CONF", "TI  - Tides, *Winds* & <Waves>", "AU  - van der Maaten, Laurens"),
            *("AU  - King, Jr., Martin Luther", "AU  - ATLAS Collaboration", "PY  - 2021"),
            *("T2  - Proceedings of the Tide Conference", "DO  - 10.1000/tide", "UR  - https://doi.org/10.1000/tide"),
            *("AB  - They rise.", "N1  - The list of authors is incomplete.", "ID  - vandermaaten2021tides"),
            *("ER  - ", "", "TY  - GEN", "TI  - Sand", "ID  - anonymousndsand", "ER  - ", "", ""),
        ]
    )


def test_csl_json() -> None:
    item, bare = json.loads(written("csl-json", PAPER, BARE))
    assert item == {
        "id": "vandermaaten2021tides",
        "type": "paper-conference",
        "title": PAPER.title,
        "author": [
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "ATLAS Collaboration"},
        ],
        "issued": {"date-parts": [[2021]]},
        "container-title": PAPER.venue,
        "DOI": "10.1000/tide",
        "URL": "https://doi.org/10.1000/tide",
        "abstract": "They rise.",
        "note": "The list of authors is incomplete.",
    }
    assert bare == {"id": "anonymousndsand", "type": "article", "title": "Sand"}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_csl_json_is_a_list_whatever_its_length(count: int) -> None:
    assert len(json.loads(written("csl-json", *[BARE] * count))) == count


def test_csv_has_a_header_and_a_mark_for_excel() -> None:
    text = written("csv", PAPER, BARE)
    assert text.startswith("\ufeffid,title,")
    first, second = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert first["authors"] == "van der Maaten, Laurens; King, Jr., Martin Luther; ATLAS Collaboration"
    assert first["authors_complete"] == "no"
    assert (second["title"], second["year"], second["url"]) == ("Sand", "", "")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''-2"])
def test_no_cell_is_a_formula(title: str) -> None:
    [row] = csv.DictReader(io.StringIO(written("csv", Paper("1", title)).removeprefix("\ufeff")))
    assert row["title"] == f"'{title}"


def test_json_lines() -> None:
    assert json.loads(written("jsonl", PAPER)) == {
        "id": "doi:10.1000/tide",
        "title": PAPER.title,
        "abstract": "They rise.",
        "authors": list(PAPER.authors),
        "authors_complete": False,
        "year": 2021,
        "venue": PAPER.venue,
        "url": PAPER.url,
    }


def test_markdown() -> None:
    assert written("markdown", PAPER, BARE) == (
        "1. Laurens van der Maaten, Martin Luther King Jr., ATLAS Collaboration *et al.* (the list of authors is"
        " incomplete) (2021). **Tides, \\*Winds\\* \\& \\<Waves\\>**. *Proceedings of the Tide Conference*."
        " <https://doi.org/10.1000/tide>\n"
        "2. Authors not known. **Sand**.\n"
    )


def test_markdown_counts_the_authors_it_leaves_out() -> None:
    text = written("markdown", Paper("1", "T?", authors=tuple(f"A. Name{n}" for n in range(3303))))
    assert "A. Name19 and 3,283 more. **T?**\n" in text


def test_markdown_links_to_nothing_but_pages() -> None:
    assert "<javascript" not in written("markdown", Paper("1", "T", url="javascript:alert(1)"))


def test_an_address_is_made_one() -> None:
    assert "UR  - https://x.org/a%20b%7Bc%7D\r\n" in written("ris", Paper("1", "T", url=" https://x.org/a b{c}\n"))


@pytest.mark.parametrize(
    "text", ["plain", "costs $5", "between $x$ and $y$", "``x'' and \\alpha", "{\\em x}", "~x a~b"]
)
def test_texts_that_look_like_latex_read_the_same_again(text: str) -> None:
    assert readable(settled(text)) == text


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_what_it_is(format_: str) -> None:
    export = FORMATS[format_]
    assert export.NAME
    assert export.SUFFIX.startswith(".")
    assert "/" in export.MEDIA_TYPE
