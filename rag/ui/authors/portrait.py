"""One author: figures, papers by year, what they work on, with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.ui import markdown, navigation, report, server
from rag.ui.authors import company, finding, timeline
from rag.ui.wording import counted, span

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieval.people import Person
    from rag.retrieval.profile import Profile


def show(assistant: Assistant, person: Person) -> None:
    """The whole page of one author."""
    profile = server.profile(assistant, person.name, str(assistant.revision), assistant.pending())
    finding.show_way_back()
    with st.container(key="author", horizontal=True, vertical_alignment="bottom"):
        with st.container(gap=None):
            st.title(markdown.plain(person.name), anchor=False)
            st.markdown(_figures(profile))
        ids = tuple(paper.id for paper in profile.papers)
        if st.button("Ask about this author", key="ask-author", icon=":material/chat_bubble:"):
            navigation.ask_in_chat(papers=ids)
    timeline.show(profile)
    told = st.container(key="digest")
    company.show(profile)  # before the digest, which may take a while to write
    with told:
        made = server.reports(assistant).of("author", (person.name,), report.seen())
        report.show(made, assistant, navigation.suggest)


def _figures(profile: Profile) -> str:
    figures = [counted(len(profile.papers), "paper")]
    if years := list(profile.years):
        figures.append(span((years[0], years[-1])))
    known = "known " if profile.partial else ""
    figures.append(counted(len(profile.coauthors), f"{known}co-author") if profile.coauthors else "no known co-authors")
    return markdown.plain(" · ".join(figures))
