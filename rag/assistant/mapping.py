"""The map of a library, laid out in the background."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from rag.errors import LibraryError, RagError
from rag.library.revision import Revision
from rag.library.store import Library
from rag.retrieval.library_map import LibraryMap, Places, laid_out, library_map
from rag.retrieval.map_file import keep, kept

_PATIENCE_SECONDS = 300.0  # until a map that could not be made is tried again, if no paper comes or goes
_UNFORESEEN = (
    "The map could not be made; the log of the program says why. It is tried again in some minutes, or when "
    "papers come or go."
)
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The map is not wanted any more."""


class Mapping:
    """The map of `library`, made in a thread of its own and kept in the library's folder.

    `progress` in [0, 1] is of the map that is being made.
    """

    def __init__(self, library: Library, revision: Revision) -> None:
        self._library = library
        self._revision = revision
        self._changing = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._failure = ""
        self._tried = ("", 0.0)  # the revision of which a map was last begun, and when
        self._places: Places | None = None
        self._map: LibraryMap | None = None
        self.progress = 0.0

    def current(self) -> LibraryMap | None:
        """The newest map there is; None while the first is made. One that is not up to date is made again meanwhile.

        Raises:
            LibraryError: There is none, for it could not be made. It is tried again when the library has
                changed, or after some minutes.
        """
        with self._changing:
            if self.making:
                return self._map
            self._read()
            if self._outdated() and not self._failed_lately() and not self._stopping.is_set():
                self.progress, self._failure = 0.0, ""
                self._tried = (str(self._revision), time.monotonic())
                self._thread = threading.Thread(target=self._make, name="map", daemon=True)
                self._thread.start()
            elif self._failure and self._map is None:
                raise LibraryError(self._failure)
            return self._map

    def kept(self) -> LibraryMap | None:
        """The map there is, up to date or not; None where there is none."""
        with self._changing:
            if not self.making:
                self._read()
            return self._map

    @property
    def making(self) -> bool:
        """Whether a map is being made."""
        return self._thread is not None and self._thread.is_alive()

    def embedded(self) -> bool:
        """Whether there is a paper that a map could show."""
        return bool(self._library.rows("SELECT 1 FROM chunks WHERE live LIMIT 1"))

    def stop(self) -> None:
        """Give up the map that is being made, and wait for that."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _outdated(self) -> bool:
        pending = self._library.pending("vectors")
        if self._places is None:
            return self.embedded()
        # While papers are embedded the map would be out of date as soon as it is made.
        return not pending and (self._places.pending, self._places.revision) != (0, str(self._revision))

    def _failed_lately(self) -> bool:
        if not self._failure:
            return False
        revision, began = self._tried
        return revision == str(self._revision) and time.monotonic() - began < _PATIENCE_SECONDS

    def _make(self) -> None:
        try:
            places = laid_out(self._library, self._tried[0], self._places, self._seen)
            if places:
                with suppress(OSError):  # it is only made again then
                    keep(self._library.folder, places)
                self._show(places)
        except _Stopped:
            return
        except RagError as failure:
            _log.warning("the map could not be made: %s", failure)
            self._failure = f"The map could not be made. {failure}"
        except MemoryError:
            _log.warning("there is too little memory to lay out the map")
            self._failure = (
                "There is too little memory to lay out the map. Free some: it is tried again in some minutes."
            )
        except Exception:  # the thread would be begun again for ever, and nobody told
            _log.exception("the map could not be made")
            self._failure = _UNFORESEEN

    def _read(self) -> None:
        """Show the map that lies in the library's folder, unless one is shown already."""
        if self._places is None and (places := kept(self._library.folder)):
            self._show(places)

    def _show(self, places: Places) -> None:
        self._places, self._map = places, library_map(self._library, places)

    def _seen(self, done: float) -> None:
        if self._stopping.is_set():
            raise _Stopped
        self.progress = done
