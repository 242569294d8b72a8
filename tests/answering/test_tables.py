"""Tables handed on."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rag.answering.tables import FORMATS
from rag.types import Cell, Citation, Table

AWKWARD = "[Re] Łódź ß ą 中文 ∀x∈A ×10³ ~ ^ \\ {x} $5 #1 _a_ 100% & more|less *star* `tick` <b> “q” — …"
TABLE = Table(
    ("Paper", "Code & more_x"),
    (
        (Cell(AWKWARD, (1,)), Cell("=SUM(A1) https://example.org/a_b/c%20d~e?q=1&r=2#f", (1, 2))),
        (Cell("*starred", ()), Cell("-1\nnext line", ())),
    ),
)
SOURCES = (
    Citation(
        1, "a", '=HYPERLINK("x")', ("Ä. Ö", "李 明"), 2020, "V & W", "https://example.org/a_b%20c#d", "100% & <b>"
    ),
    Citation(2, "b", "Twine", (), None, None, None, "A quote."),
    Citation(3, "c", "Unused", (), None, None, None, "Another."),
)


def written(name: str) -> str:
    return FORMATS[name].write(TABLE, SOURCES)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_csv_has_the_table_then_its_sources() -> None:
    table = rows(written("csv"))
    assert table[0] == ["Paper", "Code & more_x"]
    assert table[1][0] == f"{AWKWARD} [1]"
    assert table[3:5] == [[], ["Marker", "Title", "Authors", "Year", "Venue", "URL", "Quote"]]
    assert [row[0] for row in table[5:]] == ["[1]", "[2]"]
    assert table[6] == ["[2]", "Twine", "", "", "", "", "A quote."]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    for row in rows(written("csv")):
        for cell in row:
            assert not re.match(r"[=+\-@\t\r]", cell)
    assert rows(written("csv"))[2][1] == "'-1 next line"


def test_markdown_rows_have_as_many_cells_as_columns() -> None:
    lines = written("markdown").splitlines()
    for line in lines[:4]:
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
    assert lines[2].startswith(r"| \[Re\] Łódź")
    assert r"more\|less \*star\* \`tick\` \<b\>" in lines[2]
    assert lines[5].startswith("- [1] Ä. Ö, 李 明: **=HYPERLINK")
    assert lines[6] == "- [2] **Twine**. “A quote.”"
    assert "Unused" not in written("markdown")


def test_latex_is_a_whole_tabular() -> None:
    text = written("latex")
    assert text.index(r"\toprule") < text.index(r"\midrule") < text.index(r"\bottomrule") < text.index(r"\end{tabular}")
    assert r"\textbf{Code \& more\_x}" in text
    assert "{}[Re]" in text  # no length of a line break
    shown = re.sub(r"^%.*$|^\\Provide.*?(?=\\begin)", "", text, flags=re.MULTILINE)
    assert re.findall(r"(?<!\\)[%$#_]", shown) == []
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
    begins, ends = re.findall(r"\\begin\{?(\w+)", text), re.findall(r"\\end\{?(\w+)", text)
    assert sorted(begins) == sorted(ends)
    assert r"\noindent [1] {\"A}. {\"O}" in text


def test_latex_compiles_where_there_is_latex(tmp_path: Path) -> None:
    document = (
        f"\\documentclass{{article}}\\usepackage{{booktabs}}\\begin{{document}}\n{written('latex')}\\end{{document}}\n"
    )
    assert document.isprintable() or "\n" in document
    if latex := shutil.which("pdflatex"):
        (tmp_path / "table.tex").write_text(document, encoding="utf-8")
        done = subprocess.run(
            [latex, "-interaction=nonstopmode", "-halt-on-error", "table.tex"],
            cwd=tmp_path, capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]


def test_every_format_has_its_name_and_ending() -> None:
    assert {name: (form.NAME, form.SUFFIX) for name, form in FORMATS.items()} == {
        "markdown": ("Markdown", ".md"),
        "csv": ("CSV", ".csv"),
        "latex": ("LaTeX", ".tex"),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_without_rows(name: str) -> None:
    assert "Paper" in FORMATS[name].write(Table(("Paper",), ()), ())
