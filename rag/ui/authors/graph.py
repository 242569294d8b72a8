"""The graph of an author's co-authors: who is where, and the chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rag.ui.colours import LINE

if TYPE_CHECKING:
    import altair as alt

    from rag.retrieval.profile import Profile

NAME = "Author"
CLICKED = "clicked"
_MOST = 24  # co-authors
_ROW, _AROUND = 26, 60  # pixels of height for a name, and besides
_RING = 0.42  # how far the co-authors are to the sides; beyond is room for their names
_TOP = 0.95  # how far up and down they are at most
_BESIDE = 11  # pixels from the middle of a dot to its name


@dataclass(frozen=True, slots=True)
class Drawing:
    """An author in the middle at (0, 0), co-authors in a ring around, and who of them wrote together.

    Attributes:
        author: The name in the middle.
        coauthors: Names with the number of papers joint with the author; those who wrote together next to each other.
        places: Where each co-author is, in [-1, 1]; no two of a side are on one line.
        lines: Two co-authors, as places in `coauthors`, and how many papers they have in common with the author.
    """

    author: str
    papers: int
    coauthors: tuple[tuple[str, int], ...]
    places: tuple[tuple[float, float], ...]
    lines: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, profile: Profile) -> Self:
        """The drawing of a profile, the same each time."""
        number = min(len(profile.coauthors), _MOST)
        shared = {pair: papers for pair, papers in profile.shared.items() if max(pair) < number}
        order = _in_company(number, shared)
        where = {coauthor: place for place, coauthor in enumerate(order)}
        return cls(
            profile.person.name,
            len(profile.papers),
            tuple(profile.coauthors[coauthor] for coauthor in order),
            _ring(number),
            tuple((where[one], where[other], papers) for (one, other), papers in shared.items()),
        )


def _in_company(number: int, shared: dict[tuple[int, int], int]) -> list[int]:
    """The co-authors, each followed by whom of those left they wrote most with."""
    left, order = list(range(number)), list[int]()
    while left:
        last = order[-1] if order else -1
        closest = max(left, key=lambda one: (shared.get((min(one, last), max(one, last)), 0), -one))
        left.remove(closest)
        order.append(closest)
    return order


def _ring(number: int) -> tuple[tuple[float, float], ...]:
    """Places down the right side and up the left, as far from each other in height as can be."""
    right = (number + 1) // 2
    places = []
    for side, rows in ((1, right), (-1, number - right)):
        for row in range(rows):
            y = side * _TOP * (1 - (2 * row + 1) / rows)
            places.append((side * _RING * (1 - y * y) ** 0.5, y))
    return tuple(places)


def chart(drawing: Drawing) -> alt.LayerChart:
    """The chart; a click on a co-author selects the name as `CLICKED`."""
    import altair as alt

    scale = alt.Scale(domain=[-1, 1], nice=False)
    x, y = alt.X("x:Q", axis=None, scale=scale), alt.Y("y:Q", axis=None, scale=scale)
    # Without a range, the colours are those of the page's theme.
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["author", "co-author"]), legend=None)
    middle = [{NAME: drawing.author, "Papers": drawing.papers, "x": 0.0, "y": 0.0, "kind": "author"}]
    people = [
        {NAME: name, "Joint papers": papers, "x": spot[0], "y": spot[1], "kind": "co-author"}
        for (name, papers), spot in zip(drawing.coauthors, drawing.places, strict=True)
    ]
    most = max((papers for _, papers in drawing.coauthors), default=1)
    joined = (
        alt.Chart(alt.InlineData(values=_lines(drawing)))
        .mark_rule(color=LINE)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            opacity=alt.Opacity("shown:Q", scale=None, legend=None),
            strokeWidth=alt.StrokeWidth("papers:Q", scale=alt.Scale(domain=[0, most], range=[0.6, 4]), legend=None),
        )
    )
    dots = (
        alt.Chart(alt.InlineData(values=people))
        .mark_circle(opacity=1, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=colour,
            size=alt.Size(
                "Joint papers:Q", scale=alt.Scale(type="sqrt", domain=[0, most], range=[40, 240]), legend=None
            ),
            tooltip=[f"{NAME}:N", "Joint papers:Q"],
        )
        .add_params(alt.selection_point(name=CLICKED, fields=[NAME], on="click"))
    )
    centre = (
        alt.Chart(alt.InlineData(values=middle))
        .mark_circle(size=340, opacity=1)
        .encode(x=x, y=y, color=colour, tooltip=[f"{NAME}:N", "Papers:Q"])
    )
    own = _names(middle, 0.34, dy=-17).encode(x=x, y=y)
    right = _names(people, 0.28, dx=_BESIDE, align="left").transform_filter("datum.x > 0").encode(x=x, y=y)
    left = _names(people, 0.28, dx=-_BESIDE, align="right").transform_filter("datum.x < 0").encode(x=x, y=y)
    rows = (len(people) + 1) // 2
    return alt.layer(joined, dots, centre, own, right, left).properties(height=_AROUND + _ROW * max(rows, 4))


def _lines(drawing: Drawing) -> list[dict[str, float]]:
    ends = [
        ((0.0, 0.0), spot, papers, 0.22) for (_, papers), spot in zip(drawing.coauthors, drawing.places, strict=True)
    ]
    ends += [(drawing.places[one], drawing.places[other], papers, 0.45) for one, other, papers in drawing.lines]
    return [
        {"x": a[0], "y": a[1], "x2": b[0], "y2": b[1], "papers": papers, "shown": shown} for a, b, papers, shown in ends
    ]


def _names(people: list[dict[str, object]], share: float, **where: object) -> alt.Chart:
    """The names of these people, none longer than its share of the chart's width."""
    import altair as alt

    limit = alt.ExprRef(f"width * {share} - {_BESIDE}")
    return (
        alt.Chart(alt.InlineData(values=people))
        .mark_text(fontSize=12, limit=limit, baseline="middle", **where)
        .encode(text=f"{NAME}:N")
    )
