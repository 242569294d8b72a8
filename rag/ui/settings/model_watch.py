"""What visitors see of the model: looked at now and then, in the background."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING

from rag.types import LocalServer, ModelStatus

if TYPE_CHECKING:
    from rag.assistant import Assistant

FRESH_SECONDS = 30.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the model showed; `offers` only where no model was chosen."""

    status: ModelStatus | None = None
    offers: tuple[LocalServer, ...] = ()


class ModelWatch:
    """Looks at the model in a thread of its own, when asked and at most every 30 seconds.

    `models` are what its server listed last.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.models: tuple[str, ...] = ()
        self._assistant = assistant
        self._seen: Seen | None = None
        self._looks = 0
        self._next = 0.0  # when to look again, on the clock of time.monotonic
        self._lock = Lock()

    def latest(self) -> Seen | None:
        """What was seen last, at once; None before the first look is over."""
        with self._lock:
            if time.monotonic() >= self._next:
                self._next = float("inf")
                self._looks += 1
                Thread(target=self._look, args=(self._looks,), name="model watch", daemon=True).start()
            return self._seen

    def look_again(self, *, at_another: bool = False) -> None:
        """Look anew when asked next; where that is `at_another` model, what was seen is forgotten."""
        with self._lock:
            self._next = 0.0
            if at_another:
                self._seen, self.models = None, ()

    def _look(self, look: int) -> None:
        seen = self._seen or Seen()
        try:
            if self._assistant.model == "extractive":
                seen = Seen(offers=self._assistant.local_servers())
            else:
                seen = Seen(self._assistant.model_status())
        except Exception:  # whatever it is, the next look may be better
            _log.exception("the state of the language model could not be found out")
        with self._lock:
            if look != self._looks or self._next != float("inf"):
                return  # of a model that was changed for another meanwhile
            self._seen = seen
            self.models = (seen.status.models if seen.status else ()) or self.models
            self._next = time.monotonic() + FRESH_SECONDS
