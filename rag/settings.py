"""Settings of one run. The only module that reads the environment and `.env`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from rag.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the library lives and which Chroma keeps its vectors (None: the embedded one)."""

    library: Path
    chroma_url: str | None = None
