"""The page's entry: `streamlit run streamlit_app.py`."""

from pathlib import Path

import streamlit as st

from rag.ui import chat

HERE = Path(__file__).parent


def chat_page() -> None:
    """The chat over the library."""
    chat.show(HERE / "seeds")


st.set_page_config(page_title="Ask the library", page_icon=HERE / "rag/ui/icon.svg", layout="centered")
st.navigation([st.Page(chat_page, title="Chat", default=True)], position="hidden").run()
