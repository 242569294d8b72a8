"""The themes of a selection, kept in memory for as long as the library stays the same."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

from rag.answering.survey.selection import Selection
from rag.answering.task import Task
from rag.retrieval.paper_texts import PaperTexts
from rag.retrieval.themes import FURTHER, Theme, paper_vectors, themes

_FEW = 5  # papers: fewer are shown one by one
_MOST, _FEWEST = 12, 3
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Grouped:
    """A theme of a selection: its label and the keys of its papers, most central first."""

    label: str
    keys: tuple[int, ...]

    @property
    def named(self) -> bool:
        """Whether its papers share more than that they share nothing."""
        return self.label != FURTHER


class _Kept:
    """The themes found last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[Grouped, ...]] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[object, ...]) -> tuple[Grouped, ...] | None:
        with self._changing:
            return self._kept.get(key)

    def put(self, key: tuple[object, ...], grouped: tuple[Grouped, ...]) -> None:
        with self._changing:
            self._kept[key] = grouped
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


_kept = _Kept()


def grouped(task: Task, selected: Selection) -> tuple[Grouped, ...]:
    """The themes of the selected papers, biggest first; none of a few papers."""
    if len(selected.keys) < _FEW:
        return ()
    library, embedder = task.means.indexes.library, task.means.indexes.embedder.name
    # Themes change with what is embedded, too.
    state = str(library.folder), str(task.means.revision), library.pending("vectors"), embedder
    key = (*state, selected.filters, selected.topic)
    found = _kept.get(key)
    if found is None:
        vectors = paper_vectors(library, embedder, selected.keys)
        made = themes(PaperTexts(library, selected.keys), vectors if vectors.size else None, _most(len(selected.keys)))
        found = tuple(_keyed(theme, selected) for theme in made)
        _kept.put(key, found)
    return found


def _most(papers: int) -> int:
    """How many themes a reader can take in: three of ten papers, six of fifty, twelve of a thousand."""
    return max(_FEWEST, min(_MOST, round(1 + math.sqrt(papers / 2))))


def _keyed(theme: Theme, selected: Selection) -> Grouped:
    return Grouped(theme.label, tuple(selected.keys[place] for place in theme.members))
