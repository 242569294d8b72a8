"""Lists, counts, venues, authors and co-authors: complete, counted, cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented import put
from telling import task, told

from rag.answering.listing.papers import _export_command
from rag.answering.listing.writing import write
from rag.assistant import Assistant
from rag.settings import Settings
from rag.types import EVERYTHING, Asks, Filters, Plan, Record

QUILL = Filters(authors=("Ines Quill",))


class Written:
    """What is written for a plan."""

    def __init__(self, assistant: Assistant, plan: Plan, question: str = "") -> None:
        found = told(task(assistant.indexes, plan, question=question), write)
        self.text, self.outcome, self.citations = found.text, found.outcome, found.citations
        self.head, *self.bullets = re.split(r"\n+- ", self.text.partition("\n\n*")[0])

    @property
    def cited(self) -> list[str]:
        return list(dict.fromkeys(citation.paper_id.removeprefix("inv:") for citation in self.citations))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of 130 papers on moss, in two venues, with twenty authors."""
    with Assistant(Settings(tmp_path_factory.mktemp("many"))) as assistant:
        put(
            assistant.library,
            [
                Record(
                    f"line {number}",
                    f"Moss Study Number {number:03}",
                    f"We measure moss in plot {number}.",
                    authors=(f"Una Fern{'abcdefghijklmnopqrst'[number % 20]}", "Otto Moos"),
                    year=2000 + number % 5,
                    venue="Moss" if number % 2 else None,
                )
                for number in range(130)
            ],
        )
        assistant.need_search()
        yield assistant


