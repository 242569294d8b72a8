from hypothesis import given
from hypothesis import strategies as st

from rag.ui.evidence.highlight import passages

ABSTRACT = "We do a thing. It works\nwell. It is fast."


def test_the_quoted_sentence_is_a_passage_of_its_own() -> None:
    assert passages(ABSTRACT, "We do a thing.") == [
        ("We do a thing.", "quote"),
        (" It works\nwell. It is fast.", ""),
    ]


def test_a_sentence_is_found_across_a_line_break() -> None:
    assert ("It works\nwell.", "quote") in passages(ABSTRACT, "It works well.")


def test_other_quotes_are_marked_apart_and_never_over_the_quote() -> None:
    found = passages(ABSTRACT, "It is fast.", ["We do a thing.", "It is fast."])
    assert found == [("We do a thing.", "also"), (" It works\nwell. ", ""), ("It is fast.", "quote")]


def test_the_nearest_sentence_is_no_quote() -> None:
    found = passages(ABSTRACT, "It is fast.", ["We do a thing."], supported=False)
    assert found[0] == ("We do a thing.", "also")
    assert found[-1] == ("It is fast.", "nearest")


def test_a_quote_from_elsewhere_marks_nothing() -> None:
    assert passages(ABSTRACT, "Not here.") == [(ABSTRACT, "")]
    assert passages("", "Not here.") == []


@given(st.text(max_size=60), st.text(max_size=10), st.lists(st.text(max_size=10), max_size=3))
def test_the_passages_joined_are_the_text(text: str, quote: str, also: list[str]) -> None:
    assert "".join(passage for passage, _ in passages(text, quote, also)) == text
