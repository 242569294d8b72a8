"""Answers wrapped in a fence."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.llm.fence import unfenced


def stream(text: str, width: int) -> Generator[str, None, None]:
    yield from (text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("width", [1, 2, 5, 100])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```markdown\nA claim [1].\n```", "A claim [1].\n"),
        ("\n```\nA claim [1].\n```\n", "A claim [1].\n\n"),
        ("```text\nNo end [1].", "No end [1]."),
        ("```python\nx[1]\n```", "```python\nx[1]\n```"),
        ("`x` is a name.", "`x` is a name."),
        ("A claim.\n```\nx[1]\n```", "A claim.\n```\nx[1]\n```"),
        ("", ""),
        ("``", "``"),
    ],
)
def test_a_fence_of_prose_is_dropped(text: str, shown: str, width: int) -> None:
    assert "".join(unfenced(stream(text, width))) == shown


@given(st.text(st.sampled_from("`\n a[1]")), st.integers(1, 9))
def test_it_does_not_matter_how_the_stream_is_cut(text: str, width: int) -> None:
    assert "".join(unfenced(stream(text, width))) == "".join(unfenced(stream(text, 1000)))
