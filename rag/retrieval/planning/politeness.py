"""How politely a question is asked, which says nothing of what is asked."""

from __future__ import annotations

import re

from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import phrase


def plainly(text: str) -> str:
    """A question without words of courtesy around it."""
    changed = True
    while changed:
        before = text
        for form in sections("politeness")["around"]:
            text = phrase(form).sub("", text, count=1).strip()
        changed = text != before and bool(text)
    return re.sub(r"\s+([?.!,;])", r"\1", text or before)
