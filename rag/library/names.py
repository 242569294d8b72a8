"""Names of authors: parsed to family and given, compared without collapsing two people into one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PARTICLE_WORDS = (
    "af al av bin da das de degli dei del della den der des di do dos du el ibn la las le los op 't ten ter"
    " van vom von y zu zum zur"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_CAPITAL_PAIRS = frozenset((("van", "der"), ("van", "den"), ("van", "de"), ("von", "der"), ("de", "la")))
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_COMMAS = re.compile("\\s*[,\uff0c\u3001;]+\\s*")
_GROUP = re.compile(
    r"\b(?:Collaboration|Consortium|Team|Group|Institute|University|Laborator(?:y|ies)|Labs?|Inc|Ltd|Corp"
    r"|Foundation|Committee|Society|Network|Project|Initiative|Research)\b|-AI\b"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_INITIALS = re.compile(r"[A-Z]|[BCDFGHJ-NP-TV-XZ]{2,3}")
_UNSPACED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
# Letters that have no decomposition in Unicode.
_LETTERS = str.maketrans(dict(zip("øłđðþæœħ\u0131", ("o", "l", "d", "d", "th", "ae", "oe", "h", "i"), strict=True)))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written: `family` is never empty, `given` and `suffix` (Jr., III) may be."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def display(self) -> str:
        """The name in the order it is spoken: `Laurens van der Maaten`, `山田太郎`."""
        if self.given and _is_unspaced(self.family + self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def key(self) -> str:
        """What two spellings of one name share: no case, no accents of Latin letters, no punctuation."""
        if _is_unspaced(self.family + self.given):
            return _joined(self.display)
        parts = " ".join(_fold(self.family)), " ".join([*_fold(self.given), *_fold(self.suffix)])
        return ", ".join(part for part in parts if part) or self.family

    @property
    def gathered(self) -> Name:
        """The name with particles that end its given name in its family name: `Luc`, `Van Gool` for `Luc Van`, `Gool`.

        Sources that part a name at its last blank write the first, others the second.
        """
        words = self.given.split()
        end = len(words)
        while end > 1 and words[end - 1].casefold() in _PARTICLES:
            end -= 1
        return Name(" ".join([*words[end:], self.family]), " ".join(words[:end]), self.suffix)

    def matches(self, other: Name) -> bool:
        """Tell whether both can be one person: same family, given names equal or initials of each other.

        A missing given name matches any. Two different full given names never match.
        """
        if _is_unspaced(self.family) and _joined(self.display) == _joined(other.display):
            return True
        # Said first because it is soon said: names that match begin alike.
        initials = f"{self.given[:1]}{other.given[:1]}".casefold()
        if len(initials) == 2 and initials.isascii() and initials.isalnum() and initials[0] != initials[1]:
            return False
        if _joined(self.family) != _joined(other.family):
            return False
        suffixes = _joined(self.suffix), _joined(other.suffix)
        if all(suffixes) and suffixes[0] != suffixes[1]:
            return False
        if _joined(self.given) == _joined(other.given):
            return True
        return any(
            _compatible(ours, theirs) for ours in _given_readings(self.given) for theirs in _given_readings(other.given)
        )


@lru_cache(maxsize=50_000)
def parse_name(text: str) -> Name:
    """Parse a name as sources write it: `Hopper, Grace`, `Grace Hopper`, `King, Jr., Martin Luther`, `山田太郎`.

    Without a comma the last word is the family name, with the particles before it (`van der Maaten`);
    names of groups stay whole.

    Raises:
        ValueError: the text holds no letter or digit.
    """
    text = _tidy(text)
    if not _fold(text):
        raise ValueError(f"{text!r} is no name: it holds no letter")
    if text.startswith("{") and text.endswith("}"):
        return Name(text.strip("{} "))
    parts = _COMMAS.split(text)
    suffix = next((part for part in parts[1:] if _SUFFIX.fullmatch(part)), "")
    parts = [part for part in parts if _fold(part) and part is not suffix] or [text]
    if len(parts) > 1:
        return _inverted(parts[0], " ".join(parts[1:]), suffix)
    return _spoken(parts[0], suffix)


def readings(text: str) -> tuple[Name, ...]:
    """The names a user may have meant, likeliest first: `Ma Yi` is Yi Ma or Ma Yi, `Ma, Yi` only the first.

    Raises:
        ValueError: the text holds no letter or digit.
    """
    name = parse_name(text)
    text = _tidy(text)
    words = text.split()
    if len(words) < 2 or name.suffix or _COMMAS.search(text) or text.startswith("{") or _GROUP.search(text):
        return (name,)
    lead = 0
    while lead < len(words) - 1 and words[lead].casefold() in _PARTICLES:
        lead += 1
    found = [name, Name(words[0], " ".join(words[1:])), Name(" ".join(words[-2:]), " ".join(words[:-2]))]
    if lead:
        found.insert(1, Name(" ".join(words[: lead + 1]), " ".join(words[lead + 1 :])))
    if len(words) == 2 and not lead:
        found.pop()
    return tuple(dict.fromkeys(each for each in found if _fold(each.family)))


def _tidy(text: str) -> str:
    """A name in normal form C, its blanks single, nothing but words at its ends."""
    words = unicodedata.normalize("NFC", text).split()
    while words and not _fold(words[-1]):
        words.pop()
    while words and not _fold(words[0]):
        words.pop(0)
    return " ".join(words).strip(" ,;\uff0c\u3001")


def _inverted(family: str, given: str, suffix: str) -> Name:
    words = given.split()
    end = len(words)
    while end > 1 and words[end - 1] in _PARTICLES:
        end -= 1
    return Name(" ".join([*words[end:], family]), " ".join(words[:end]), suffix)


def _spoken(text: str, suffix: str) -> Name:
    words = text.split()
    if len(words) > 2 and not suffix and _SUFFIX.fullmatch(words[-1]) and not words[-1].islower():
        suffix = words.pop()
    if len(words) == 1 or _GROUP.search(text):
        return Name(" ".join(words), "", suffix)
    if _is_unspaced(text):
        return Name(words[0], " ".join(words[1:]), suffix)
    if _INITIALS.fullmatch(words[-1]) and not any(word.isupper() for word in words[:-1]):
        return Name(" ".join(words[:-1]), words[-1], suffix)
    start = next((i for i in range(1, len(words) - 1) if _is_particle(words, i)), len(words) - 1)
    if words[0] in _PARTICLES and (words[1][0].isupper() or _is_particle(words, 1)):
        start = 0
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _is_particle(words: list[str], index: int) -> bool:
    if words[index] in _PARTICLES:
        return True
    pair = tuple(word.casefold() for word in words[index : index + 2])
    return pair in _CAPITAL_PAIRS and index + 2 < len(words)


def _is_unspaced(text: str) -> bool:
    """Tell whether a name is in a script that writes family and given without a space, family first."""
    return not text.isascii() and all(
        unicodedata.name(sign, "").startswith(_UNSPACED_SCRIPTS) for sign in text if not sign.isspace()
    )


def _fold(text: str) -> list[str]:
    """The words of a name without case, punctuation, and the accents of Latin and Greek letters."""
    if text.isascii():
        return _ASCII_WORD.findall(text.casefold().replace("'", "").replace("`", ""))
    out: list[str] = []
    plain_base = False
    for sign in unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)):
        if unicodedata.combining(sign):
            out.append("" if plain_base else sign)
        elif sign.isalnum() or unicodedata.category(sign) == "Mc":
            plain_base = unicodedata.name(sign, "").startswith(("LATIN", "GREEK"))
            out.append(sign)
        else:
            plain_base = False
            # An apostrophe joins (O'Brien, OBrien), any other mark parts (J.-B., J B).
            out.append("" if sign in "'\u2019\u02bc`" else " ")
    return unicodedata.normalize("NFC", "".join(out)).split()


@lru_cache(maxsize=50_000)
def _joined(text: str) -> str:
    return "".join(_fold(text))


@lru_cache(maxsize=50_000)
def _given_readings(given: str) -> list[list[str]]:
    """The words of a given name; `ML` may be a name or the initials M. L."""
    words = _fold(given)
    readings = [words]
    if re.fullmatch(r"[A-Z]{2,3}", given):
        readings.append(list(words[0]))
    return readings


def _compatible(ours: list[str], theirs: list[str]) -> bool:
    short, long = sorted((ours, theirs), key=len)
    for one, two in zip(short, long, strict=False):
        if one != two and not (1 in (len(one), len(two)) and one[0] == two[0]):
            return False
    only_initials = all(len(word) == 1 for word in short)
    return only_initials or all(len(word) == 1 for word in long[len(short) :])
