"""Who has most of the papers of a selection."""

from __future__ import annotations

from collections import Counter

from rag.answering.citations import quoted
from rag.answering.survey.selection import Selection
from rag.answering.wording import joined
from rag.library.names import Name
from rag.library.store import Library

_NAMED = 5
_LEAST = 2  # papers


def most_papers(library: Library, selected: Selection) -> str:
    """A sentence that names the authors with most of the papers; empty where no author has several."""
    counted = _counted(library, selected)
    leading = [(key, papers) for key, papers in counted.most_common(_NAMED + 1) if papers >= _LEAST]
    # Where the next one has as many, all with that number stay unnamed.
    if len(leading) > _NAMED:
        leading = [each for each in leading if each[1] > leading[-1][1]]
    if not leading:
        return ""
    rows = library.rows_in(
        "SELECT key, family, given, suffix FROM authors WHERE key IN ({})", [key for key, _ in leading]
    )
    names = {key: Name(*parts).display for key, *parts in rows}
    ordered = sorted(leading, key=lambda each: (-each[1], names[each[0]]))
    return f"Most papers are by {joined([f'{quoted(names[key])} ({papers:,})' for key, papers in ordered])}."


def _counted(library: Library, selected: Selection) -> Counter[int]:
    if len(selected.keys) == library.count("papers"):
        rows = library.rows("SELECT author, count(*) FROM authorships GROUP BY author ORDER BY count(*) DESC LIMIT 100")
        return Counter(dict(rows))
    authored = library.rows_in("SELECT DISTINCT paper, author FROM authorships WHERE paper IN ({})", selected.keys)
    return Counter(author for _, author in authored)
