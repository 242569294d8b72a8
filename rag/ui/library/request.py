"""What is asked of the shelf: which papers, in what order, which page. It lives in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, Self

from rag.types import Filters, Source

Order = Literal["newest", "title", "added"]
ORDERS: Mapping[Order, str] = {"newest": "Newest first", "title": "By title", "added": "Last added first"}
VIEW = "view"
"""Which view of the library is chosen, in the address; without one it is the list of papers."""
SIZES = (25, 50)


@dataclass(frozen=True, slots=True)
class Request:
    """A page of the shelf as a visitor asks for it. `source` is a file's name, `page` counts from 1."""

    q: str = ""
    author: str = ""
    venue: str = ""
    since: int | None = None
    until: int | None = None
    source: str = ""
    order: Order = "newest"
    k: int = SIZES[0]
    page: int = 1

    @classmethod
    def of_address(cls, query: Mapping[str, str]) -> Self:
        """What the address asks for; what makes no sense in it is passed over."""
        found = cls(
            q=query.get("q", "").strip(),
            author=query.get("author", "").strip(),
            venue=query.get("venue", "").strip(),
            since=_year(query.get("since", "")),
            until=_year(query.get("until", "")),
            source=query.get("source", "").strip(),
        )
        k, page = _number(query.get("k", "")), _number(query.get("page", ""))
        return replace(
            found,
            order=next((order for order in ORDERS if order == query.get("order")), found.order),
            k=k if k in SIZES else found.k,
            page=max(1, page or 1),
        )

    def address(self) -> dict[str, str]:
        """The parts of the address that ask for this; what is as always is left out."""
        usual = type(self)()
        return {
            field.name: str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(usual, field.name)
        }

    @property
    def start(self) -> int:
        """The place of the first paper."""
        return (self.page - 1) * self.k

    def filters(self, sources: Sequence[Source]) -> Filters:
        """Which papers are asked for; a file's name stands for every file that was read under it."""
        years = None if self.since is None and self.until is None else (self.since, self.until)
        # A name that no file has leaves nothing, rather than everything.
        paths = tuple(source.path for source in sources if Path(source.path).name == self.source) or (self.source,)
        return Filters(
            authors=(self.author,) if self.author else (),
            venue=self.venue or None,
            years=years,
            sources=paths if self.source else (),
        )

    def without(self, part: str) -> Self:
        """The same without "q", "author", "venue", "years" or "source", from the first page on."""
        usual = type(self)()
        parts = ("since", "until") if part == "years" else (part,)
        return replace(self, page=1, **{name: getattr(usual, name) for name in parts})

    @property
    def narrowed(self) -> dict[str, str]:
        """What leaves papers out, by part, in words."""
        years = ""
        if self.since is not None or self.until is not None:
            years = f"{self.since or ''}–{self.until or ''}" if self.since != self.until else f"{self.since}"
        parts = {"q": self.q, "author": self.author, "venue": self.venue, "years": years, "source": self.source}
        return {name: value for name, value in parts.items() if value}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _year(text: str) -> int | None:
    number = _number(text)
    return number if number and number < 10_000 else None
