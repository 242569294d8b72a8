"""How a comparison calls its papers."""

from __future__ import annotations

from rag.answering.citations import bold
from rag.answering.wording import head, short_title
from rag.retrieval.methods import methods
from rag.types import Paper


def called(paper: Paper) -> str:
    """A paper by the beginning of its title, in bold."""
    return bold(name_of(paper))


def name_of(paper: Paper) -> str:
    """What stands before the colon of the title, if that is short; or what the paper introduces; or the beginning."""
    introduced = methods([paper]) if not head(paper.title) else []
    return introduced[0].name if introduced else short_title(paper.title)
