r"""Code and maths in running Markdown, which nothing is changed in.

Code stands between runs of backticks on one line; maths between `$`, `$$`, `\(`, `\[` and their ends. What is not
closed within its line (`$$` and `\[`: its paragraph) and some hundred characters is plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.library.text import readable

_LONGEST_CODE, _LONGEST_FORMULA, _LONGEST_DISPLAY = 200, 160, 1000  # characters
_LONGEST_RUN = 9  # backticks around a code span
_TICKS = re.compile(rf"`{{1,{_LONGEST_CODE}}}")
# As in Pandoc: no blank inside next to a dollar, no digit after the last, so that prices are text.
_FORMULAS = {
    "$$": (re.compile(r"\$\$"), "\n\n", _LONGEST_DISPLAY),
    "$": (re.compile(r"(?<=[^\s\\])\$(?!\d)"), "\n", _LONGEST_FORMULA),
    r"\(": (re.compile(r"\\\)"), "\n", _LONGEST_FORMULA),
    r"\[": (re.compile(r"\\\]"), "\n\n", _LONGEST_DISPLAY),
}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\\")


class UnfinishedError(Exception):
    """The text ends before it can be told what it is."""


@dataclass(frozen=True, slots=True)
class Span:
    """`text[at:end]` is to stay as it is and reads as `plain`; `display` says that it is maths in its own paragraph.

    `inside` is what stands between the signs of maths, empty in all else.
    """

    end: int
    plain: str
    inside: str = ""
    display: bool = False


def code_at(text: str, at: int, *, whole: bool) -> Span:
    """The code span, or else the run of backticks, at `text[at]`; `whole` says that no text will follow.

    Raises:
        UnfinishedError: more text is needed to tell.
    """
    ticks = _TICKS.match(text, at)
    run = ticks[0] if ticks else "`"
    inside = at + len(run)
    if inside == len(text) and len(run) < _LONGEST_CODE and not whole:
        raise UnfinishedError
    end = -1
    if len(run) <= _LONGEST_RUN:
        end = _closed(text, inside, re.compile(rf"(?<!`){run}(?!`)"), "\n", _LONGEST_CODE, whole)
    return Span(inside, run) if end < 0 else Span(end, text[inside : end - len(run)].strip())


def maths_at(text: str, at: int, *, whole: bool) -> Span:
    r"""The maths at `text[at]`, a dollar or backslash, or else that sign; `\*` is the sign without its backslash.

    Raises:
        UnfinishedError: more text is needed to tell.
    """
    following = text[at + 1 : at + 2]
    if not following and not whole:
        raise UnfinishedError
    sign = text[at : at + 2]
    if sign not in _FORMULAS:
        sign = text[at]
        if sign == "\\":
            return Span(at + 2, following) if following and following in _PUNCTUATION else Span(at + 1, sign)
    inside = at + len(sign)
    end = -1 if sign == "$" and not following.strip() else _closed(text, inside, *_FORMULAS[sign], whole)
    if end < 0:
        return Span(inside, sign.lstrip("\\"))
    maths = text[inside : end - len(sign)]
    plain = readable(f"${maths.strip()}$") if "\\" in maths else maths.strip()
    return Span(end, plain, maths, display=sign in ("$$", r"\["))


def _closed(text: str, at: int, close: re.Pattern[str], never: str, longest: int, whole: bool) -> int:
    """The end of the span whose inside begins at `at`; -1 if it is not closed, or `never` comes first."""
    until = at + longest
    stop = text.find(never, at, until)
    found = close.search(text, at, stop if stop >= 0 else until)
    # What closes may go on: a run of backticks, a digit after a dollar.
    if not whole and len(text) <= until and stop < 0 and (found is None or found.end() == len(text)):
        raise UnfinishedError
    return found.end() if found else -1
