"""What is made from a library, kept in memory until its papers change."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from rag.library.revision import REVISION

if TYPE_CHECKING:
    from rag.library.store import Library

_MOST = 500  # things that are kept at once
_NOTHING = object()
# While records come in, what is wanted roughly may be so old: small libraries are always told exactly.
_ROUGH_SECONDS = 5.0
_ROUGH_TIMES = 10.0  # what it took to make

Made = TypeVar("Made")


@dataclass(slots=True, eq=False)
class _Entry:
    """A thing, of the papers in `state`. While records come in it passes for later ones `until` then."""

    state: str
    until: float
    making: Lock = field(default_factory=Lock)
    thing: Any = _NOTHING


class Kept:
    """Things by name, forgotten once the records of `library` have changed, be it by this process or another.

    What goes on in the search indexes changes nothing here. It may be used from several threads; one makes a
    thing while others who want the same wait for it. Things may be made of other things.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = Lock()
        self._version: int | None = None
        self._state = ""
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()  # what was wanted last is last

    def __call__(self, name: Hashable, make: Callable[[], Made], *, roughly: bool = False) -> Made:
        """The thing of this name, made if there is none; while records come in one wanted `roughly` may be seconds old.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._guard:
            entry = self._entry(name, roughly)
        with entry.making:
            if entry.thing is _NOTHING:
                began = time.monotonic()
                entry.thing = make()
                if roughly:
                    ended = time.monotonic()
                    entry.until = ended + min(_ROUGH_SECONDS, _ROUGH_TIMES * (ended - began))
            made: Made = entry.thing
            return made

    def _entry(self, name: Hashable, roughly: bool) -> _Entry:
        self._forget_old()
        entry = self._entries.get(name)
        if entry is None or (entry.state != self._state and entry.until < time.monotonic()):
            # One that is wanted roughly is not begun again by others while it is made.
            entry = self._entries[name] = _Entry(self._state, math.inf if roughly else -math.inf)
        self._entries.move_to_end(name)
        if len(self._entries) > _MOST:
            self._entries.popitem(last=False)
        return entry

    def _forget_old(self) -> None:
        # Of the connection that reads: it tells of commits of all others, that of this library's writer too.
        version: int = self._library.rows("PRAGMA data_version")[0][0]
        if version == self._version:
            return
        # While records come in there is no revision, and every commit may have changed some.
        revision = self._library.meta(REVISION)
        state = revision or f"commit {version}"
        if state != self._state:
            passing = time.monotonic() if revision is None else math.inf
            self._entries = OrderedDict((name, entry) for name, entry in self._entries.items() if entry.until > passing)
        self._version, self._state = version, state
