"""Answers about papers themselves, from what the library knows of them: authors, year, venue and link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import Numbering, bold, italic
from rag.answering.wording import joined
from rag.types import Asks, Hit, Paper


def write(asks: Asks, hits: Sequence[Hit], numbering: Numbering) -> Iterator[str]:
    """The answer as Markdown, a sentence for each paper, which cites its title.

    `hits` have their titles as evidence; several papers have a bullet each. Where the library does not know
    what is asked of any of them, that is a refusal, and nothing is cited.
    """
    answered = any(_knows(asks, hit.paper) for hit in hits)
    for place, hit in enumerate(hits):
        marker = f" {numbering.marker(hit.paper, hit.evidence[0], supported=True)}" if answered else ""
        before = "\n- " if place else "- " if len(hits) > 1 else ""
        yield f"{before}{_sentence(asks, hit.paper)}{marker}"


def _knows(asks: Asks, paper: Paper) -> bool:
    known = {"authors": paper.authors, "year": paper.year, "venue": paper.venue, "link": paper.url}
    return bool(known[asks])


def _sentence(asks: Asks, paper: Paper) -> str:
    title = bold(paper.title)
    if asks == "authors":
        return _by(paper, title)
    if asks == "year":
        return (
            f"{title} appeared in {paper.year}." if paper.year else f"The library does not say when {title} appeared."
        )
    if asks == "venue":
        in_year = f" in {paper.year}" if paper.year else ""
        if paper.venue:
            return f"{title} appeared in {italic(paper.venue)}{in_year}."
        known = f", only that it was{in_year}" if in_year else ""
        return f"The library does not say where {title} appeared{known}."
    return f"{title} is at {paper.url}" if paper.url else f"The library has no link for {title}."


def _by(paper: Paper, title: str) -> str:
    if not paper.authors:
        return f"The library does not say who wrote {title}."
    people, several = joined(paper.authors), len(paper.authors) > 1
    if paper.authors_complete:
        return f"{title} is by {people}."
    known = "The only known author" if not several else "The known authors"
    return f"{known} of {title} {'are' if several else 'is'} {people}; there may be more."
