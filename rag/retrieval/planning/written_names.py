"""Whether some words are written as the name of a person is, and whose it can be."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from rag.library.identity import title_key
from rag.library.names import Name, readings
from rag.library.store import Library
from rag.retrieval.question import content_terms

POSSESSIVE = re.compile(r"(?:['’]s?|(?<=s)['’])\.?$|(?<=\w\w\w)\.$")
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ter ten zu y".split())
_WORD = re.compile(r"(?<![\w⟨/@#+-])(?:[^\W\d_]\.-?)+|(?<![\w⟨/@#+-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w⟩/@+-])")
_INITIALS_BEHIND = re.compile(r", (?:[A-Z]\.?[ -]?){1,3}(?![\w’'])")
_IRREGULAR = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van|Von|O['’])[A-Z][^\W\d_A-Z]+")
_SURE_LETTERS = 3
_ALIKE = 85  # percent of two names, for one to be a misspelling of the other
_PARTS = re.compile(r"['’-]")


def could_name(text: str) -> bool:
    """Whether words are written as a full name can be: all with capitals but particles, or all without.

    At most one comma stands in it; an initial is a capital or has its point; without capitals no word is grammar,
    unless it is a possessive as in "di he's".
    """
    if re.search(r"[^\w\s.,'’-]|,.*,|[.](?!\s|$)", text):
        return False
    words = POSSESSIVE.sub("", text).replace(",", " ").split()
    proper = [word for word in words if word not in _PARTICLES]
    full = [word for word in proper if len(word.strip(".")) > 1]
    if len(words) < 2 or not full:
        return False
    if any(word[0].isupper() for word in full):
        # "The Brandt", "Did He": grammar may open a sentence, or be a name.
        capital = [word for word in proper if len(word) > 1]
        return all(map(is_proper, capital)) or "".join(proper).isupper()
    if any(len(word) == 1 for word in words):
        return False
    return text.endswith(("'s", "’s")) or all(content_terms(word) for word in words if word not in _PARTICLES)


def written_as_names(text: str) -> list[tuple[int, int]]:
    """Where runs of words stand that are written as people write names: `Saoirse Lindqvist`, `B. He`, `Quill, I.`."""
    runs: list[list[re.Match[str]]] = []
    open_run = False
    for word in _WORD.finditer(text):
        fits = is_proper(word[0]) or (word[0] in _PARTICLES and not text.startswith(("'", "’"), word.end()))
        follows = open_run and text[runs[-1][-1].end() : word.start()] in (" ", "")
        if fits and follows:
            runs[-1].append(word)
        elif fits:
            runs.append([word])
        open_run = fits and not POSSESSIVE.search(word[0])
    spans = []
    for run in runs:
        while run and run[-1][0] in _PARTICLES:
            run.pop()
        if run and any(len(word[0].strip(".")) > 1 for word in run):
            inverted = _INITIALS_BEHIND.match(text, run[-1].end())
            spans.append((run[0].start(), inverted.end() if inverted else run[-1].end()))
    return spans


def is_proper(word: str) -> bool:
    """Whether a word is written as part of a person's name: with a capital, and no acronym."""
    bare = POSSESSIVE.sub("", word)
    if not bare:
        return False
    if "." in bare or len(bare) < 3:
        return bare[0].isupper()
    return bool(_IRREGULAR.fullmatch(bare)) or (
        bare[0].isupper()
        and all((part[:1].isupper() and part[1:].islower()) or len(part) < 2 for part in _PARTS.split(bare))
    )


def is_known(library: Library, written: str) -> bool:
    """Whether a name can be an author's; without capitals, only one whose given name is known.

    Quick even where a thousand have the family name.
    """
    try:
        meant = readings(written)
    except ValueError:  # no letter, so nobody's name
        return False
    return any(_someone_matches(library, reading) for reading in meant)


def _someone_matches(library: Library, name: Name) -> bool:
    family = Name(name.family).key
    given = Name(name.given).key[:1] if name.given else ""
    if not given.isalnum():
        rows = library.rows("SELECT family, given, suffix FROM authors WHERE family_key = ?", (family,))
    else:
        # Names that match begin alike; the sign + keeps SQLite from reading everyone of the family.
        begins = f"{family}, {given}"
        rows = library.rows(
            "SELECT family, given, suffix FROM authors "
            "WHERE (name_key = ? OR (name_key >= ? AND name_key < ?)) AND +family_key = ?",
            (family, begins, begins + "\uffff", family),
        )
    in_full = name.given.islower() and "." not in name.given
    return any(
        name.matches(Name(*parts)) for parts in rows if not in_full or len(Name(parts[1] or "x").key.split()[0]) > 1
    )


def is_family(library: Library, written: str) -> bool:
    """Whether an author has this family name, or is written with this name alone."""
    key = Name(written).key
    return bool(key and library.rows("SELECT 1 FROM authors WHERE family_key = ? LIMIT 1", (key,)))


def begins_family(library: Library, word: str) -> bool:
    """Whether an author's family name is or begins with this word."""
    key = Name(word).key
    found = library.rows(
        "SELECT 1 FROM authors WHERE family_key = ? OR (family_key > ? AND family_key < ?) LIMIT 1",
        (key, f"{key} ", f"{key}!"),
    )
    return bool(found)


def begins_title(library: Library, written: str) -> bool:
    """Whether the title of a paper begins with these words, as it does with the name of its method."""
    key = title_key(written)
    rows = library.rows(
        "SELECT 1 FROM papers WHERE title_key = ? OR (title_key >= ? AND title_key < ?) LIMIT 1",
        (key, f"{key} ", f"{key}!"),
    )
    return bool(key and rows)


def is_someone(library: Library, written: str) -> bool:
    """Whether a name, which may be a family name alone, can be an author's."""
    return is_known(library, written) if len(written.split()) > 1 else is_family(library, written)


def is_nearly_someone(library: Library, written: str) -> bool:
    """Whether a name of several words is an author's but for a letter or two, not the first ones."""
    words = title_key(written).split()
    begins = [word[:_SURE_LETTERS] for word in (words[0], words[-1])]
    for begin in begins:
        rows = library.rows(
            "SELECT family, given, suffix FROM authors WHERE name_key >= ? AND name_key < ?", (begin, begin + "\uffff")
        )
        shown = (title_key(Name(*parts).display) for parts in rows)
        if any(fuzz.ratio(name, " ".join(words)) >= _ALIKE for name in shown):
            return True
    return False
