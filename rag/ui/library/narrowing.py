"""What narrows the list of papers: words, an author, a venue, years, a file; and its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import Source
from rag.ui import markdown
from rag.ui.library.request import ORDERS, SIZES, VIEW, Request

if TYPE_CHECKING:
    from rag.assistant import Assistant

_NAMES = {"q": "Search", "author": "Author", "venue": "Venue", "years": "Years", "source": "File"}
_KEYS = {name: f"library-{name}" for name in ("q", "author", "venue", "years", "source", "order", "k")}
_OFFERED = 50


def ask_for(request: Request) -> None:
    """Show what `request` asks for; everything else leaves the address."""
    st.query_params.from_dict(request.address())


def show(assistant: Assistant, sources: Sequence[Source]) -> Request:
    """What is asked for, as the address says it, with the ways to ask for something else."""
    request = Request.of_address(st.query_params)
    bounds = assistant.overview().years
    _show_in_widgets(request, bounds)
    with st.container(horizontal=True, gap="small", key="library-search"):
        st.text_input(
            "Search",
            key=_KEYS["q"],
            placeholder="Search by words or meaning",
            icon=":material/search:",
            label_visibility="collapsed",
            on_change=_asked,
            args=(assistant, bounds),
        )
        with st.popover("Filters", icon=":material/tune:", width="content"):
            _show_filters(assistant, request, sources, bounds)
    if request.narrowed:
        with st.container(key="chips-library", horizontal=True, gap="xsmall"):
            for part, value in request.narrowed.items():
                st.button(
                    f"{_NAMES[part]}: {markdown.plain(value)} :material/close:",
                    key=f"chip-library-{part}",
                    help="Show papers without this",
                    on_click=ask_for,
                    args=(request.without(part),),
                )
    return request


def show_order(request: Request) -> None:
    """The order of the list; where words are searched for, it is that of relevance."""
    if request.q:
        return
    st.selectbox(
        "Order",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        key=_KEYS["order"],
        label_visibility="collapsed",
        width=165,
        on_change=_ordered,
        args=(request,),
    )


def show_size(request: Request) -> None:
    """How many papers a page has."""
    st.selectbox(
        "Papers on a page",
        list(SIZES),
        format_func=lambda k: f"{k} a page",
        key=_KEYS["k"],
        label_visibility="collapsed",
        width=125,
        on_change=_ordered,
        args=(request,),
    )


def _show_filters(
    assistant: Assistant, request: Request, sources: Sequence[Source], bounds: tuple[int, int] | None
) -> None:
    people = [person.name for person in assistant.author_names("", _OFFERED)]
    _choice(assistant, "Author", "author", people, request.author, "Any author", bounds)
    venues = [venue for venue, _ in assistant.venue_names()]
    if venues:
        _choice(assistant, "Venue", "venue", venues, request.venue, "Any venue", bounds)
    if bounds and bounds[0] < bounds[1]:
        st.slider("Years", *bounds, key=_KEYS["years"], on_change=_asked, args=(assistant, bounds))
    names = list(dict.fromkeys(Path(source.path).name for source in sources))
    if len(names) > 1:
        _choice(assistant, "File", "source", names, request.source, "Any file", bounds, own=False)


def _choice(
    assistant: Assistant,
    label: str,
    name: str,
    options: Sequence[str],
    present: str,
    anything: str,
    bounds: tuple[int, int] | None,
    *,
    own: bool = True,
) -> None:
    """A choice among `options`, or what a visitor writes where that is their `own`."""
    offered = list(dict.fromkeys([*options, present] if present else options))
    st.selectbox(
        label,
        offered,
        index=None,
        key=_KEYS[name],
        placeholder=f"{anything}; type a name" if own else anything,
        accept_new_options=own,
        on_change=_asked,
        args=(assistant, bounds),
    )


def _show_in_widgets(request: Request, bounds: tuple[int, int] | None) -> None:
    """Let the widgets show what is asked for: it may come from a link, a chip or a figure."""
    put("q", request.q)
    put("author", request.author or None)
    put("venue", request.venue or None)
    put("source", request.source or None)
    put("order", request.order)
    put("k", request.k)
    if bounds:
        since, until = request.since or bounds[0], request.until or bounds[1]
        first, last = (min(max(year, bounds[0]), bounds[1]) for year in (since, until))
        put("years", (min(first, last), max(first, last)))


def put(name: str, value: object) -> None:
    """Let a widget show a value, unless it does: what a visitor does meanwhile would be lost."""
    key = f"library-{name}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _asked(assistant: Assistant, bounds: tuple[int, int] | None) -> None:
    """Ask for what the widgets say, from the first page on."""
    if st.query_params.get(VIEW, "papers") != "papers":
        return  # a widget that the browser had not brought up to date when its visitor left for another view
    state = st.session_state
    since, until = state.get(_KEYS["years"]) or (None, None)
    if bounds:
        since = None if since == bounds[0] else since
        until = None if until == bounds[1] else until
    author = (state.get(_KEYS["author"]) or "").strip()
    before = Request.of_address(st.query_params)
    if author and author != before.author:
        # What was typed so far, or with a slip, is the name it is most like.
        author = next((person.name for person in assistant.author_names(author, 1)), author)
    ask_for(
        replace(
            before,
            q=state[_KEYS["q"]].strip(),
            author=author,
            venue=(state.get(_KEYS["venue"]) or "").strip(),
            source=state.get(_KEYS["source"]) or "",
            since=since,
            until=until,
            page=1,
        )
    )


def _ordered(request: Request) -> None:
    order = st.session_state.get(_KEYS["order"], request.order)
    ask_for(replace(request, order=order, k=st.session_state[_KEYS["k"]], page=1))
