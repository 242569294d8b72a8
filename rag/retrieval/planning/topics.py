"""What the papers of a list, a count, a trend or an overview are about."""

from __future__ import annotations

import re

from rag.index.terms import analyse
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import MARK, phrase
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import WORK_AS_A_WHOLE

# Words that say which records are meant, or what is done with them, and no topic.
_METADATA = frozenset(
    analyse(
        "new year venue journal conference author list count number newest oldest first latest recent paper collection"
        " library per many all everything publish public publication article preprint study title link url"
        " coauthor collaborator topic theme different total record entry main top big most common kind sort doi"
        " pdf people person abstract lack missing without has have single co-author co-write together hot fashionable"
        " digest profile walk known famous expert method introduce introduced line contribution achievement research"
        " cover covered appear develop interest bibtex ris reference short brief quick full complete field growth"
        " collaborate collaboration done work career portfolio output happen happened change changed"
    )
)


def topic(text: str, titles: tuple[str, ...]) -> str:
    """What papers are about by a text whose names are marks, in its own words; empty if it limits them by no topic."""
    left = _without_marks(text, titles)
    changed, said = True, False
    while changed and left:
        before = left
        for section in ("about", "leads"):
            for lead in sections("topics")[section]:
                # What follows "papers about" is the topic as it is written.
                if section == "about" or not said:
                    shorter = phrase(lead).sub("", left, count=1)
                    said = said or (section == "about" and shorter != left)
                    left = shorter
        left = phrase(r"^(?:the|an?|any|all|some) ").sub("", left)
        for tail in sections("topics")["tails"]:
            left = phrase(rf"(?:^|[\s,;:–-]+)(?:{tail})[\s?.!,;:]*$").sub("", left)
        left = left.strip(' ,;:?.!-–—()"“”#/')
        changed = left != before
    terms = content_terms(left)
    return left if terms and not set(terms) <= (WORK_AS_A_WHOLE | _METADATA) else ""


def _without_marks(text: str, titles: tuple[str, ...]) -> str:
    def restored(match: re.Match[str]) -> str:
        return titles[int(match["place"])] if match["sort"] == "title" else " "

    text = re.sub(
        r"(?:\b(?:by|in|at|from|since|with|of|for|both|and|or|not|without)\s+)*⟨(?:author|venue|years)\d+⟩(?:['’]s?(?!\w))?",
        " ",
        text,
    )
    return " ".join(MARK.sub(restored, text).split())
