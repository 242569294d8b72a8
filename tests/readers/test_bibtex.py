"""BibTeX and BibLaTeX."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import one, parse

from rag.library.merging import paper_from
from rag.readers import bibtex
from rag.readers.latex_groups import ungrouped
from rag.types import BadRecord, Record

ENTRY = r"""
@string{tides = "Journal of Tides"}
% a comment
@Article{roux:2020,
  Title = {{Slow} Waves of {\'E}mile --- 100\% {S}ure~now},
  author = {Roux, Ada and van der Berg, Bo and {Tide Group} and others},
  journal = tides # { and } # "Winds",
  year = 2020,
  doi = {https://doi.org/10.1000/AB_c},
  abstract = "We show $x^{2}$ and {``}more{''}.",
  url = {https://example.org/a\_b},
}
"""


def test_an_entry(tmp_path: Path) -> None:
    record = one(tmp_path, ENTRY)
    assert record.position == "line 4"
    assert record.authors == ("Roux, Ada", "van der Berg, Bo", "{Tide Group}")
    assert not record.authors_complete
    assert (record.year, record.venue) == (2020, "Journal of Tides and Winds")
    assert (record.id, record.url) == ("doi:10.1000/ab_c", "https://example.org/a_b")
    paper = paper_from([record], "")
    assert paper.title == "Slow Waves of Émile — 100% Sure now"
    assert paper.abstract == "We show x^2 and “more”."
    assert paper.authors == ("Ada Roux", "Bo van der Berg", "Tide Group")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ada Roux and Bo Li", ("Ada Roux", "Bo Li")),
        ("Roux, Jr., Ada", ("Ada Roux Jr.",)),
        (r"{\v S}tef{\'a}n \'{\i}d and \'Elodie Roux", ("Štefán íd", "Élodie Roux")),
        (r"Ng\^o B\h{o}", None),
        (r"Nguy{\~{\^e}}n, V{\u a}n", ("Văn Nguyễn",)),
        ("Gabriel {Garc{\\'i}a M{\\'a}rquez}", ("Gabriel García Márquez",)),
        ("{Barnes and Noble} and {{Google, Inc.}}", ("Barnes and Noble", "Google, Inc.")),
        ("A. Roux AND\n  B. Li", ("A. Roux", "B. Li")),
        ("Roux, Ada and", ("Ada Roux",)),
        ("{\\relax Ch}ang, Bo", None),
    ],
)
def test_names(tmp_path: Path, field: str, names: tuple[str, ...] | None) -> None:
    record = one(tmp_path, f"@misc{{k, title={{T}}, author={{{field}}}}}")
    if names is not None:
        assert paper_from([record], "").authors == names


def test_biblatex(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "@online{k, title={Waves}, subtitle={A Study}, date={2019-04-21}, journaltitle={Tides}, eprint={2101.00001v3},"
        " eprinttype={arXiv}}",
    )
    assert (record.title, record.year, record.venue) == ("Waves: A Study", 2019, "Tides")
    assert (record.id, record.url) == ("arxiv:2101.00001", "https://arxiv.org/abs/2101.00001")


def test_a_key_is_an_id_of_its_own_source_only(tmp_path: Path) -> None:
    assert one(tmp_path, "@misc{DBLP:conf/x, title={T}}").id == "DBLP.conf/x"


def test_crossref_gives_venue_and_year(tmp_path: Path) -> None:
    whole, part = parse(
        tmp_path,
        "@inproceedings{a, title={Waves}, author={Ada Roux}, crossref={P}}\n"
        "@proceedings{p, title={Proceedings of Tides}, year=2018}",
    )
    assert isinstance(whole, Record)
    assert isinstance(part, Record)
    assert (part.position, part.venue, part.year) == ("line 1", "Proceedings of Tides", 2018)
    assert whole.title == "Proceedings of Tides"


def test_parentheses_and_one_line(tmp_path: Path) -> None:
    found = parse(tmp_path, '@article(a, title = {One}) \n @article{b, title = {Two}}\n@comment{x}\n@preamble{"y"}')
    assert [item.title for item in found if isinstance(item, Record)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("@article{x, title = {never closed,\n", "braces"),
        ("@article{x, year = 2020}\n", "no title"),
        ("@article{x, title}\n", "braces"),
    ],
)
def test_a_broken_entry_is_told_and_the_rest_kept(tmp_path: Path, broken: str, reason: str) -> None:
    good = "@article{g, title = {Good}}\n"
    found = parse(tmp_path, good + broken + good)
    assert [item.position for item in found] == ["line 1", "line 2", f"line {2 + broken.count(chr(10))}"]
    assert isinstance(found[1], BadRecord)
    assert reason in found[1].reason
    assert isinstance(found[2], Record)


def test_a_forgotten_comma_is_put_in(tmp_path: Path) -> None:
    record = one(tmp_path, '@article{x, title = {T = 1} author = "Ada Roux"\n year = 2020}')
    assert (record.title, record.authors, record.year) == ("T = 1", ("Ada Roux",), 2020)


def test_a_year_in_words_is_told_and_the_paper_kept(tmp_path: Path) -> None:
    record, bad = parse(tmp_path, "@article{x, title = {T}, year = {in press}}")
    assert isinstance(record, Record)
    assert record.year is None
    assert bad == BadRecord("line 1", 'the year is "in press"; the paper was kept without one')


def test_an_endless_entry_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex, "MAX_ENTRY_CHARACTERS", 2**20)
    bad, good = parse(tmp_path, "@misc{x, title={" + "a\n" * 2**20 + "}}\n@misc{y, title={T}}")
    assert isinstance(bad, BadRecord)
    assert "longer than 1 MB" in bad.reason
    assert isinstance(good, Record)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{DNA} of {\\em X {Y}}", "DNA of {\\em X Y}"),
        ("\\textbf{A}{B} \\frac{1}{2}", "\\textbf{A}{B} \\frac{1}{2}"),
        ("$O(n^{2})$ {x}", "$O(n^{2})$ x"),
        ("$5 {x}", "$5 x"),
        ("1--2 --- https://a.b/~c--d", "1–2 — https://a.b/~c--d"),
        ("a~b /~c", "a b /~c"),
        ("} x {", " x "),
        (r"{\textless}b{\textgreater} \textbar{}", "<b> |"),
    ],
)
def test_braces_that_only_group_are_left_out(value: str, text: str) -> None:
    assert ungrouped(value) == text


PIECES = st.sampled_from(
    [
        *'@{}(),=#"\\\n$~%-',
        "@article{",
        "@string{",
        "title",
        "author",
        " = ",
        " and ",
        "k,",
        "\\'e",
        "others",
        "crossref",
    ]
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES | st.text(max_size=4), max_size=30))
def test_anything_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    first, *_ = parse(tmp_path_factory.getbasetemp(), "@misc{k, title={T}}\n" + "".join(pieces))
    assert isinstance(first, Record)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", [*'{$~",=#', '"{a}', "{a}", "\\'{", "--", "\\{", " and ", "{\\'e}"])
def test_many_thousands_of_anything_are_soon_read(tmp_path: Path, piece: str) -> None:
    for field in ("title", "author"):
        for opening, closing in (("{", "}"), ('"', '"'), ("", "")):
            text = f"@misc{{k, {field} = {opening}{piece * 20_000}{closing}}}\n@misc{{g, title={{Good}}}}"
            *_, last = parse(tmp_path, text)
            assert isinstance(last, Record)
