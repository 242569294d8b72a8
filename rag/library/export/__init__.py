"""Papers handed on to other tools: one module per format, found in `FORMATS` by the format's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from rag.library.export import bibtex, csl_json, csv, jsonl, markdown, ris
from rag.types import Paper

__all__ = ["FORMATS", "Export"]


class Export(Protocol):
    """What a module of this package offers for its format."""

    @property
    def NAME(self) -> str:
        """The format as a user calls it."""

    @property
    def SUFFIX(self) -> str:
        """How files of the format end, with the dot."""

    @property
    def MEDIA_TYPE(self) -> str:
        """The format as a browser is told it."""

    def write(self, papers: Sequence[Paper]) -> Iterator[str]:
        """Yield the papers in the format, piece by piece, with their line ends; to be stored as UTF-8."""


FORMATS: Mapping[str, Export] = MappingProxyType(
    {"bibtex": bibtex, "ris": ris, "csl-json": csl_json, "csv": csv, "jsonl": jsonl, "markdown": markdown}
)
"""The formats by the names a user gives them by."""
