"""People by a name that is still being typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from rag.library.names import Name
from rag.library.store import Library
from rag.retrieval.people import Person, nearest_people, people_with
from rag.retrieval.question import valid_unicode

_LOOKED_AT = 200  # spellings that fit
_ENDS = " ,\n"


class _Spellings(NamedTuple):
    """All names of a library, most papers first: their keys and, in the same order, one a line, `text`.

    A line is the name's key as `Name` has it, and `begins` is where it begins.
    """

    keys: list[int]
    begins: list[int]
    text: str


def named_so_far(library: Library, written: str, k: int) -> list[Person]:
    """Up to `k` people whose names can be what is written so far, best first; those with most papers for "".

    Each word written begins a word of the name, in any order; whole words go first. Where no name fits, those that
    are spelt nearly so.

    Raises:
        LibraryError: The library cannot be read.
    """
    written = " ".join(valid_unicode(written).split())
    found = library.kept(("names", written, k), lambda: tuple(_named_so_far(library, written, k)))
    return list(found)


def _named_so_far(library: Library, written: str, k: int) -> list[Person]:
    spellings = library.kept("spellings", lambda: _spellings(library))
    words = Name(written or "?").key.replace(",", " ").split()
    if written and not any(word.isalnum() for word in words):
        return []
    if not written:
        fitting = list(range(min(_LOOKED_AT, len(spellings.keys))))
    else:
        fitting = sorted(islice(_fitting(spellings, words), _LOOKED_AT), key=lambda line: _rank(spellings, line, words))
    rows = library.rows_in(
        "SELECT key, family, given, suffix FROM authors WHERE key IN ({})",
        [spellings.keys[line] for line in fitting[:k]],
    )
    if found := people_with(library, {key: Name(*parts) for key, *parts in rows}):
        return sorted(found, key=lambda person: (-_whole(person.name, words), -person.papers, person.name))
    return nearest_people(library, written, k) if written else []


def _spellings(library: Library) -> _Spellings:
    rows = library.rows(
        "SELECT key, name_key FROM authors JOIN (SELECT author, count(*) AS times FROM authorships GROUP BY author) "
        "ON author = key ORDER BY times DESC, name_key"
    )
    lines = [name_key.replace("\n", " ") for _, name_key in rows]
    begins = list(accumulate((1 + len(line) for line in lines), initial=1))
    return _Spellings([key for key, _ in rows], begins[:-1], "\n" + "\n".join(lines) + "\n")


def _fitting(spellings: _Spellings, words: Sequence[str]) -> Iterator[int]:
    """The lines in which every word begins a word, each once: those with the longest word whole, then the others."""
    longest, *others = sorted(words, key=len, reverse=True)
    given: set[int] = set()
    for ends in (_ENDS, ("",)) if len(longest) > 1 else (("",),):
        for line in _lines_with(spellings, longest, ends):
            if line in given:
                continue
            here = spellings.text[spellings.begins[line] - 1 : _end(spellings, line)].replace(",", "")
            if all(f" {word}" in here or f"\n{word}" in here for word in others):
                given.add(line)
                yield line


def _lines_with(spellings: _Spellings, word: str, ends: Sequence[str]) -> Iterator[int]:
    """The lines that have a word which begins so and is followed by one of `ends`, in order."""
    text, place = spellings.text, spellings.text.find(word)
    last = -1
    while place >= 0:
        line = bisect_right(spellings.begins, place) - 1
        if line != last and text[place - 1] in _ENDS and text[place + len(word)].startswith(tuple(ends)):
            last = line
            yield line
        place = text.find(word, place + 1)


def _end(spellings: _Spellings, line: int) -> int:
    return spellings.begins[line + 1] if line + 1 < len(spellings.begins) else len(spellings.text)


def _rank(spellings: _Spellings, line: int, words: Sequence[str]) -> tuple[int, int]:
    return -_whole(spellings.text[spellings.begins[line] : _end(spellings, line)], words), line


def _whole(name: str, words: Sequence[str]) -> int:
    """How many of the words are whole words of a name."""
    own = Name(name).key.replace(",", " ").split()
    return sum(word in own for word in words if len(word) > 1)
