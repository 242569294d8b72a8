"""What a document may lack to print our macros, defined where it does.

The plainest document (article, the old font encoding, no packages) has no ogonek, no eth and no blackboard letters.
A package or encoding that has them is preferred: these definitions only fill gaps.
"""

from __future__ import annotations

import re

_DEFAULTS = {
    "DH": "D",
    "dh": "d",
    "DJ": "D",
    "dj": "d",
    "TH": "Th",
    "th": "th",
    "NG": "Ng",
    "ng": "ng",
    "quotesinglbase": ",",
    "quotedblbase": ",,",
    "guillemotleft": r"\ensuremath{\ll}",
    "guillemotright": r"\ensuremath{\gg}",
    "guilsinglleft": r"\ensuremath{<}",
    "guilsinglright": r"\ensuremath{>}",
}
_DEFINITIONS = {name: rf"\ProvideTextCommandDefault{{\{name}}}{{{plain}}}" for name, plain in _DEFAULTS.items()}
_DEFINITIONS |= {
    "k": r"\ProvideTextCommandDefault{\k}[1]{#1}",
    "mathbb": r"\providecommand{\mathbb}[1]{\mathbf{#1}}",
}
_MACRO = re.compile(r"\\([A-Za-z]+)")


def fallbacks(latex: str) -> str:
    """The definitions for those macros of a text that a plain document lacks; empty where it has all."""
    used = set(_MACRO.findall(latex))
    return "".join(definition for name, definition in _DEFINITIONS.items() if name in used)
