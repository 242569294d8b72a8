"""One process at a time changes a library and its indexes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from rag.errors import LibraryBusy, LibraryError


class Ownership:
    """The right to change the library in `folder`, held until `release` or the end of the process.

    Raises:
        LibraryBusy: Another process has it.
        LibraryError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        # Whoever only reads does not need it.
        from filelock import FileLock, Timeout

        self._lock = FileLock(folder / "owner.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LibraryBusy(
                f"Another rag process is using the library in {folder}: perhaps its page is open. "
                "Close it, or wait until it has finished, and try again."
            ) from None
        except OSError as error:
            raise LibraryError(
                f"The library folder {folder} cannot be written ({error}). "
                "Make it writable, or choose another with --library."
            ) from error

    def release(self) -> None:
        """Let another process have it."""
        self._lock.release()

    def __enter__(self) -> Ownership:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
