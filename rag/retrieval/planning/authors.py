"""Authors that a question names: known ones, those it leaves out, and names that have to be settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.index.terms import analyse
from rag.library.store import Library
from rag.retrieval.people import Person, nearest_people, people
from rag.retrieval.planning.author_slots import Slot, slot, stands
from rag.retrieval.planning.full_names import full_names
from rag.retrieval.planning.phrasebook import sections
from rag.retrieval.planning.phrases import AUTHOR, any_phrase, mark, phrase
from rag.retrieval.planning.written_names import (
    POSSESSIVE,
    begins_title,
    is_family,
    is_known,
    is_nearly_someone,
    is_someone,
    written_as_names,
)
from rag.retrieval.question import content_terms
from rag.retrieval.vocabulary import OF_ANY_PAPER
from rag.types import Doubt

_CHOICES = 5  # of a name that nobody has
_NAMED = 20  # of those that a name can mean
_MAYBE = re.compile(r"⟨maybe(\d+)⟩")
# A command opens many questions, and is somebody's family name.
_COMMAND = phrase(r"(?:ASKFOR|SUMMARISE|compare|contrast|count|explain|tell)")
_EITHER = r"⟨(?:author|maybe)\d+⟩"
_CHAIN = re.compile(rf"{_EITHER}(?:(?:['’]s?)?(?:,? ?(?:and|&|or|as well as) |, ?|/| & ){_EITHER})*")
_OR = re.compile(r"⟨author\d+⟩(?:, ?⟨author\d+⟩)*,? or ⟨author\d+⟩")
_IN_SMALL_LETTERS = re.compile(r"(?<![\w⟨/.-])[^\W\d_A-Z][^\W\d_]{2,}(?:-[^\W\d_]+)?(?![\w⟩/-])")


@dataclass(frozen=True, slots=True)
class AuthorsFound:
    """What a text says of authors, as it writes them, in order.

    Attributes:
        authors: Who is asked about.
        left_out: Whose papers are not wanted.
        unknown: Of both, names that nobody in the library has.
        text: The text with a mark in the place of each name.
        either: Whether one of the authors is enough, as in "by Quill or Brandt".
        cited: Whether papers are meant by their authors, as in "Quill et al. (2022)".
    """

    authors: tuple[str, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]
    text: str
    cited: bool
    either: bool = False


@dataclass(slots=True)
class _Names:
    """Names found so far: the place of each is the number of its mark; of some, that nobody has them."""

    written: list[str]
    unknown: list[str] = field(default_factory=list)

    def marked(self, written: str, *, known: bool) -> str:
        if not known:
            self.unknown.append(written)
        self.written.append(written)
        return mark(AUTHOR, len(self.written) - 1)


def authors_in(library: Library, text: str) -> AuthorsFound:
    """The authors of a text: known full names wherever they stand, other names where authors are named."""
    written, text = full_names(library, text)
    found = _Names(written)
    candidates, text = _candidates(library, text)
    text = _settled(library, text, candidates, found)
    if not found.written:
        text = _misspelt(library, text, found)
    authors: list[str] = []
    left_out: list[str] = []
    for match in re.finditer(r"⟨author(\d+)⟩", text):
        unwanted = stands(text[: match.start()], text[match.end() :], "left out")
        (left_out if unwanted else authors).append(found.written[int(match[1])])
    return AuthorsFound(
        tuple(dict.fromkeys(authors)),
        tuple(name for name in dict.fromkeys(left_out) if name not in authors),
        tuple(dict.fromkeys(found.unknown)),
        text,
        bool(any_phrase("author_slots", "cited").search(text)),
        any(
            {found.written[int(n)] for n in re.findall(r"\d+", chain[0])} == {*authors} for chain in _OR.finditer(text)
        ),
    )


def doubts(library: Library, found: AuthorsFound, *, ambiguous: bool) -> tuple[Doubt, ...]:
    """The names nobody has, each with the closest ones, and if `ambiguous` those that several people have."""
    made: list[Doubt] = []
    for written in (*found.authors, *found.left_out):
        if written in found.unknown:
            nearest = nearest_people(library, written, _CHOICES)
            made.append(of_people(written, nearest, known=False))
        elif ambiguous and len(meant := people(library, written)) > 1:
            made.append(of_people(written, meant, known=True))
    return tuple(made)


def of_people(written: str, found: Sequence[Person], *, known: bool) -> Doubt:
    """The doubt about a name that can be that of these people, the likeliest of whom are named."""
    names = tuple(dict.fromkeys(person.name for person in found))
    return Doubt(written, names[:_NAMED], known, max(0, len(names) - _NAMED))


def _candidates(library: Library, text: str) -> tuple[list[str], str]:
    """What may be names: words with capitals, and family names in small letters; and the text with marks for them."""
    candidates: list[str] = []

    def marked(name: str) -> str:
        candidates.append(name)
        return f"⟨maybe{len(candidates) - 1}⟩"

    for start, end in reversed(written_as_names(text)):
        lead, name, ending = _parted(library, text, start, end)
        if name:
            text = f"{text[:start]}{lead}{marked(name)}{ending}{text[end:]}"

    def family(match: re.Match[str]) -> str:
        is_command = match.start() == 0 and _COMMAND.fullmatch(match[0])
        is_common = set(analyse(match[0])) <= OF_ANY_PAPER
        is_name = content_terms(match[0]) and not (is_command or is_common) and is_family(library, match[0])
        return marked(match[0]) if is_name else match[0]

    return candidates, _IN_SMALL_LETTERS.sub(family, text)


def _parted(library: Library, text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a name in a run of words with capitals, the name, and its ending; no name if there is none."""
    written = text[start:end]
    name = POSSESSIVE.sub("", written)
    ending = written[len(name) :]
    opens = not text[:start].strip() or text[:start].rstrip()[-1] in ".?!:;"
    first, _, rest = name.partition(" ")
    lead = ""
    if rest and not is_known(library, name) and (not content_terms(first) or (opens and is_someone(library, rest))):
        # "Did Brandt": what grammar asks for, or a command, is no part of the name.
        lead, name = f"{first} ", rest
    if opens and not lead and _COMMAND.fullmatch(name):
        return "", "", ""
    # "He" is somebody where nothing else asks for a capital.
    is_grammar = not content_terms(name) and ((opens and not lead) or not is_someone(library, name))
    return ("", "", "") if is_grammar else (lead, name, ending)


