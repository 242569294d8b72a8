r"""Plain text as LaTeX that every engine prints and our reader reads back.

Signs of LaTeX are escaped with balanced braces, for BibTeX counts even `\{`. Letters with accents, Greek and
mathematics become macros, so that pdflatex and the eight-bit BibTeX can take them, wherever reading the macro
gives the same sign again; other scripts stay as they are (UTF-8).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latexencode import UnicodeToLatexEncoder  # type: ignore[import-untyped]

from rag.library.formula import ACCENTS as MATH_ACCENTS
from rag.library.text import readable
from rag.readers.latex_groups import ACCENTS, SPELLED, ungrouped

_ESCAPED = {sign: f"\\{sign}" for sign in "$%&#_"}
_NAMED = {sign: f"{{{macro}}}" for macro, sign in SPELLED.items() if len(sign) == 1 and sign != '"'}
_NAMED |= {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}"}
_NAMED |= {"~": r"{\textasciitilde}", "`": r"{\textasciigrave}"}
_MACROS = _NAMED | _ESCAPED
# A sign with the marks on it, a sign of its own, or one hyphen of several.
_SIGN = re.compile(r".[\u0300-\u036f\u20d7]+|[^\x20-\x7e]|[\\{}$%&#_^~`<>|]|-(?=-)", re.DOTALL)
_ACCENT_OF = {mark: macro for macro, mark in ACCENTS.items()}
_MATH_ACCENT_OF = {mark: name for name, mark in MATH_ACCENTS.items() if name.islower() and not name.startswith("wide")}
# Blocks whose macros a plain LaTeX document knows: neither phonetic letters nor Cyrillic.
_MAY_HAVE_MACRO = re.compile("[\u00a0-\u024f\u0370-\u03ff\u1e00-\u264f\u27c0-\u2aff]")
_ENCODER = UnicodeToLatexEncoder(
    replacement_latex_protection="none", unknown_char_policy="keep", unknown_char_warning=False
)


def tex(text: str) -> str:
    """LaTeX of a text, of printable ASCII where its signs have macros; braces are balanced."""
    if not _SIGN.search(text):
        return text
    plain = _SIGN.sub(_macro, text)
    if read_back(plain) == text:
        return plain
    # What stands around an escaped sign can make it look like something else: within braces it cannot.
    return _SIGN.sub(lambda found: f"{{{_ESCAPED[found[0]]}}}" if found[0] in _ESCAPED else _macro(found), text)


def read_back(latex: str) -> str:
    """What our reader and the library make of a LaTeX value."""
    return readable(ungrouped(latex))


def _macro(found: re.Match[str]) -> str:
    return "-{}" if found[0] == "-" else _MACROS.get(found[0]) or _beyond_ascii(found[0])


@lru_cache(maxsize=4096)
def _beyond_ascii(signs: str) -> str:
    """The macro for one sign beyond ASCII (with the marks on it), or the sign itself."""
    base, *marks = tuple(unicodedata.normalize("NFD", signs))
    candidates = []
    if marks and base.isascii() and base.isalpha() and all(mark in _ACCENT_OF for mark in marks):
        candidates.append(_accented(base, marks))
    if len(marks) == 1 and marks[0] in _MATH_ACCENT_OF:
        inner = base if base.isascii() else _beyond_ascii(base).removeprefix(r"{\ensuremath{").removesuffix("}}")
        candidates.append(rf"{{\ensuremath{{\{_MATH_ACCENT_OF[marks[0]]}{{{inner}}}}}}}")
    if len(signs) == 1 and _MAY_HAVE_MACRO.fullmatch(signs):
        candidates.append(f"{{{_ENCODER.unicode_to_latex(signs)}}}")
    for candidate in candidates:
        if candidate.isascii() and "\\" in candidate and read_back(f"a{candidate}b") == f"a{signs}b":
            return candidate
    if marks and len(signs) > 1 and signs[0].isascii():
        return _MACROS.get(signs[0], signs[0]) + signs[1:]
    return signs


def _accented(letter: str, marks: list[str]) -> str:
    r"""A letter with its accents, each in braces of its own: `{\'{\^e}}`."""
    for mark in marks:
        accent = _ACCENT_OF[mark]
        letter = f"\\{accent}{{{letter}}}" if accent.isalpha() or len(letter) > 1 else f"\\{accent}{letter}"
    return f"{{{letter}}}"
