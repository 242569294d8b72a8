"""Making the indexes ready in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from rag.errors import IndexDamaged, RagError
from rag.index.indexes import Indexes


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Show nothing of how far an index is."""


class Preparation:
    """A thread that opens the indexes, checks them, and embeds what is pending; what is left then stays pending.

    `indexes` opens them, which may fail; `imports` begin to import what takes seconds, each in a thread of
    its own; `afterwards` is called when all is embedded; `damage` is what the check found.
    """

    def __init__(
        self,
        indexes: Callable[[], Indexes],
        imports: Sequence[Callable[[], threading.Thread]],
        afterwards: Callable[[], object] = lambda: None,
    ) -> None:
        self._indexes = indexes
        self._imports = list(imports)
        self._afterwards = afterwards
        self._importing: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.damage: IndexDamaged | None = None

    def import_ahead(self) -> None:
        """Begin the imports, unless they have begun."""
        imports, self._imports = self._imports, []
        self._importing += [begin() for begin in imports]

    def start(self) -> None:
        """Begin, unless it has begun."""
        self.import_ahead()
        if self._thread is None:
            self._thread = threading.Thread(target=self._prepare, name="prepare", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the batch at hand, and wait for that."""
        self._stopping.set()
        for thread in filter(None, (self._thread, *self._importing)):
            thread.join()

    @property
    def stopping(self) -> bool:
        """Whether work on the indexes should end."""
        return self._stopping.is_set()

    def _prepare(self) -> None:
        # What else fails here fails again, and is said, when a question needs it.
        with suppress(RagError):
            try:
                self._indexes().check()
                self._indexes().sync(no_progress, self._stopping.is_set)
                if not self.stopping:
                    self._afterwards()
            except IndexDamaged as damage:
                self.damage = damage
