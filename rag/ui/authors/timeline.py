"""Papers per year as a chart, coloured by theme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from rag.retrieval.themes import FURTHER
from rag.ui import markdown
from rag.ui.authors.theme_names import named
from rag.ui.colours import REST, of_kinds
from rag.ui.wording import counted

if TYPE_CHECKING:
    import altair as alt

    from rag.retrieval.profile import Profile

_HEIGHT = 180
_LONGEST = 80  # years; further apart than that, only those with papers have a place


def show(profile: Profile) -> None:
    """The chart, and in words what it leaves out."""
    years = profile.years
    if not years:
        st.caption("The library does not know the years of these papers.")
        return
    per_year = ", ".join(f"{year}: {number:,}" for year, number in years.items())
    with st.container(key="years"):
        st.altair_chart(_chart(profile), alt=f"Papers per year. {per_year}.")
    unknown = len(profile.papers) - sum(years.values())
    gap = f" The year of {counted(unknown, 'paper')} is not known." if unknown else ""
    st.caption(f"Papers per year{', by theme' if len(profile.themes) > 1 else ''}.{gap}")
    with st.expander("The numbers as a table"):
        rows = [f"| {year} | {number:,} | {_titles(profile, year)} |" for year, number in reversed(years.items())]
        rows += [f"| not known | {unknown:,} | {_titles(profile, None)} |"] if unknown else []
        st.markdown("| Year | Papers | Titles |\n|---|---:|---|\n" + "\n".join(rows))


def _titles(profile: Profile, year: int | None) -> str:
    return "; ".join(markdown.plain(paper.title) for paper in profile.papers if (paper.year or None) == year)


def _chart(profile: Profile) -> alt.Chart:
    import altair as alt

    names = [named(theme) for theme in profile.themes]
    colours = [REST if name == FURTHER else colour for name, colour in zip(names, of_kinds(len(names)), strict=True)]
    counts = Counter(
        (profile.papers[member].year, place)
        for place, theme in enumerate(profile.themes)
        for member in theme.members
        if profile.papers[member].year
    )
    rows = [
        {"Year": str(year), "Theme": names[place], "place": place, "Papers": number}
        for (year, place), number in counts.items()
    ]
    legend = alt.Legend(orient="bottom", columns=2, title=None, labelLimit=260) if len(names) > 1 else None
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(cornerRadius=2)
        .encode(
            x=alt.X(
                "Year:O",
                scale=alt.Scale(domain=_axis(list(profile.years)), paddingInner=0.3),
                title=None,
                axis=alt.Axis(labelAngle=0),
            ),
            y=alt.Y("Papers:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("Theme:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            order=alt.Order("place:Q"),
            tooltip=["Year:O", "Theme:N", "Papers:Q"],
        )
        .properties(height=_HEIGHT)
    )


def _axis(years: list[int]) -> list[str]:
    """The years along the chart, those between without papers too."""
    first, last = years[0], years[-1]
    return [str(year) for year in (range(first, last + 1) if last - first <= _LONGEST else years)]