def _settled(library: Library, text: str, candidates: list[str], found: _Names) -> str:
    """The text with marks for the candidates that stand where authors do, and the others as they were."""
    out: list[str] = []
    done = 0
    for chain in _CHAIN.finditer(text):
        before, behind = (
            _MAYBE.sub(lambda match: candidates[int(match[1])], part)
            for part in (text[: chain.start()], text[chain.end() :])
        )
        place = slot(before, behind)
        if "⟨author" in chain[0]:
            place = max(place, Slot.POSSIBLE)
        parts = _MAYBE.split(chain[0])
        for at in range(1, len(parts), 2):
            name = candidates[int(parts[at])]
            known = _is_author(library, name, place, opens=not before.strip())
            parts[at] = name if known is None else found.marked(name, known=known)
        out += [text[done : chain.start()], *parts]
        done = chain.end()
    return "".join([*out, text[done:]])


def _is_author(library: Library, written: str, place: Slot, *, opens: bool) -> bool | None:
    """Whether the library knows an author by the name that stands in this place; None if it is no name there."""
    if place is Slot.NONE:
        return None
    certain, small, several = place is Slot.CERTAIN, written.islower(), len(written.split()) > 1
    if is_someone(library, written):
        could_be_method = not certain and (small or not several) and begins_title(library, written)
        return None if could_be_method or (small and not certain and not opens) else True
    if small or begins_title(library, written):
        return None
    if certain:
        return False if several or not opens else None
    return False if several and is_nearly_someone(library, written) else None


def _misspelt(library: Library, text: str, found: _Names) -> str:
    """The text with a mark for a name in small letters that nobody has but somebody nearly has."""
    for place in sections("author_slots")["misspelt"]:
        match = phrase(place).search(text)
        if match and content_terms(match["name"]) and is_nearly_someone(library, match["name"]):
            marked = found.marked(match["name"], known=False)
            return f"{text[: match.start('name')]}{marked}{text[match.end('name') :]}"
    return text
