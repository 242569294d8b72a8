"""Counting the tokens of a text as language models do, without any download."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


def count_tokens(text: str) -> int:
    """How many tokens a text has for GPT-4; other models' vocabularies differ by some tenths."""
    return len(_encoding().encode_ordinary(text))


@cache
def _encoding() -> Encoding:
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
