"""How fast some work goes, and how long the rest of it takes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

_WINDOW_SECONDS = 30.0
_LEAST_SECONDS = 2.0  # of watching before anything is said
_APART_SECONDS = 0.25  # between two looks that are kept


class Pace:
    """The pace of work in the last half minute, by whoever looks at it. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._lock = Lock()

    def note(self, done: int) -> None:
        """Say how much is done by now; less than before begins anew."""
        now = self._clock()
        with self._lock:
            if self._seen and done < self._seen[-1][1]:
                self._seen.clear()
            if not self._seen or now - self._seen[-1][0] >= _APART_SECONDS:
                self._seen.append((now, done))
            while now - self._seen[0][0] > _WINDOW_SECONDS and len(self._seen) > 2:
                self._seen.popleft()

    @property
    def rate(self) -> float:
        """How much is done in a second; 0 while that is not known."""
        with self._lock:
            if not self._seen:
                return 0.0
            (began, first), (last, done) = self._seen[0], self._seen[-1]
            return (done - first) / (last - began) if last - began >= _LEAST_SECONDS else 0.0

    def seconds_left(self, left: int) -> float | None:
        """How long so much more takes; None while that is not known."""
        rate = self.rate
        return left / rate if rate > 0 else None
