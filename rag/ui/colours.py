"""Colours of charts, those of the theme in .streamlit/config.toml where it has them."""

from __future__ import annotations

import streamlit as st

REST = "#858b8f"
"""For what is of no kind: three times as light or dark as the page, be it light or dark."""
LINE = "#858b8f"
"""For lines between things."""


def of_kinds(number: int) -> list[str]:
    """The colours for things of different kinds; kinds after the theme's last colour have none of their own."""
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    colours: list[str] = st.get_option(f"theme.{scheme}.chartCategoricalColors") or []
    return [*colours, *[REST] * number][:number]
