"""Authors whom a text names in full, wherever they stand in it."""

from __future__ import annotations

import re

from rag.library.store import Library
from rag.retrieval.planning.author_slots import Slot, slot
from rag.retrieval.planning.phrases import AUTHOR, FILTER_MARK, mark
from rag.retrieval.planning.written_names import POSSESSIVE, begins_family, could_name, is_known
from rag.retrieval.question import content_terms

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_LONGEST = 4  # words of a name


def named_authors(library: Library, text: str) -> tuple[tuple[str, ...], str]:
    """The authors of the library that a text names in full, as it writes them, and the text without their names."""
    found, rest = full_names(library, text)
    return tuple(dict.fromkeys(found)), FILTER_MARK.sub(" ", rest)


def full_names(library: Library, text: str) -> tuple[list[str], str]:
    """Names of two words or more that an author of the library has, in order, and the text with marks for them."""
    found: list[str] = []
    out: list[str] = []
    words = list(_WORD.finditer(text))
    # A name has a family name: no other span has to be looked up whole.
    family = [begins_family(library, POSSESSIVE.sub("", word[0])) for word in words]
    first = done = 0
    while first < len(words):
        start = words[first].start()
        ends = [word.end() for word in words[first : first + _LONGEST]]
        lengths = range(len(ends), 1, -1)
        could = (length for length in lengths if any(family[first : first + length]))
        length = next((each for each in could if _names_author(library, text, start, ends[each - 1])), 0)
        if length:
            written = POSSESSIVE.sub("", text[start : ends[length - 1]])
            out += [text[done:start], mark(AUTHOR, len(found))]
            found.append(written)
            done = start + len(written)
        first += length or 1
    return found, "".join([*out, text[done:]])


def _names_author(library: Library, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    opens = not text[:start].strip()
    if opens and "," not in written and not content_terms(written.split()[0]):
        return False  # "In S. cerevisiae": grammar opens a sentence with a capital
    name = POSSESSIVE.sub("", written)
    if could_name(written):
        return is_known(library, name)
    # "di he" is grammar, too: nobody but authors may stand in its place.
    in_small_letters = name.islower() and name.replace(" ", "").isalpha()
    return in_small_letters and is_known(library, name) and slot(text[:start], text[end:]) is Slot.CERTAIN
