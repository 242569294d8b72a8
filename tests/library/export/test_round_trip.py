"""Papers handed on in a format and read back by our own readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from rag.library.export import FORMATS
from rag.library.merging import paper_from
from rag.readers import read
from rag.types import Paper, Record

READ_BACK = ("bibtex", "ris", "csl-json", "csv", "jsonl")

PIECES = st.sampled_from(
    [
        *"{}\\$%&#_^~`\"'<>|@\n\t ,;=[]():?!aB\u00a0",
        *(
            "``",
            "''",
            "--",
            "---",
            "\r\n",
            "@article{x,",
            "TY  - ",
            "ER  - ",
            " and ",
            "others",
            "et al.",
            "Xy",
            "word",
        ),
        *(
            "$x^2$",
            "$\\alpha$",
            "\\$5",
            "\\emph{x}",
            "{DNA}",
            "\\'e",
            '{\\"o}',
            "\\alpha",
            "\\frac{1}{2}",
            "$$",
            "C:\\x",
        ),
        *"é ő ß ø ł ễ ș 山田 Ж ε φ ϕ ∈ \u211d ≤ √ x̃ 🙂 ﬁ – — “ ” …".split(),
        *("\u03b1", "\u03f5", "\u2212", "\u223c", "2021", "10%", "http://a.b/~c_d", "www.x.y", "q--r", "O(n^{2})"),
        *("=1+1", "+1", "-1", "'=", "\\textbf{", "\\cite{a}", "~\\ref{b}"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), min_size=1, max_size=12).map("".join)
NAMES = st.sampled_from(
    [
        *(
            "Grace Hopper",
            "Laurens van der Maaten",
            "Martin Luther King Jr.",
            "García Márquez, Gabriel",
            "J.-B. Müller",
        ),
        *(
            "山田太郎",
            "山田 太郎",
            "ATLAS Collaboration",
            "{Barnes and Noble}",
            "{Google, Inc.}",
            "Plato",
            "O'Brien, Tim",
        ),
        *("Łukasz Kaiser", "Đặng Văn Minh", "{\\'E}lodie Roux", "Öztürk, Şebnem", "bell hooks", "Robert Downey, III"),
        *(
            "Ludwig van Beethoven",
            "de la Vallée Poussin, Charles",
            "X",
            "Иван Петров",
            "A. B. C. Delta",
            "Ma Yi",
            "And Or",
        ),
    ]
) | st.text(st.characters(codec="utf-8", categories=("L", "M", "Zs", "P", "S")), max_size=12)
DOIS = st.from_regex(r"10\.[0-9]{4,5}/[a-z0-9.()_-]{0,8}[a-z0-9]", fullmatch=True)
URLS = (
    DOIS.map("https://doi.org/{}".format)
    | st.just("https://arxiv.org/abs/2504.07660")
    | st.from_regex(r"https?://[a-z]{1,5}\.org/[A-Za-z0-9_~%&#?=./+-]{0,10}", fullmatch=True)
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """A paper as ingest makes it from what a source writes."""
    record = Record(
        position="",
        title=draw(TEXTS),
        abstract=draw(st.just("") | TEXTS),
        authors=tuple(draw(st.lists(NAMES, max_size=3))),
        authors_complete=draw(st.booleans()),
        year=draw(st.none() | st.integers(1, 9999)),
        venue=draw(st.none() | TEXTS),
        url=draw(st.none() | URLS),
    )
    paper = paper_from([record], draw(st.sampled_from(["arxiv:2504.07660", "doi:10.1000/x", "title:1", "7", "lab:4"])))
    assume(paper.title)
    return replace(paper, authors_complete=bool(paper.authors and paper.authors_complete), venue=paper.venue or None)


def handed_on(folder: Path, format_: str, *handed: Paper) -> list[Paper]:
    """The papers as they come back."""
    path = folder / "export"
    path.write_text("".join(FORMATS[format_].write(handed)), encoding="utf-8", newline="")
    records = list(read(path))
    assert all(isinstance(record, Record) for record in records), records
    return [paper_from([record], record.id or "") for record in records if isinstance(record, Record)]


def as_read(paper: Paper) -> Paper:
    """A paper as reading knows it: a DOI or arXiv id gives an address where there is none."""
    addresses = {"arxiv:2504.07660": "https://arxiv.org/abs/2504.07660", "doi:10.1000/x": "https://doi.org/10.1000/x"}
    return replace(paper, url=paper.url or addresses.get(paper.id), id="")


@pytest.mark.parametrize("format_", READ_BACK)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(handed=st.lists(papers(), min_size=1, max_size=3))
@example(handed=[Paper("1", "A $x$ B \\alpha {C} ~ `` ''", "``x'' y:_z {x}", ("A, B",), True, 2020, "=1+1")])
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, format_: str, handed: list[Paper]) -> None:
    found = handed_on(tmp_path_factory.getbasetemp(), format_, *handed)
    addressed = format_ in ("bibtex", "ris", "csl-json", "csv")
    for before, after in zip(handed, found, strict=True):
        expected = as_read(before)
        if not addressed or (format_ in ("ris",) and before.id.startswith("arxiv")):
            expected = replace(expected, url=before.url)
        assert replace(after, id="") == expected
