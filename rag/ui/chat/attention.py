"""Where a visitor looks and types next: the newest question, or a field."""

from __future__ import annotations

import streamlit as st

QUESTION = '[data-testid="stChatInputTextArea"]'
"""The field in which questions are asked."""

# Brings a new question to the top of the page, where its answer is read from the start. Streamlit
# follows a growing page to its end until it is scrolled by hand: the wheel event says so, and the
# repetition outlasts its animation, but ends as soon as the reader scrolls. The set is there because
# a change of theme calls this again.
_to_question = st.components.v2.component(
    "to_question",
    js="""
    const come = new Set();
    export default ({ key, parentElement }) => {
      if (come.has(key)) return;
      come.add(key);
      const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement;
      const moving = new AbortController(), { signal } = moving;
      const moved = (event) => { if (event.isTrusted) moving.abort(); };
      for (const sign of ["wheel", "touchmove", "keydown"])
        addEventListener(sign, moved, { passive: true, capture: true, signal });
      for (const wait of [0, 120, 300, 600, 1000, 1600]) setTimeout(() => {
        if (signal.aborted) return;
        const turn = host.closest('[class*="st-key-turn-"]');
        turn?.closest('[data-testid="stMain"], .stMain')?.dispatchEvent(new Event("wheel"));
        turn?.scrollIntoView({ block: "start" });
        if (wait === 1600) moving.abort();
      }, wait);
    };
    """,
)

# A narrow screen has no room for both.
_off_side = st.components.v2.component(
    "off_side",
    js="""
    const gone = new Set();
    export default ({ key }) => {
      if (gone.has(key)) return;
      gone.add(key);
      const side = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
      if (innerWidth < 768) side?.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    };
    """,
)

# The field may be drawn a moment later than this.
_focus = st.components.v2.component(
    "focus",
    js="""
    const come = new Set();
    export default ({ key, data }) => {
      if (come.has(key)) return;
      come.add(key);
      const until = performance.now() + 2000;
      const look = () => {
        const field = document.querySelector(data);
        if (!field) return performance.now() < until && requestAnimationFrame(look);
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
      };
      look();
    };
    """,
)


def to_question(turn: int, times: int = 0) -> None:
    """Bring the turn that this is drawn in to the top of the page, once for each number of `times`."""
    _to_question(key=f"to-question-{turn}-{times}")


def off_side(times: int) -> None:
    """Where the side covers the page, put it away, once for each number of `times`."""
    _off_side(key=f"off-side-{times}")


def to_field(selector: str, key: str) -> None:
    """Put the cursor at the end of what is in a text field, once for each `key`."""
    _focus(key=f"focus-{key}", data=selector)
