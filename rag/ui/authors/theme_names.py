"""What the themes of an author are called on the page."""

from __future__ import annotations

from rag.retrieval.themes import Theme


def named(theme: Theme) -> str:
    """The label of a theme; "Papers" where all papers are one."""
    return theme.label or "Papers"
