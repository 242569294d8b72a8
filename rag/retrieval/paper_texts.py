"""Titles and abstracts of papers, read from the library when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from rag.library.store import Library
from rag.retrieval.phrase_counts import Text

_AT_ONCE = 5000  # papers that are read together


class PaperTexts(Sequence[Text]):
    """The texts of the papers with these keys, in this order; those of papers that are gone are empty."""

    def __init__(self, library: Library, keys: Sequence[int]) -> None:
        self._library = library
        self._keys = keys
        self._read: dict[int, Text] = {}
        if len(keys) <= _AT_ONCE:
            self._fetch(keys)

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Text: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Text]: ...
    def __getitem__(self, place: int | slice) -> Text | Sequence[Text]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        key = self._keys[place]
        if key not in self._read:
            self._fetch([key])
        return self._read.get(key, ("", ""))

    def _fetch(self, keys: Sequence[int]) -> None:
        rows = self._library.rows_in("SELECT key, title, abstract FROM papers WHERE key IN ({})", keys)
        self._read.update({key: (title, abstract) for key, title, abstract in rows})
