"""What made an answer, so that it can be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.library.revision import Revision
from rag.settings import __version__
from rag.types import Provenance

if TYPE_CHECKING:
    from rag.answering.llm.client import LanguageModel


def provenance(revision: Revision, model: LanguageModel | None, *, strict: bool) -> Provenance:
    """The provenance of an answer written now, by `model` if there is one."""
    program = f"rag {__version__}"
    if model is None:
        return Provenance(str(revision), program)
    return Provenance(
        library_revision=str(revision),
        program=program,
        address=model.address,
        temperature=model.temperature,
        seed=model.seed,
        context_window=model.context_window,
        max_output=model.max_output,
        strict=strict,
    )
