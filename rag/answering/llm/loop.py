"""The thread in which everything that waits for model servers runs; the process has one."""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")

_starting = threading.Lock()
_running: list[asyncio.AbstractEventLoop] = []


def begin(work: Coroutine[Any, Any, Result]) -> Future[Result]:
    """Run `work` in the background; cancelling the future cancels it there."""
    with _starting:
        if not _running:
            _running.append(_started())
    return asyncio.run_coroutine_threadsafe(work, _running[0])


def _started() -> asyncio.AbstractEventLoop:
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def until_told() -> None:
        told = asyncio.Event()
        started.set_result((asyncio.get_running_loop(), told))
        await told.wait()

    # A daemon, since the interpreter waits for other threads before it tells anyone that it ends.
    thread = threading.Thread(target=lambda: asyncio.run(until_told()), name="language model", daemon=True)
    thread.start()
    loop, told = started.result()

    def end() -> None:
        loop.call_soon_threadsafe(told.set)
        thread.join()

    atexit.register(end)
    return loop
