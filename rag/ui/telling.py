"""Problems as visitors are told of them: where the library is, is told to those only who may see the settings."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.ui import markdown

if TYPE_CHECKING:
    from rag.settings import Settings


def told(problem: str, settings: Settings | None = None) -> str:
    """A problem as Markdown; `settings` are those of the assistant, where one could be opened."""
    from rag.settings import load_settings

    with suppress(SettingsError):  # then the problem is that one
        settings = settings or load_settings()
        if not settings.allow_settings:
            problem = problem.replace(str(settings.library), "the library's folder")
    return markdown.message(problem)
