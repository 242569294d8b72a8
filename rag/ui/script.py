"""What runs for every visitor and every click: the page that the address names."""

from pathlib import Path

import streamlit as st

from rag.ui import navigation

HERE = Path(__file__).parent

st.set_page_config(page_title="Ask the library", page_icon=HERE / "icon.svg", layout="centered")
st.navigation(navigation.pages(HERE.parents[1] / "seeds"), position="top").run()
