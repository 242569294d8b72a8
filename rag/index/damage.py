"""What native code raises over a damaged index, told as one error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rag.errors import IndexDamaged, RagError


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
