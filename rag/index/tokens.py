"""Counting the tokens of a text as language models do, without any download."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


def count_tokens(text: str) -> int:
    """How many tokens a text has for GPT-4; other models' vocabularies differ by some tenths."""
    return len(_encoding().encode_ordinary(text))


def load_vocabulary() -> threading.Thread:
    """Begin to load the vocabulary, which takes half a second, in a thread; join it before the process ends."""
    thread = threading.Thread(target=_encoding, name="load vocabulary")
    thread.start()
    return thread


@cache
def _encoding() -> Encoding:
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
