"""How many papers there are of each year and in each venue; a click shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.ui import markdown
from rag.ui.library.request import Request
from rag.ui.wording import counted, span

if TYPE_CHECKING:
    import altair as alt

    from rag.assistant import Assistant

_VENUES = 20
_CLICKED = "clicked"
_HEIGHT = 260
_ROW, _AROUND = 24, 30  # pixels of a bar, and of what is around them all


def show(assistant: Assistant) -> None:
    """Both figures, each with its caption and its numbers as a table."""
    years, venues = assistant.papers_per_year(), assistant.papers_per_venue(k=_VENUES)
    total = assistant.paper_count()
    if not years and not venues:
        st.markdown("No paper of this library has a year or a venue, so there is nothing to draw.")
        return
    if years:
        rows = [(str(year), years.get(year, 0)) for year in range(min(years), max(years) + 1)]
        caption = _of_years(years, total)
        if year := _figure("Papers per year", "year", rows, caption, upright=True):
            _leave_for(Request(since=int(year), until=int(year)))
    if venues:
        caption = f"The {counted(len(venues), 'venue')} with most papers." if len(venues) > 1 else "The only venue."
        if venue := _figure("Papers per venue", "venue", venues, caption, upright=False):
            _leave_for(Request(venue=venue))


def _of_years(years: Mapping[int, int], total: int) -> str:
    dated, most = sum(years.values()), max(years, key=lambda year: years[year])
    caption = f"{counted(dated, 'paper')}, {span((min(years), max(years)))}; most in {most}, {years[most]:,}."
    if undated := total - dated:
        caption += f" {counted(undated, 'paper')} without a year {'is' if undated == 1 else 'are'} left out."
    return caption


def _figure(title: str, field: str, rows: Sequence[tuple[str, int]], caption: str, *, upright: bool) -> str | None:
    """Bars with a heading; the one that was clicked."""
    st.subheader(title, anchor=False)
    st.caption(f"{markdown.plain(caption)} Click a bar for its papers.")
    event: Any = st.altair_chart(
        _bars(title, field, rows, caption, upright=upright),
        on_select="rerun",
        selection_mode=_CLICKED,
        key=f"library-figure-{field}",
    )
    with st.expander("The numbers as a table"):
        head = f"| {field.capitalize()} | Papers |\n|---|---:|\n"
        st.markdown(head + "\n".join(f"| {markdown.plain(name)} | {papers:,} |" for name, papers in rows if papers))
    clicked = event.selection.get(_CLICKED) or []
    return str(clicked[0][field]) if clicked else None


def _bars(title: str, field: str, rows: Sequence[tuple[str, int]], caption: str, *, upright: bool) -> alt.Chart:
    import altair as alt

    values = alt.Data(values=[{field: name, "papers": papers} for name, papers in rows])
    amount = {
        "title": None,
        "axis": alt.Axis(tickMinStep=1, tickCount=5, format=",d"),
        "scale": alt.Scale(domain=[0, max(papers for _, papers in rows)], nice=True),
        "stack": None,
    }
    names = alt.Axis(title=None, labelLimit=230, labelOverlap="greedy" if upright else False, labelAngle=0)
    across, along = (alt.X, alt.Y) if upright else (alt.Y, alt.X)
    encoded = {
        "x" if upright else "y": across(f"{field}:N", sort=None, axis=names),
        "y" if upright else "x": along("papers:Q", **amount),
    }
    chart = alt.Chart(
        values, description=f"{title}. {caption}", height=_HEIGHT if upright else _AROUND + _ROW * len(rows)
    )
    return (
        chart.mark_bar(cornerRadiusEnd=3, cursor="pointer")
        .encode(**encoded, tooltip=[alt.Tooltip(f"{field}:N"), alt.Tooltip("papers:Q", format=",d")])
        .add_params(alt.selection_point(name=_CLICKED, fields=[field]))
    )


def _leave_for(request: Request) -> None:
    """Show the papers of a bar."""
    st.query_params.from_dict(request.address())
    st.rerun()
