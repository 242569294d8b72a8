"""The map of the library: every paper a point among those like it; a selection can be asked about."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.errors import LibraryError
from rag.types import Filters
from rag.ui import markdown, navigation
from rag.ui.wording import counted

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.library_map import LibraryMap

_HERE = Path(__file__).with_name("map_parts")
_PARTS = ("points.js", "drawing.js", "gestures.js", "map.js")  # one module: a component has no other
_STYLE = _HERE / "page.css"
_chart = st.components.v2.component(
    "library_map",
    html=(_HERE / "map.html").read_text(encoding="utf-8"),
    css=(_HERE / "map.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / part).read_text(encoding="utf-8") for part in _PARTS),
)
_SINGLE = 2  # papers: fewer make no map
_POLL_SECONDS = 1.0
_LISTED = "papers listed below the map"
_SHOWN = 50


def show(assistant: Assistant) -> None:
    """The map, or what keeps it from being shown; papers that are chosen on it are listed below.

    Raises:
        LibraryError: The map could not be made.
    """
    chart = assistant.library_map()
    if chart is None:
        _wait(assistant)
    elif len(chart.ids) < _SINGLE:
        st.info("A map needs at least two papers. Add more to see which are alike.")
    else:
        _show(assistant, chart)


@st.fragment(run_every=_POLL_SECONDS)
def _wait(assistant: Assistant) -> None:
    """How far the first map is; the page is drawn again when it is there."""
    try:
        waiting = assistant.library_map() is None
    except LibraryError:  # the page says it
        waiting = False
    if not waiting:
        st.rerun()
    done = assistant.map_progress()
    if done is None:
        st.info("There is no map yet: no paper has been indexed for its meaning. It comes by itself once some are.")
    else:
        st.progress(done, f"Laying out the map of {counted(assistant.paper_count(), 'paper')}…")


def _show(assistant: Assistant, chart: LibraryMap) -> None:
    st.html(_STYLE)
    chosen = _chart(key="library-map", data=packed(chart), on_ask_change=_nothing, on_list_change=_nothing)
    if chart.missing:
        verb = "is" if chart.missing == 1 else "are"
        st.caption(f"{counted(chart.missing, 'paper')} {verb} not on the map: not indexed for meaning yet.")
    if ids := _ids(chart, chosen.ask):
        navigation.ask_in_chat(papers=ids)
    if chosen.list is not None:
        st.session_state[_LISTED] = _ids(chart, chosen.list)
    if listed := st.session_state.get(_LISTED):
        _show_list(assistant, listed)


def _nothing() -> None:
    """What is chosen on the map is read where the map is drawn."""


def _ids(chart: LibraryMap, chosen: Any) -> tuple[str, ...]:
    """The papers the browser names by their places, unless it shows another map than this."""
    if not isinstance(chosen, dict) or chosen.get("map") != chart.name:
        return ()
    places = chosen.get("places")
    if not isinstance(places, list):
        return ()
    return tuple(chart.ids[place] for place in places if isinstance(place, int) and 0 <= place < len(chart.ids))


def _show_list(assistant: Assistant, ids: tuple[str, ...]) -> None:
    with st.container(key="map-list", gap="small"):
        st.markdown(f"**{counted(len(ids), 'paper')} selected**")
        for paper in assistant.browse(Filters(papers=ids), k=_SHOWN).papers:
            known = " · ".join(
                part for part in (", ".join(paper.authors[:3]), paper.venue, str(paper.year or "")) if part
            )
            st.markdown(
                f"{markdown.plain(paper.title)}  \n{markdown.plain(known)}" if known else markdown.plain(paper.title)
            )
        if len(ids) > _SHOWN:
            st.caption(f"and {len(ids) - _SHOWN:,} more")


@lru_cache(maxsize=1)
def packed(chart: LibraryMap) -> bytes:
    """The map as the browser reads it: numbers as they lie in memory, titles compressed, in all 35 bytes a paper.

    First the length of a description and itself (JSON, filled up with blanks to a multiple of four bytes), then
    `x` and `y` in 65,535ths, years and themes, then the titles, a line each, deflated.
    """
    import numpy as np

    titles = "\n".join(" ".join(title.split()) for title in chart.titles)
    known = np.sort(chart.years[chart.years > 0])
    years = [int(known[len(known) // 40]), int(known[-1])] if len(known) else None  # a few far older ones aside
    description = {
        "map": chart.name,
        "papers": len(chart.ids),
        "most": navigation.MOST_ASKED,
        "too_many": navigation.TOO_MANY,
        "labels": chart.labels,
        "counts": np.bincount(chart.theme, minlength=len(chart.labels)).tolist(),
        "places": chart.label_places.round(4).tolist(),
        "years": years,
        "older": bool(years and int(known[0]) < years[0]),
    }
    head = json.dumps(description).encode()
    head += b" " * (-len(head) % 4)
    numbers = [np.rint(np.clip(axis, 0, 1) * 65535).astype("<u2").tobytes() for axis in (chart.x, chart.y)]
    numbers += [chart.years.astype("<u2").tobytes(), chart.theme.tobytes()]
    return b"".join([len(head).to_bytes(4, "little"), head, *numbers, zlib.compress(titles.encode(), 1)])
