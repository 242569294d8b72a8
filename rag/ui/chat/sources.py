"""The papers under an answer, each with its markers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.types import Citation, Paper
from rag.ui import markdown
from rag.ui.chat.generation import Written
from rag.ui.evidence import citations, papers

SHOWN = 5


def show(turn: int, written: Written) -> None:
    """The cited papers in the order of citing; the first few, and the rest folded away."""
    cited: dict[str, list[Citation]] = {}
    for citation in written.citations:
        cited.setdefault(citation.paper_id, []).append(citation)
    sources = [_source(turn, marks, written.papers[paper_id]) for paper_id, marks in cited.items()]
    with st.container(key=f"sources-{turn}", gap="small"):
        st.markdown("**Sources**")
        for source in sources[:SHOWN]:
            st.markdown(source)
        if rest := sources[SHOWN:]:
            with st.expander(f"{len(rest)} more"):
                st.markdown("\n\n".join(rest))


def _source(turn: int, marks: Sequence[Citation], paper: Paper) -> str:
    links = " ".join(markdown.citation_link(turn, citation) for citation in marks)
    known = (papers.authors(paper), papers.published(paper))
    details = [markdown.plain(part) for part in known if part]
    if paper.url:
        details.append(markdown.address(paper.url))
    return f"{links} **{citations.title_link(turn, marks[0], paper.title)}**  \n{' · '.join(details)}"
