"""Ask a library of paper abstracts.

The flow, a folder a stage: source files -> `readers` -> records -> `library` (SQLite, the truth) ->
`index` (Chroma, tantivy) -> `retrieval` (question -> plan -> hits with evidence) -> `answering`
(a streamed answer, every sentence cited) -> `assistant`, which `cli` and `ui` talk to.

    from rag import open_library

    with open_library("~/papers-library") as library:
        print(library.as_query_engine().query("What is contrastive divergence?"))
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rag.settings import load_settings

if TYPE_CHECKING:
    from rag.assistant import Assistant

__all__ = ["open_library"]


def open_library(path: str | Path) -> Assistant:
    """The library in the folder `path`, ready to ask; made if it is not there yet.

    Other settings come from the environment and `.env`.

    Raises:
        RagError: The folder or a setting cannot be used.
    """
    from rag.assistant import Assistant

    return Assistant(load_settings(Path(path)))
