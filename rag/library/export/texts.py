r"""Texts handed on so that they read the same again.

A source's text may hold LaTeX, and is read so. The few plain texts that look like LaTeX (`cost $x$ or`) get
the backslashes that say they are none.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rag.library.text import readable
from rag.readers.identifiers import arxiv_in, doi_of_address
from rag.types import Paper

_SIGNS = re.compile(r"[\\{}$~`^_%&#]")
_BRACED = {"\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "`": r"{\textasciigrave}", "^": "^"}
_UNFIT_FOR_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")


def settled(text: str) -> str:
    """The text itself, or with backslashes such that reading gives it."""
    if readable(text) == text:
        return text
    forms = (
        re.sub(r"[$]", r"\\$", text),
        _SIGNS.sub(lambda found: _BRACED.get(found[0], f"\\{found[0]}"), text),
        _SIGNS.sub(lambda found: _BRACED.get(found[0], f"{{\\{found[0]}}}"), text),
    )
    return next((form for form in forms if readable(form) == text), text)


def address(paper: Paper) -> str | None:
    """Where the paper is, every sign that an address may not hold percent-encoded; None if not known."""
    if not paper.url:
        return None
    return _UNFIT_FOR_ADDRESS.sub(lambda found: quote(found[0]), paper.url.strip())


def doi_of(paper: Paper) -> str | None:
    """The DOI that the paper's id or address holds."""
    known = doi_of_address(paper.url) if paper.url else None
    return paper.id.removeprefix("doi:") if known is None and paper.id.startswith("doi:10.") else known


def arxiv_of(paper: Paper) -> str | None:
    """The arXiv id, without version, that the paper's id or address holds."""
    if paper.id.startswith("arxiv:"):
        return arxiv_in(paper.id)
    return arxiv_in(paper.url) if paper.url and "arxiv.org/" in paper.url else None
