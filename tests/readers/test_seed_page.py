"""Author pages, whole and mangled."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.readers import read
from rag.types import BadRecord, Record

NAME = "\u00a0 Moreau, Lise"
A1 = (
    "Glacier melt is usually modelled from air temperature alone. We show that cloud cover explains a third "
    "of the remaining variance, and release daily melt records of twelve stations in the Alps."
)
A2 = (
    "Tide gauges drift. We estimate the drift of forty gauges from satellite altimetry with a state-space "
    "model whose noise terms are learned from data, and halve the error of the sea level trend.\n"
)
A3 = (
    "Counting seabirds from drone images is slow by hand. A detector trained on synthetic colonies counts "
    "them within four percent of expert counts at a hundredth of the time."
)
PAPERS = [
    ("Clouds and the Melt of Alpine Glaciers", "arXiv.org Earth Science", A1.strip()),
    ("Correcting the Drift of Tide Gauges", "Ocean Letters", A2.strip()),
    ("How Many Birds? Counting Colonies From the Air", "arXiv.org Earth Science", A3.strip()),
]


def page(papers: list[tuple[str, str, str]], name: str = NAME) -> str:
    blocks = ["\n\n".join(part for part in paper if part) for paper in papers]
    return f"Goto\n\nCollaborating Authors\n\n{name}\n\n\n" + "\n\n\n".join(blocks)


def parse(tmp_path: Path, text: str | bytes) -> tuple[list[Record], list[BadRecord]]:
    path = tmp_path / "page.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = list(read(path))
    return [r for r in found if isinstance(r, Record)], [r for r in found if isinstance(r, BadRecord)]


def triples(records: list[Record]) -> list[tuple[str, str | None, str]]:
    return [(r.title, r.venue, " ".join(r.abstract.split())) for r in records]


def test_whole_page(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, page(PAPERS))
    assert bad == []
    assert triples(records) == PAPERS
    assert {r.authors for r in records} == {("Moreau, Lise",)}
    assert not any(r.authors_complete for r in records)
    assert [r.position for r in records] == ["line 8", "line 15", "line 22"]


@pytest.mark.parametrize(
    "mangle",
    [
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda t: t.replace("\n", "\r"), id="cr"),
        pytest.param(lambda t: t.replace("\n", "\r\r\n"), id="crcrlf"),
        pytest.param(lambda t: t.replace("\n", "\n\n"), id="blank lines doubled"),
        pytest.param(lambda t: t.replace("\n\n\n", "\n\n"), id="one blank line everywhere"),
        pytest.param(lambda t: t.replace("\n\n\n", "@").replace("\n\n", "\n").replace("@", "\n\n"), id="tight"),
        pytest.param(lambda t: t.replace("\n\n\n", "\n").replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(lambda t: t.replace("\n\n\n", "\n\n").replace("\n\n", "\n\n\n"), id="two everywhere"),
        pytest.param(lambda t: t.replace("\n", "  \t\n"), id="trailing blanks"),
        pytest.param(lambda t: t.replace("\n\n", "\n\u00a0\n"), id="blank lines of no-break spaces"),
        pytest.param(lambda t: "\ufeff" + t, id="bom"),
        pytest.param(lambda t: t.encode("utf-16"), id="utf-16"),
        pytest.param(lambda t: b"\xfe\xff" + t.encode("utf-16-be"), id="utf-16-be"),
        pytest.param(lambda t: t.encode("cp1252"), id="cp1252"),
        pytest.param(lambda t: "\n\n\n" + t + "\n\n\n\n", id="blank lines around"),
        pytest.param(lambda t: t.removeprefix("Goto\n\n"), id="no menu"),
        pytest.param(lambda t: t.replace("Collaborating Authors\n\n", ""), id="no heading"),
        pytest.param(lambda t: t.replace("Collaborating", "COLLABORATING"), id="heading in capitals"),
        pytest.param(lambda t: t.replace("\u00a0 ", ""), id="plain name"),
        pytest.param(lambda t: t.replace("\u00a0 ", "\u200b\u00a0\u00a0"), id="other blanks before the name"),
        pytest.param(lambda t: t.replace("e. ", "e.\n"), id="hard line ends in abstracts"),
        pytest.param(lambda t: gzip.compress(t.encode()), id="gzip"),
    ],
)
def test_mangled_page_reads_the_same(tmp_path: Path, mangle) -> None:
    records, bad = parse(tmp_path, mangle(page(PAPERS)))
    assert bad == []
    assert triples(records) == PAPERS
    assert {r.authors for r in records} == {("Moreau, Lise",)}


def test_abstract_of_several_paragraphs(tmp_path: Path) -> None:
    title, venue, abstract = PAPERS[0]
    papers = [(title, venue, f"{abstract}\n\nCode is public.\n\n{A3}"), PAPERS[1]]
    records, bad = parse(tmp_path, page(papers))
    assert bad == []
    assert [r.title for r in records] == [title, PAPERS[1][0]]
    assert records[0].abstract == papers[0][2]


@pytest.mark.parametrize("missing", [{0}, {1}, {2}, {0, 1, 2}])
def test_missing_venue(tmp_path: Path, missing: set[int]) -> None:
    papers = [(t, "" if i in missing else v, a) for i, (t, v, a) in enumerate(PAPERS)]
    records, bad = parse(tmp_path, page(papers))
    assert bad == []
    assert triples(records) == [(t, v or None, a) for t, v, a in papers]


@pytest.mark.parametrize("keep", [1, 2])
def test_page_cut_off_before_the_abstract(tmp_path: Path, keep: int) -> None:
    cut = page(PAPERS).rsplit("\n\n", 3 - keep)[0]
    records, bad = parse(tmp_path, cut)
    assert triples(records) == PAPERS[:2]
    assert [b.position for b in bad] == ["line 22"]
    assert "before the abstract" in bad[0].reason
    assert "How Many Birds?" in bad[0].reason


@pytest.mark.parametrize("keep", [1, 2])
def test_only_paper_cut_off(tmp_path: Path, keep: int) -> None:
    records, bad = parse(tmp_path, page([PAPERS[0]]).rsplit("\n\n", 3 - keep)[0])
    assert records == []
    assert [b.position for b in bad] == ["line 8"]


def test_paper_without_abstract_between_others(tmp_path: Path) -> None:
    text = page([PAPERS[0], (PAPERS[1][0], PAPERS[1][1], ""), PAPERS[2]])
    records, bad = parse(tmp_path, text)
    assert triples(records) == [PAPERS[0], PAPERS[2]]
    assert [b.position for b in bad] == ["line 15"]


def test_paper_without_title_between_others(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, page([PAPERS[0], ("", "arXiv.org Earth Science", A2.strip()), PAPERS[2]]))
    assert triples(records) == [PAPERS[0], PAPERS[2]]
    assert [b.position for b in bad] == ["line 15"]
    assert "no title" in bad[0].reason


def test_every_cut_keeps_the_papers_before_it(tmp_path: Path) -> None:
    text = page(PAPERS)
    ends = [text.index(abstract) + len(abstract) for _, _, abstract in PAPERS]
    for cut in range(0, len(text), 7):
        records, _ = parse(tmp_path, text[:cut])
        whole = sum(end <= cut for end in ends)
        assert triples(records)[:whole] == PAPERS[:whole], cut


def test_author_without_papers(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, page([]))
    assert records == []
    assert bad == [BadRecord("line 5", "the page of Moreau, Lise lists no papers")]


def test_heading_alone(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, "Goto\n\nCollaborating Authors\n\n")
    assert records == []
    assert "before it names its author" in bad[0].reason


def test_missing_author_keeps_the_papers_without_one(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, page(PAPERS).replace(NAME + "\n\n\n", ""))
    assert triples(records) == PAPERS
    assert {r.authors for r in records} == {()}
    assert [b.reason for b in bad] == ["the page does not name its author; its papers were kept without one"]


@pytest.mark.parametrize("name", ["何迪", "van der Berg, Anna Maria", "O\u2019Neil, Seán", "Plato", "Lise Moreau"])
def test_names_of_many_kinds(tmp_path: Path, name: str) -> None:
    for prefix in ("\u00a0 ", ""):
        records, bad = parse(tmp_path, page(PAPERS, prefix + name))
        assert bad == []
        assert triples(records) == PAPERS
        assert {r.authors for r in records} == {(name,)}


def test_two_pages_in_one_file(tmp_path: Path) -> None:
    records, bad = parse(tmp_path, page(PAPERS[:1]) + "\n\n\n" + page(PAPERS[1:], "\u00a0 Orr, Tom"))
    assert bad == []
    assert [r.authors[0] for r in records] == ["Moreau, Lise", "Orr, Tom", "Orr, Tom"]
    assert triples(records) == PAPERS


def test_truncated_gzip_reports_the_broken_paper(tmp_path: Path) -> None:
    rng = random.Random(1)
    abstract = " ".join(f"w{rng.getrandbits(64):x}" for _ in range(400)) + "."
    packed = gzip.compress(page([*PAPERS, ("A Long Last Paper", "Ocean Letters", abstract)]).encode())
    records, bad = parse(tmp_path, packed[: len(packed) * 2 // 3])
    assert triples(records) == PAPERS
    assert any("ends too early" in b.reason for b in bad)


WORDS = ["glacier", "cloud", "tide", "drift", "gauge", "colony", "drone", "noise", "model", "sea"]


def words(rng: random.Random, low: int, high: int) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(low, high)))


def paragraph(rng: random.Random) -> str:
    return " ".join(words(rng, 8, 20).capitalize() + "." for _ in range(rng.randint(3, 8)))


VENUES = ("arXiv.org Earth Science", "arXiv.org Oceans", "Ocean Letters")


def listing(rng: random.Random) -> list[tuple[str, str | None, list[str]]]:
    return [
        (
            f"{words(rng, 3, 12).title()} {number}",
            rng.choice((*VENUES, VENUES[0], None)),
            [paragraph(rng) for _ in range(rng.randint(1, 3))],
        )
        for number in range(rng.randint(1, 6))
    ]


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    more=st.sampled_from([0.0, 0.1, 0.5]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@example(seed=41198, more=0.5, end="\n")  # gaps that are by chance as if papers were set apart elsewhere
def test_rendered_pages_read_back(tmp_path_factory: pytest.TempPathFactory, seed: int, more: float, end: str) -> None:
    """Extra blank lines anywhere, any number of paragraphs, venues missing."""
    extra = random.Random(seed)
    papers = listing(extra)
    lines = ["Goto", "", "Collaborating Authors", "", NAME]

    def add(text: str, blanks: int) -> None:
        while extra.random() < more:
            blanks += 1
        lines.extend([""] * blanks + [text])

    for title, venue, paragraphs in papers:
        add(title, 2)
        for part in [*([venue] if venue else []), *paragraphs]:
            add(part, 1)
    records, bad = parse(tmp_path_factory.getbasetemp(), end.join(lines))
    assert bad == []
    assert [(r.title, r.venue, r.abstract) for r in records] == [(t, v, "\n\n".join(p)) for t, v, p in papers]
    assert [lines[int(r.position.removeprefix("line ")) - 1] for r in records] == [p[0] for p in papers]


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aB.,:\n\n\r\u00a0\0 é何"), max_size=200))
def test_any_text_under_the_heading_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    records, bad = parse(tmp_path_factory.getbasetemp(), "Goto\n\nCollaborating Authors\n\n" + text)
    assert records or bad
    assert all(r.title and r.abstract for r in records)
    assert all(b.reason and b.position for b in bad)
