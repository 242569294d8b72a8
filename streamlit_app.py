"""The page's entry: `streamlit run streamlit_app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from rag.ui.assets import Assets
from rag.ui.wire import Wire

app = st.App("rag/ui/script.py", middleware=[Middleware(Assets), Middleware(Wire)])
