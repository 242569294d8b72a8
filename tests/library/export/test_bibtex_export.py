"""BibTeX as it is written."""

from __future__ import annotations

import pytest

from rag.library.export import bibtex
from rag.library.export.capitals import title_tex
from rag.library.export.tex import read_back, tex
from rag.types import Paper

PAPER = Paper(
    "arxiv:2101.00001",
    "Visualizing Tides with t-SNE",
    "We show 10% & more.",
    ("Laurens van der Maaten", "Martin Luther King Jr.", "ATLAS Collaboration"),
    True,
    2021,
    "Journal of Tides",
    "https://arxiv.org/abs/2101.00001",
)


def written(*papers: Paper) -> str:
    return "".join(bibtex.write(papers))


def value(text: str, field: str) -> str:
    [line] = [line for line in text.splitlines() if line.startswith(f"  {field} = ")]
    return line.removeprefix(f"  {field} = {{").rstrip(",").removesuffix("}")


def test_an_entry() -> None:
    assert written(PAPER).splitlines() == [
        "@article{vandermaaten2021visualizing,",
        "  title = {Visualizing Tides with {t-SNE}},",
        "  author = {van der Maaten, Laurens and King, Jr., Martin Luther and {ATLAS Collaboration}},",
        "  journal = {Journal of Tides},",
        "  year = {2021},",
        "  eprint = {2101.00001},",
        "  archiveprefix = {arXiv},",
        "  url = {https://arxiv.org/abs/2101.00001},",
        r"  abstract = {We show 10\% \& more.}",
        "}",
    ]


@pytest.mark.parametrize(
    ("venue", "type_", "field"),
    [
        ("Journal of Tides", "article", "journal"),
        ("Proceedings of the 3rd Conference on Tides", "inproceedings", "booktitle"),
        ("arXiv", "misc", "howpublished"),
    ],
)
def test_types_follow_the_venue(venue: str, type_: str, field: str) -> None:
    text = written(Paper("1", "T", venue=venue))
    assert text.startswith(f"@{type_}{{")
    assert value(text, field) == venue


def test_a_paper_of_which_little_is_known() -> None:
    assert written(Paper("1", "Tides")) == "@misc{anonymousndtides,\n  title = {Tides}\n}\n"


def test_no_paper_is_an_empty_file() -> None:
    assert written() == ""


def test_incomplete_authors_have_others() -> None:
    assert value(written(Paper("1", "T", "", ("Ada Roux",), False)), "author") == "Roux, Ada and others"


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("Élodie Roux", r"Roux, {\'E}lodie"),
        ("Barnes and Noble", "Noble, {Barnes and}"),
        ("Google, Inc.", "{Google, Inc.}"),
        ("山田太郎", "山田太郎"),
        ("Plato", "Plato"),
        ("others", "{others}"),
        ("Ada de la Cruz III", "de la Cruz, III, Ada"),
    ],
)
def test_names(name: str, latex: str) -> None:
    assert value(written(Paper("1", "T", "", (name,))), "author") == latex


def test_a_doi_is_not_repeated_as_an_address() -> None:
    text = written(Paper("1", "T", url="https://doi.org/10.1000/ab_c"))
    assert value(text, "doi") == "10.1000/ab_c"
    assert "url" not in text
    other = written(Paper("doi:10.1000/ab_c", "T", url="https://example.org/a%20b_c"))
    assert value(other, "doi") == "10.1000/ab_c"
    assert value(other, "url") == "https://example.org/a%20b_c"


def test_what_a_plain_document_lacks_is_defined_once() -> None:
    text = written(Paper("1", "Sets in \u211d and \u211d"), Paper("2", "Of Đặng"))
    assert text.startswith('@preamble{"')
    assert text.count(r"\providecommand{\mathbb}") == 1
    assert text.count(r"\ProvideTextCommandDefault{\DJ}") == 1
    assert "preamble" not in written(PAPER)


@pytest.mark.parametrize(
    ("title", "abstract", "latex"),
    [
        ("Deep Learning for Tides", "", "Deep Learning for Tides"),
        ("BERT and GPT-2 Read", "", "{BERT} and {GPT-2} Read"),
        ("A Study of X and iPhones", "", "A Study of {X} and {iPhones}"),
        ("Fast Bayesian Models", "We like Bayesian models.", "Fast {Bayesian} Models"),
        ("Waves measured along the coast of Iceland", "", "Waves measured along the coast of {Iceland}"),
        ("The Δ of Things", "", r"The {{\ensuremath{\Delta}}} of Things"),
    ],
)
def test_capitals_are_protected(title: str, abstract: str, latex: str) -> None:
    assert title_tex(title, abstract) == latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("plain text", "plain text"),
        ("100% of $5 & #1_a", r"100\% of \$5 \& \#1\_a"),
        ("{x}", r"{\textbraceleft}x{\textbraceright}"),
        ("C:_y", r"C:{\_}y"),
        ("a--b", "a-{}-b"),
        ("x^2 ~ y", r"x{\textasciicircum}2 {\textasciitilde} y"),
        ("Müller, Łukasz, Đặng", r"M{\"u}ller, {\L}ukasz, {\DJ}{\u{\d{a}}}ng"),
        ("\u03b1 ∈ \u211d, x̃", r"{\ensuremath{\alpha}} {\ensuremath{\in}} {\ensuremath{\mathbb{R}}}, {\~x}"),
        ("山田 и 🙂", "山田 и 🙂"),
    ],
)
def test_text_becomes_latex_that_reads_back(text: str, latex: str) -> None:
    assert tex(text) == latex
    assert read_back(latex) == text


def test_braces_are_balanced_even_where_they_are_escaped() -> None:
    latex = tex("}{ {{ \\} \\{")
    depth = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
