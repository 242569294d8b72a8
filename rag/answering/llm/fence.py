"""An answer that a model wraps in a fence, as if it were a file, without the fence."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing

_OPENING = re.compile(r"\s*```[ \t]*(?:markdown|md|text|txt|plaintext)?[ \t]*\n", re.IGNORECASE)
_MAY_OPEN = re.compile(r"\s*(?:`{0,2}|```[ \w]{0,12})", re.IGNORECASE)


def unfenced(deltas: Generator[str, None, None]) -> Generator[str, None, None]:
    """The text of a stream; one that begins with a fence of prose loses that, and the other fences in it."""
    with closing(deltas):
        text = ""
        for delta in deltas:
            text += delta
            if not _MAY_OPEN.fullmatch(text):
                break
        opening = _OPENING.match(text)
        if opening is None:
            yield text
            yield from deltas
            return
        held = text[opening.end() :]
        for delta in deltas:
            held += delta
            certain = len(held.rstrip("`"))
            yield held[:certain].replace("```", "")
            held = held[certain:]
        yield held.replace("```", "")
