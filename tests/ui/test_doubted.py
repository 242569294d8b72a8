import pytest

from rag.ui import doubted


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is so.", []),
        ("It is so. [1] It is new. [2][?] Old.", ["It is new."]),
        ("One. [?] Two, e.g. this. [1] [?]", ["One.", "Two, e.g. this."]),
        ("`a. B` is **so. Two `c. D`** [?]", ["Two `c. D`"]),
        ("| It is. Two | [?] |", []),
        (r"It is so. `[?]` \[?\]", []),
    ],
)
def test_the_sentence_before_the_mark_is_found(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in doubted.spans(text)] == sentences


def test_text_is_parted_where_a_sentence_begins_and_ends() -> None:
    spans = [(4, 10)]
    assert doubted.parted("abcd", 2, spans) == [("ab", False), ("cd", True)]
    assert doubted.parted("abcd", 8, spans) == [("ab", True), ("cd", False)]
    assert doubted.parted("", 5, spans) == []
