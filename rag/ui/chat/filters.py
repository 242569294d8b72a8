"""Which papers may answer: the filters in the sidebar. They outlast a visit to another page, and a reload."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from rag.types import EVERYTHING, Filters
from rag.ui import markdown, server, visitor
from rag.ui.wording import counted, span

if TYPE_CHECKING:
    from rag.assistant import Assistant

_FILTERS = "filters"  # in the session: what is set
_WRITTEN = "filter-written"  # in the session: a name that is not one author's, and who it can be
_AUTHORS, _VENUE, _YEARS, _SOURCES = "filter-authors", "filter-venue", "filter-years", "filter-sources"
_BOUNDS = "filter-years-known"  # in the session: the years between which the visitor chooses
_OFFERED = 100  # authors; any other can be typed
_MEANT = 12


def kept() -> Filters:
    """What the visitor has set."""
    if _FILTERS not in st.session_state:  # the page was loaded again
        st.session_state[_FILTERS] = server.choices().of(visitor.current()).filters
    filters: Filters = st.session_state[_FILTERS]
    return filters


def clear() -> None:
    """Let every paper answer."""
    _keep(EVERYTHING)


def show(assistant: Assistant) -> None:
    """The filters, and how many papers they leave; nothing where there are no papers."""
    overview = assistant.overview()
    if not overview.papers:
        return
    with st.container(key="filters"), st.expander("Filters", icon=":material/filter_alt:"):
        _choose_authors(assistant)
        _choose_venue(assistant)
        if overview.years and overview.years[0] < overview.years[1]:
            _choose_years(overview.years)
        _choose_sources(assistant)
        filters = kept()
        st.caption(leaves(assistant.count(filters), overview.papers))
        if filters != EVERYTHING:
            st.button("Clear filters", key="filters-clear", icon=":material/filter_alt_off:", on_click=clear)


def leaves(papers: int, of: int) -> str:
    """How many papers are left, in words."""
    if not papers:
        return "No paper has all of this: take a filter away."
    return f"All {counted(of, 'paper')}" if papers == of else f"{papers:,} of {counted(of, 'paper')}"


def described(filters: Filters) -> str:
    """The filters in a line: "Orla Wen · ICLR · 2019–2021"."""
    years = [span((filters.years[0] or 0, filters.years[1] or 0))] if filters.years else []
    venue = [filters.venue] if filters.venue else []
    return " · ".join([*filters.authors, *venue, *years, *map(_file, filters.sources)])


def _keep(filters: Filters) -> None:
    """Set what the widgets show when they are drawn next, too."""
    _set(filters)
    st.session_state.pop(_WRITTEN, None)
    for key in (_AUTHORS, _VENUE, _YEARS, _SOURCES):
        st.session_state.pop(key, None)


def _set(filters: Filters) -> None:
    if filters != kept():
        st.session_state[_FILTERS] = filters
        server.choices().set_filters(visitor.current(), filters)


def _choose_authors(assistant: Assistant) -> None:
    """Some authors to choose from, and whoever is typed; a name of several makes these the ones to choose from."""
    chosen = kept().authors
    written, meant = st.session_state.get(_WRITTEN, ("", ()))
    offered = [person.name for person in meant or assistant.author_names(k=_OFFERED)]

    def settle() -> None:
        st.session_state.pop(_WRITTEN, None)
        authors: list[str] = []
        for name in st.session_state[_AUTHORS]:
            found = [name] if name in (*chosen, *offered) else _meant(assistant, name)
            authors += found if len(found) == 1 else []
        st.session_state[_AUTHORS] = list(dict.fromkeys(authors))

    _start(_AUTHORS, list(chosen))
    st.multiselect(
        "Authors",
        list(dict.fromkeys((*chosen, *offered))),
        key=_AUTHORS,
        accept_new_options=True,
        select_all=False,
        placeholder="Type a name, then Enter",
        on_change=settle,
    )
    _set(replace(kept(), authors=tuple(st.session_state[_AUTHORS])))
    if written:
        name = markdown.plain(written)
        st.caption(f"Several can be “{name}”: choose above." if meant else f"The library has no author “{name}”.")


def _meant(assistant: Assistant, written: str) -> list[str]:
    """Whom a typed name means; unless that is one author, they are kept to be chosen from."""
    people = assistant.author_names(written, _MEANT)
    names = [person.name for person in people]
    exact = [name for name in names if name.casefold() == written.strip().casefold()]
    if len(names) != 1 and not exact:
        st.session_state[_WRITTEN] = written, people
    return exact[:1] or names


def _choose_venue(assistant: Assistant) -> None:
    venues = dict(assistant.venue_names())
    if not venues:
        return
    venue = kept().venue
    _start(_VENUE, venue)
    chosen = st.selectbox(
        "Venue",
        [venue, *venues] if venue and venue not in venues else list(venues),
        key=_VENUE,
        placeholder="Any venue",
        format_func=lambda name: f"{name} · {venues[name]:,}" if name in venues else name,
    )
    _set(replace(kept(), venue=chosen))


def _choose_years(known: tuple[int, int]) -> None:
    if st.session_state.get(_BOUNDS) != known:  # papers came or went: Streamlit would forget what was chosen
        st.session_state[_BOUNDS] = known
        st.session_state.pop(_YEARS, None)
    first, last = kept().years or known
    _start(_YEARS, tuple(min(max(year, known[0]), known[1]) for year in (first or known[0], last or known[1])))
    st.slider("Years", *known, key=_YEARS)
    years: tuple[int, int] = st.session_state[_YEARS]
    _set(replace(kept(), years=None if years == known else years))


def _choose_sources(assistant: Assistant) -> None:
    sources = {source.path: source for source in assistant.sources_read()}
    if len(sources) < 2:
        return
    _start(_SOURCES, [path for path in kept().sources if path in sources])
    chosen = st.multiselect(
        "Files",
        list(sources),
        key=_SOURCES,
        select_all=False,
        format_func=lambda path: f"{_file(path)} · {sources[path].papers:,}",
        placeholder="Any file",
    )
    _set(replace(kept(), sources=tuple(chosen)))


def _file(path: str) -> str:
    return PurePath(path).name


def _start(key: str, value: object) -> None:
    """Give a widget the value that is kept, if Streamlit has forgotten its own while it was not drawn."""
    if key not in st.session_state:
        st.session_state[key] = value
