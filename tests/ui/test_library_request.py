import pytest

from rag.types import Failure, Filters, Removal, Source
from rag.ui.library.ledger import as_csv, removed
from rag.ui.library.request import Request

SOURCES = [Source("/a/kelp.bib", 3, 3), Source("/b/kelp.bib", 2, 2), Source("/b/tide.ris", 1, 1)]


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request("tides", "Orla Wen", "Invented Oceans", 2019, 2021, "kelp.bib", "title", 50, 7),
        Request(since=2020),
    ],
)
def test_an_address_asks_for_what_it_was_made_of(request_: Request) -> None:
    assert Request.of_address(request_.address()) == request_


def test_the_usual_leaves_the_address_short() -> None:
    assert Request().address() == {}
    assert Request(venue="Tides", page=2).address() == {"venue": "Tides", "page": "2"}


def test_what_makes_no_sense_in_an_address_is_passed_over() -> None:
    address = {
        "page": "-1",
        "k": "100000",
        "order": "DROP TABLE",
        "since": "2020x",
        "until": "99999999999",
        "page2": "3",
    }
    assert Request.of_address(address) == Request()


def test_filters_are_those_of_the_parts() -> None:
    asked = Request(author="Orla Wen", venue="Oceans", since=2020, source="kelp.bib")
    expected = Filters(
        authors=("Orla Wen",), venue="Oceans", years=(2020, None), sources=("/a/kelp.bib", "/b/kelp.bib")
    )
    assert asked.filters(SOURCES) == expected
    assert Request().filters(SOURCES) == Filters()


def test_a_file_that_is_gone_leaves_nothing_rather_than_everything() -> None:
    assert Request(source="gone.bib").filters(SOURCES).sources == ("gone.bib",)


def test_a_part_can_be_taken_away() -> None:
    asked = Request("tides", "Orla Wen", since=2019, until=2021, page=4)
    assert asked.narrowed == {"q": "tides", "author": "Orla Wen", "years": "2019–2021"}
    assert asked.without("years") == Request("tides", "Orla Wen")
    assert asked.without("author") == Request("tides", since=2019, until=2021)


def test_failures_as_a_table_calculate_nothing() -> None:
    failed = [Failure("/library/uploads/a.bib", "=1+1", 'line 2, "x"'), Failure("b.ris", "line 3", "no title")]
    assert as_csv(failed).splitlines() == [
        "file,record,reason",
        'a.bib,\'=1+1,"line 2, ""x"""',
        "b.ris,line 3,no title",
    ]


def test_a_removal_says_what_it_took_away() -> None:
    assert "3 records; 1 paper that no other file states" in removed("a.bib", Removal(3, 1))
    assert "all papers are kept" in removed("a.bib", Removal(1, 0))
