"""What a visitor wished in an opened paper, put to the chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag.ui.evidence.overlay import Wish

if TYPE_CHECKING:
    from rag.assistant import Assistant


def grant(wish: Wish, assistant: Assistant, ask: Callable[[str, Sequence[str]], object]) -> None:
    """Call `ask` with the question that the wish comes to, and the papers that alone may answer it.

    Raises:
        LibraryError: The paper is not in the library any more.
    """
    paper = assistant.paper(wish.paper_id)
    if wish.what == "about":
        ask("", (paper.id,))
    else:
        ask(f"Which papers are like “{paper.title}”?", ())