def test_papers_of_an_author_are_counted_newest_first(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", replace(QUILL, years=(2022, None))))
    assert written.head == "**3 papers** by Ines Quill since 2022:"
    assert written.bullets[0] == (
        "**Fungal Graphs: Message Passing that Grows**, Bo He, Ines Quill, *Transactions on Fictional Graphs*, 2024 [1]"
    )
    assert written.cited == ["6", "3", "2"]
    assert all(citation.quote == citation.title for citation in written.citations)
    assert not written.outcome.refused


def test_a_count_begins_with_its_number(invented: Assistant) -> None:
    written = Written(invented, Plan("", "count", Filters(authors=("quill",)), "count"))
    assert written.head == "**3 papers** by Ines Quill are in the library:"
    assert len(written.bullets) == 3
    assert Written(invented, Plan("", "count", asks="count")).head == "**12 papers** are in the library:"
    assert Written(invented, Plan("", "count", Filters(years=(2020, 2020)), "count")).head == (
        "**1 paper** from 2020 is in the library:"
    )


@pytest.mark.parametrize(
    ("filters", "which"),
    [
        (Filters(authors=("Bo He", "Ines Quill")), " by Bo He and Ines Quill"),
        (Filters(venue="annals of imagined ice"), " in *Annals of Imagined Ice*"),
        (Filters(years=(None, 2020)), " until 2020"),
        (Filters(years=(2021, 2022)), " from 2021 to 2022"),
        (Filters(authors=("Bo He",), without_authors=("Orla Wen",)), " by Bo He without Orla Wen"),
        (Filters(lacking=("year", "venue")), " without a known year without a known venue"),
        (Filters(team=(1, 1)), " with a single author"),
        (Filters(team=(3, None)), " with 3 authors or more"),
        (Filters(team=(None, 1)), " with at most 1 author"),
    ],
)
def test_the_sentence_says_what_it_counts(invented: Assistant, filters: Filters, which: str) -> None:
    written = Written(invented, Plan("", "list", filters))
    assert written.head == f"**{len(written.bullets)} paper{'s' * (len(written.bullets) > 1)}**{which}:"
    assert len(written.cited) == len(written.bullets) > 0


@pytest.mark.parametrize(
    ("filters", "topic", "answer"),
    [
        (replace(QUILL, years=(2025, None)), "", "The library has 3 papers by Ines Quill, but none since 2025."),
        (Filters(authors=("Grace Hopper",)), "", "The library has no paper by Grace Hopper."),
        (
            Filters(authors=("Ines Quill", "Saoirse Lindqvist")),
            "",
            "The library has 3 papers by Ines Quill, but none with Saoirse Lindqvist.",
        ),
        (
            Filters(authors=("Saoirse Lindqvist",), years=(2021, None)),
            "",
            "The library has 3 papers by Saoirse Lindqvist, but none since 2021. The year of 1 of them is not known.",
        ),
        (
            Filters(authors=("D. Okafor",), years=(2021, None)),
            "",
            "The library has 1 paper by D. Okafor, but none since 2021. The year of the paper is not known.",
        ),
        (Filters(venue="Nature"), "", "The library has no paper in *Nature*."),
        (EVERYTHING, "football", "The library has nothing about “football”."),
        (QUILL, "football", "The library has 3 papers by Ines Quill, but none about “football”."),
    ],
)
def test_nothing_is_refused_with_the_condition_that_left_nothing(
    invented: Assistant, filters: Filters, topic: str, answer: str
) -> None:
    written = Written(invented, Plan("", "list", filters, topic=topic))
    assert written.outcome.refused
    assert written.citations == ()
    sentence, _, nearest = written.text.partition("\n\n")
    assert sentence == answer
    assert bool(nearest) == bool(topic)
    assert written.outcome.offers == (("Which papers are there by Ines Quill?",) if "Quill," in answer else
                                      written.outcome.offers)  # fmt: skip


def test_a_topic_has_the_sentence_that_speaks_of_it(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", topic="snow or ice"))
    assert written.head == "**1 paper** about “snow or ice”:"
    (citation,) = written.citations
    assert citation.paper_id == "inv:12"
    assert "snow" in citation.quote
    assert citation.quote in invented.paper("inv:12").abstract


@pytest.mark.parametrize(
    ("topic", "quote"),
    [
        ("graph moss networks", "We propose Mossy, which grows GMNs leaf by leaf."),
        ("GMNs", "We propose Mossy, which grows GMNs leaf by leaf."),
        ("frost", "Frost is known to harm all that grows."),
    ],
)
def test_what_a_paper_contributes_is_quoted_if_it_speaks_of_the_topic(tmp_path: Path, topic: str, quote: str) -> None:
    abstract = (
        "Graph moss networks (GMNs) are studied as models of green things. Frost is known to harm all that grows. "
        "We propose Mossy, which grows GMNs leaf by leaf. It is quick."
    )
    with Assistant(Settings(tmp_path)) as assistant:
        put(assistant.library, [Record("line 1", "Leaf by Leaf", abstract), Record("line 2", "Of Frost and Moss", "")])
        assistant.need_search()
        written = Written(assistant, Plan("", "list", topic=topic))
    assert quote in {citation.quote for citation in written.citations}


def test_a_long_list_is_counted_whole_and_says_how_to_have_all(many: Assistant) -> None:
    written = Written(many, Plan("", "list", Filters(authors=("Otto Moos",), years=(2000, None))))
    assert written.head == "**130 papers** by Otto Moos since 2000; these are the newest 100:"
    assert len(written.citations) == 100
    assert written.text.endswith("`rag export --author 'Otto Moos' --year 2000-` writes them all to a file.")
    topical = Written(many, Plan("", "list", topic="moss"))
    assert topical.head == "**130 papers** about “moss”; these are the most relevant 100:"
    assert "--topic moss" in topical.text
    filtered = Written(many, Plan("", "list", Filters(team=(2, 2))))
    assert filtered.text.endswith("Name an author, a venue or years to see the others.")


def test_a_long_count_is_shortened(many: Assistant) -> None:
    written = Written(many, Plan("", "count", asks="count"))
    assert written.head == "**130 papers** are in the library; these are the newest 20:"
    assert len(written.citations) == 20


def test_papers_that_could_belong_but_for_an_unknown_year(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", Filters(authors=("Saoirse Lindqvist",), years=(2019, None))))
    assert written.head == "**2 papers** by Saoirse Lindqvist since 2019:"
    assert written.text.endswith("\n\nThe year of 1 other paper is not known.")


def test_coauthors_with_their_joint_papers(invented: Assistant) -> None:
    plan = Plan("", "list", Filters(authors=("Mateo Brandt",)), "coauthors")
    written = Written(invented, plan)
    assert written.head == "**3 known co-authors** of Mateo Brandt:"
    assert "**Orla Wen**, 1 paper: *KelpNet: Counting Canopy Fronds from Drifting Buoys* [3]" in written.bullets
    alone = Written(invented, replace(plan, filters=EVERYTHING, people=("Mateo Brandt",)))
    assert alone.text == written.text
    counted = Written(invented, replace(plan, kind="count", asks="count"), "How many co-authors has Mateo Brandt?")
    assert counted.text == written.text


def test_authors_may_be_missing(seeds: Assistant) -> None:
    written = Written(seeds, Plan("", "list", Filters(authors=("Di He",)), "coauthors"))
    assert written.head == "**1 known co-author** of Di He:"
    assert written.text.endswith("Not all authors of the 10 papers are known here, so there may be more.")


def test_nobody_else_is_known(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        put(assistant.library, [Record("line 1", "Alone with Moss", "Moss.", authors=("Una Fern",))])
        assistant.need_search()
        written = Written(assistant, Plan("", "list", Filters(authors=("Una Fern",)), "coauthors"))
    assert (written.text, written.outcome.refused) == ("The library knows no co-author of Una Fern.", True)


def test_initials_of_one_author_are_not_another(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        authors = [("Una Fern", "Otto Moos"), ("Una Fern", "O. Moos"), ("Una Fern", "Otto  Moos", "X. Reed")]
        put(assistant.library, [Record(f"line {n}", f"Moss {n}", "", authors=names) for n, names in enumerate(authors)])
        assistant.need_search()
        written = Written(assistant, Plan("", "list", Filters(authors=("Una Fern",)), "coauthors"))
    assert [bullet.partition(":")[0] for bullet in written.bullets] == [
        "**Otto Moos**, 3 papers",
        "**X. Reed**, 1 paper",
    ]


@pytest.mark.parametrize(
    ("asks", "question"), [("venues", ""), ("count", "How many journals and conferences are there?")]
)
def test_venues(invented: Assistant, asks: Asks, question: str) -> None:
    written = Written(invented, Plan("", "count" if question else "list", asks=asks), question)
    assert written.head == "**5 venues** of the 12 papers in the library:"
    assert written.bullets[0].startswith("**Conference on Made-up Learning**, 3 papers: *Sparse Attention")
    assert len(written.cited) == 11
    assert written.text.endswith("The venue of 1 paper is not known.")


def test_venues_of_an_author_who_has_none(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", Filters(authors=("D. Okafor",)), "venues"))
    assert written.outcome.refused
    assert written.text == "The library knows no venue of the 1 paper by D. Okafor. The venue of 1 paper is not known."


def test_many_groups_cite_one_paper_each_and_count_all(many: Assistant) -> None:
    written = Written(many, Plan("", "list", asks="venues"))
    assert written.bullets[0].startswith("**Moss**, 65 papers: ")
    assert "and 62 more" in written.bullets[0]


def test_authors_of_a_topic(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", asks="authors", topic="language models"))
    assert written.head == "**3 authors** of the 2 papers about “language models”:"
    assert sorted(bullet.split("**")[1] for bullet in written.bullets) == ["Bo He", "Lise van der Moor", "Mateo Brandt"]


@pytest.mark.parametrize(("asks", "part"), [("year", "appeared in 2024"), ("link", "https://example.org/6"),
                                            ("venue", "*Transactions on Fictional Graphs*")])  # fmt: skip
def test_years_links_and_venues_of_several(invented: Assistant, asks: Asks, part: str) -> None:
    written = Written(invented, Plan("", "list", QUILL, asks))
    assert (written.head, len(written.bullets), len(written.citations)) == ("**3 papers** by Ines Quill:", 3, 3)
    assert part in written.bullets[0]


def test_the_same_twice(invented: Assistant) -> None:
    plan = Plan("", "list", topic="graphs or language models")
    assert Written(invented, plan).text == Written(invented, plan).text


def test_titles_with_markup_stay_text(invented: Assistant) -> None:
    written = Written(invented, Plan("", "list", Filters(authors=("Priya Nakamura-Holt",), years=(2023, 2023))))
    assert "**Citing Oneself \\[3\\]: A Corpus of \\*Bracketed\\* Abstracts**" in written.text


def test_unusual_topics_do_no_harm(invented: Assistant) -> None:
    for topic in ("?", "\ud800", "or", "a " * 3000, "(", "[1] **x**", "and and or or", "\"'", "* OR *", "C++ or C#"):
        Written(invented, Plan("", "list", topic=topic))


def test_a_file_is_offered_by_its_name_unless_several_have_it(tmp_path: Path) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        for place, path in enumerate(("/data/moss.bib", "/data/export.bib", "/more/export.bib")):
            put(assistant.library, [Record("line 1", f"Moss Study {place}", "")], path)
        filters = Filters(sources=("/data/moss.bib", "/more/export.bib"))
        command = _export_command(assistant.library, Plan("", "list", filters))
    assert command == "rag export --source moss.bib --source /more/export.bib"
