"""Where in a line of an answer the sentences stand that `[?]` follows."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.index.sentences import sentence_spans

MARK = "[?]"
_CODE = re.compile(r"`[^`\n]+`")
_LITERAL = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARKUP = re.compile(r"\[(?:\d{1,4}|\?)\]|[*>]")


def spans(text: str) -> list[tuple[int, int]]:
    """The first character of each such sentence and the one after its last, markup within them included."""
    if MARK not in text:
        return []
    bare = _LITERAL.sub("xx", _CODE.sub(lambda found: "x" * len(found[0]), text))
    marks = [found.start() for found in re.finditer(re.escape(MARK), bare)]
    bare = _MARKUP.sub(lambda found: " " * len(found[0]), bare)
    found = []
    for mark in marks:
        cell = bare.rfind("|", 0, mark) + 1
        if sentences := sentence_spans(bare[cell:mark].rstrip()):
            start, end = sentences[-1]
            found.append((cell + start, cell + end))
    return found


def parted(text: str, offset: int, doubted: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is doubted; `text` is `offset` characters from where `doubted` count."""
    edges = {0, len(text)}
    edges |= {edge - offset for span in doubted for edge in span if 0 < edge - offset < len(text)}
    places = sorted(edges)
    return [
        (text[start:end], any(first <= start + offset < last for first, last in doubted))
        for start, end in pairwise(places)
    ]
