"""What native code raises over a damaged index, told as one error."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import IndexDamaged, RagError


def remedy(library: Path) -> str:
    """What to do about a damaged index of the library in this folder."""
    command = f"rag rebuild --library {shlex.quote(str(library))}"
    return f"The papers are safe: run `{command}` to make the index again from them, with the page's server stopped."


@contextmanager
def damage_told(damaged: Callable[[BaseException], IndexDamaged]) -> Iterator[None]:
    """Turn whatever an index's library raises in this block into what `damaged` makes of it.

    Raises:
        IndexDamaged: The block raised anything but a `RagError` or a wish to stop.
    """
    try:
        yield
    except RagError:
        raise
    except Exception as error:
        raise damaged(error) from error
    except BaseException as error:
        # A panic of Rust code is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(error) from error
