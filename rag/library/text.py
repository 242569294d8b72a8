"""Make the text of titles and abstracts readable: no markup, no stray blanks or control characters."""

from __future__ import annotations

import re
import unicodedata

# Only text with one of these can hold LaTeX; most abstracts have none and are done at once.
_MAY_HOLD_LATEX = re.compile(r"[\\$~]|``|\{")
# Controls and invisible marks; tab, line ends and U+0085 are blanks and become spaces.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\u202a-\u202e\u2066-\u2069]"
)
_DOTTED = {"\u0131": "i", "\u0237": "j"}
_DOTLESS = re.compile("[\u0131\u0237](?=[\u0300-\u036f])")


def readable(text: str) -> str:
    """Plain text of a title or abstract as a source writes it, LaTeX and all.

    LaTeX markup becomes the characters it stands for, blanks (line ends and no-break spaces too)
    become single spaces, control characters are left out, Unicode is in normal form C. Text that
    merely looks a little like LaTeX (prices, paths, patterns, addresses, percent signs) is kept.
    Never raises, and plain text comes back as it is.
    """
    if _MAY_HOLD_LATEX.search(text):
        from rag.library.latex import prose

        text = prose(" ".join(_INVISIBLE.sub("", text).split()))
    if not text.isascii():
        # Some sources write an accent on a letter that has lost its dot for it.
        text = unicodedata.normalize("NFC", _DOTLESS.sub(lambda found: _DOTTED[found[0]], text))
    return " ".join(_INVISIBLE.sub("", text).split())
