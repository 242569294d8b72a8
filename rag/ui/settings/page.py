"""The page "Settings"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.settings import __version__
from rag.ui import markdown
from rag.ui.settings import indexes, model

if TYPE_CHECKING:
    from rag.assistant import Assistant


def show(assistant: Assistant) -> None:
    """The whole page."""
    with st.container(key="settings"):
        st.title("Settings", anchor=False)
        model.show(assistant)
        indexes.show(assistant)
        _show_provenance(assistant)


def _show_provenance(assistant: Assistant) -> None:
    """What is running over what, as every answer has it."""
    st.header("This program", anchor=False)
    lines = [
        f":material/deployed_code: rag {markdown.plain(__version__)}",
        f":material/fingerprint: Library revision `{assistant.revision}`",
    ]
    if assistant.settings.allow_settings:
        lines.append(f":material/folder: {markdown.plain(str(assistant.settings.library))}")
    st.markdown("  \n".join(lines))
    st.caption(
        "The revision is the same for two libraries exactly when their records are; with it and the version, an answer "
        "can be made again."
    )
