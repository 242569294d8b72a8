"""How a question was understood, as chips that can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

import streamlit as st

from rag.retrieval.planning.parts import Part, parts
from rag.types import Plan
from rag.ui import markdown

_ICONS = {
    "kind": ":material/category:",
    "author": ":material/person:",
    "without author": ":material/person_off:",
    "venue": ":material/location_city:",
    "without venue": ":material/location_off:",
    "years": ":material/calendar_month:",
    "topic": ":material/topic:",
    "subject": ":material/article:",
    "without": ":material/block:",
    "number of authors": ":material/group:",
    "papers": ":material/menu_book:",
    "source": ":material/draft:",
}
_KINDS = {
    "author": "Author's work",
    "compare": "Comparison",
    "list": "List",
    "count": "Count",
    "trend": "Over the years",
    "overview": "Overview",
}


def show(turn: int, plan: Plan, drop: Callable[[Sequence[Part]], None] | None) -> None:
    """A chip for each part of the plan; `drop` is called with those to do without, None where it is too late."""
    found = [part for part in parts(plan) if part.name != "kind" or part.value in _KINDS]
    if not found:
        return
    with st.container(key=f"chips-{turn}", horizontal=True, gap="xsmall"):
        for place, part in enumerate(found):
            label = _label(part)
            if drop is None:
                st.caption(f"{_ICONS[part.name]} {label}", width="content")
                continue
            st.button(
                f"{label} :material/close:",
                key=f"chip-{turn}-{place}",
                icon=_ICONS[part.name],
                help=_help(part),
                on_click=drop,
                args=((part,),),
            )


def _label(part: Part) -> str:
    if part.name == "kind":
        return _KINDS[part.value]
    return markdown.plain(PurePath(part.value).name if part.name == "source" else part.value)


def _help(part: Part) -> str:
    return "Answer as a plain question" if part.name == "kind" else f"Answer without this {part.name}"
