r"""LaTeX of a BibTeX value without the braces that only group: `{DNA} of {\'E}mile` keeps its accent.

In BibTeX every bare brace is markup, a run of hyphens a dash and `~` a blank. What is left is LaTeX that
reads the same in a running text.
"""

from __future__ import annotations

import re
import unicodedata

# Signs that have a macro only because BibTeX or a font cannot take them plain.
SPELLED = {
    r"\textbraceleft": r"\{",
    r"\textbraceright": r"\}",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\textless": "<",
    r"\textgreater": ">",
    r"\textbar": "|",
    r"\textasciicircum": "^",
    r"\textquotedbl": '"',
    r"\textunderscore": r"\_",
    r"\textperiodcentered": "\u00b7",
    r"\ensuremath{-}": "\u2212",
    r"\ensuremath{\surd}": "\u221a",
    r"\ensuremath{\ast}": "\u2217",
    r"\ensuremath{\sim}": "\u223c",
    r"\ensuremath{\cdot}": "\u22c5",
    r"\ensuremath{\prime}": "\u2032",
    r"\ensuremath{\epsilon}": "\u03f5",
    r"\ensuremath{\phi}": "\u03d5",
}
ACCENTS = dict(
    zip(
        ("'", "`", "^", '"', "~", "=", ".", "c", "v", "u", "H", "k", "r", "d", "b", "textcommabelow"),
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a\u0323\u0331\u0326",
        strict=True,
    )
)
_MACROS = "|".join(map(re.escape, SPELLED))
_SPELLING = re.compile(rf"\{{({_MACROS})\s*(?:\{{\}})?\}}|({_MACROS})(?:\{{\}}|(?![A-Za-z])\s?)")
_LETTER = r"\\[ij](?![A-Za-z])|[^\W\d_][\u0300-\u036f]*"
# An accent with its letter, in braces or not.
_ACCENT = re.compile(
    rf"\\(?:(?P<sign>['`^\"~=.])\s*|(?P<name>[cvuHkrdb](?![A-Za-z])|textcommabelow(?![A-Za-z]))\s*)"
    rf"(?:\{{\s*(?P<inside>{_LETTER})\s*\}}|(?P<bare>{_LETTER}))"
)
_DEEPEST_ACCENTS = 3
_PIECE = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s{}\\$]+)|(?P<macro>\\[A-Za-z]+\*?|\\['`^\"~=.])|(?P<escape>\\.?)"
    r"|(?P<math>\$\$?)|(?P<open>\{)|(?P<close>\})|(?P<dash>---?)|(?P<tie>~)|(?P<text>[^\\${}~hw-]+|.)",
    re.DOTALL,
)
_MAY_HOLD_GROUPS = re.compile(r"[\\{}~]|--")
_DOLLAR = re.compile(r"(?<!\\)\$")


def ungrouped(value: str) -> str:
    """A value without the braces that only group, dashes and ties as characters. Never raises."""
    if not _MAY_HOLD_GROUPS.search(value):
        return value
    value = _SPELLING.sub(lambda found: SPELLED[found[1] or found[2]], _accented(value))
    has_math = len(_DOLLAR.findall(value)) % 2 == 0
    out: list[str] = []
    opened: list[tuple[bool, bool]] = []
    in_math = False
    takes_argument = False
    for piece in _PIECE.finditer(value):
        kind, text = piece.lastgroup, piece[0]
        if kind == "math" and has_math:
            in_math = not in_math
        elif kind == "open":
            kept = in_math or takes_argument or value.startswith("\\", piece.end())
            opened.append((kept, takes_argument))
            text = text if kept else ""
        elif kind == "close":
            # A macro with one argument may take a second.
            kept, takes_argument = opened.pop() if opened else (False, False)
            out.append(text if kept else "")
            continue
        elif kind == "dash" and not in_math:
            text = "\u2014" if len(text) == 3 else "\u2013"
        elif kind == "tie" and not in_math:
            text = "~" if value[piece.start() - 1 : piece.start()] == "/" else " "
        out.append(text)
        takes_argument = kind == "macro"
    return "".join(out)


def _accented(value: str) -> str:
    """A value with the letters for its macros of accents, also of one upon another."""
    for _ in range(_DEEPEST_ACCENTS):
        value, found = _ACCENT.subn(_accented_letter, value)
        if not found:
            break
    return value


def _accented_letter(found: re.Match[str]) -> str:
    letter = (found["inside"] or found["bare"]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + ACCENTS[found["sign"] or found["name"]])


def is_one_group(value: str) -> bool:
    """Whether one pair of braces encloses the whole value, and no macro begins it: `{ATLAS Collaboration}`."""
    if not (value.startswith("{") and value.endswith("}")) or len(value) < 2:
        return False
    depth = 0
    for found in re.finditer(r"\\.|[{}]", value[:-1]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return False
    return depth == 1
