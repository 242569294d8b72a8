"""Cutting an abstract into pieces that fit the embedder's window."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rag.index.sentences import sentence_spans
from rag.types import Chunk, Paper

CountTokens = Callable[[str], int]
_TITLE_SHARE = 4
_LONGEST_WORD = 100


def chunks_of(paper: Paper, count_tokens: CountTokens, window: int) -> list[Chunk]:
    """The chunks of a paper: whole sentences packed up to `window` tokens, the title in front of each.

    Together the chunks cover the abstract in order, without overlap; a sentence longer than
    the window is cut between words. A paper without an abstract has one chunk, its title.
    """
    whole = _text(paper.title, paper.abstract)
    if count_tokens(whole) <= window:
        return [Chunk(paper.id, 0, len(paper.abstract), whole)]
    title = _shortened(paper.title, count_tokens, window // _TITLE_SHARE if paper.abstract else window)
    if not paper.abstract:
        return [Chunk(paper.id, 0, 0, title)]
    room = window - count_tokens(_text(title, ""))
    chunks: list[Chunk] = []
    first: int | None = None
    last = used = 0
    for start, end in _pieces(paper.abstract, count_tokens, room):
        size = count_tokens(paper.abstract[start:end])
        if first is not None and used + size > room:
            chunks.append(Chunk(paper.id, first, last, _text(title, paper.abstract[first:last])))
            first, used = None, 0
        first = start if first is None else first
        last, used = end, used + size
    if first is not None:
        chunks.append(Chunk(paper.id, first, last, _text(title, paper.abstract[first:last])))
    return chunks


def _text(title: str, abstract: str) -> str:
    return f"{title}\n{abstract}" if abstract else title


def _pieces(text: str, count_tokens: CountTokens, room: int) -> Iterator[tuple[int, int]]:
    """Spans of sentences, those that do not fit `room` cut between words, those words between characters."""
    for start, end in sentence_spans(text):
        if count_tokens(text[start:end]) <= room:
            yield start, end
        else:
            yield from ((start + first, start + last) for first, last in _cut(text[start:end], count_tokens, room))


def _cut(text: str, count_tokens: CountTokens, room: int) -> Iterator[tuple[int, int]]:
    """Spans that follow each other and fit `room`, of whole words where these are not very long."""
    piece, used = 0, 0
    for word in re.finditer(rf"\S{{1,{_LONGEST_WORD}}}", text):
        size = count_tokens(word[0])
        if used and used + size > room:
            yield piece, word.start()
            piece, used = word.start(), 0
        used += size
    yield piece, len(text)


def _shortened(title: str, count_tokens: CountTokens, room: int) -> str:
    if count_tokens(title) <= room:
        return title
    start, end = next(_cut(title, count_tokens, room))
    return title[start:end].rstrip()
