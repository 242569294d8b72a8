"""What made an answer, so that it can be made again."""

from __future__ import annotations

from importlib.metadata import version

from rag.answering.llm.client import SEED, TEMPERATURE, LanguageModel
from rag.library.revision import Revision
from rag.types import Provenance


def provenance(revision: Revision, model: LanguageModel | None, *, strict: bool) -> Provenance:
    """The provenance of an answer written now, by `model` if there is one."""
    program = f"rag {version('rag')}"
    if model is None:
        return Provenance(str(revision), program)
    return Provenance(
        library_revision=str(revision),
        program=program,
        address=model.address,
        temperature=TEMPERATURE,
        seed=SEED,
        context_window=model.context_window,
        max_output=model.max_output,
        strict=strict,
    )
