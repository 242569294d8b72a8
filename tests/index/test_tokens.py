"""Counting tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.index.tokens import count_tokens


def test_words_are_about_a_token() -> None:
    assert count_tokens("") == 0
    assert count_tokens("hello world") == 2


@given(st.text(max_size=200))
def test_any_text_has_a_count_without_a_download(text: str) -> None:
    assert count_tokens(text) <= len(text.encode("utf-8", "replace")) + 1
    assert count_tokens("<|endoftext|>" + text) > 1
