"""The pages, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from rag.ui import frame

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_PAGES = "pages"
SUGGESTED = "suggested"
"""The question that the chat is to ask as soon as it is shown, in the session."""
CHOSEN = "chosen"
"""The ids of the papers that alone may answer in the chat, in the session; empty for all."""
MOST_ASKED = 5_000
"""How many papers may be chosen at most: their ids go with every question, and are kept with every turn."""
TOO_MANY = f"Choose at most {MOST_ASKED:,} papers to ask about"


def pages(seeds: Path) -> list[StreamlitPage]:
    """All pages, the chat first. `seeds` are the papers of an empty library."""
    from rag.ui.authors import page as authors
    from rag.ui.chat import filters
    from rag.ui.chat import page as chat
    from rag.ui.compare import page as compare
    from rag.ui.library import page as library
    from rag.ui.settings import page as settings

    made = {
        "chat": st.Page(
            partial(frame.show, seeds, chat.show, _hand_to_chat, side=filters.show, is_chat=True),
            title="Chat",
            default=True,
        ),
        "authors": _page(seeds, authors.show, "Authors"),
        "compare": _page(seeds, compare.show, "Compare"),
        "library": _page(seeds, library.show, "Library"),
        "settings": _page(seeds, settings.show, "Settings", needs_search=False),
    }
    st.session_state[_PAGES] = made
    return list(made.values())


# No page has an icon: for one of Streamlit's, the browser would ask Google.
def _page(seeds: Path, show: Callable[..., None], title: str, *, needs_search: bool = True) -> StreamlitPage:
    run = partial(frame.show, seeds, show, ask_in_chat, needs_search=needs_search)
    return st.Page(run, title=title, url_path=title.lower())


def go(page: str, /, **query: str | Sequence[str]) -> None:
    """Go to the page "chat", "authors", "compare", "library" or "settings", its address ending in `query`."""
    st.switch_page(st.session_state[_PAGES][page], query_params=query)


def link(page: str, label: str, /, **query: str | Sequence[str]) -> None:
    """A link to one of the pages, its address ending in `query`; `label` is Markdown."""
    st.page_link(st.session_state[_PAGES][page], label=label, query_params=query)


def ask_in_chat(question: str = "", papers: Sequence[str] = ()) -> None:
    """Go to the chat, ask `question` there if there is one; only `papers`, given by their ids, may answer.

    Where they are more than `MOST_ASKED`, it is said so instead.
    """
    if _hand_to_chat(question, papers):
        go("chat")


def _hand_to_chat(question: str, papers: Sequence[str]) -> bool:
    """Whether the chat has them now; where not, it was said why."""
    if len(papers) > MOST_ASKED:
        st.warning(f"{TOO_MANY}; these are {len(papers):,}.")
        return False
    st.session_state[CHOSEN] = tuple(papers)
    if question:
        st.session_state[SUGGESTED] = question
    return True


def address() -> str:
    """Where the visitor's browser finds the chat."""
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/")
    for page in st.session_state[_PAGES].values():
        if page.url_path:
            path = path.removesuffix(f"/{page.url_path}")
    return parts._replace(path=f"{path}/", query="", fragment="").geturl()


def suggest(question: str) -> None:
    """Go to the chat and ask `question` there of all papers."""
    ask_in_chat(question)
