r"""Whether brackets in running Markdown are a citation, by what they hold and where they stand.

Decisions (what is none of these stays as it is):
- `【...】` that can be read is a citation wherever it stands.
- `[...]` that can be read is one, except as an index (`x[1]`, `arr[2]`, `a_i[1]`, `f(x)[1]`, `[MASK][1]`) and as an
  interval or list of values (`range [1, 2]`, `= [1, 2]`, `scaled to [1, 5]`). A list with 0 or a number above 999
  never is. `[[1]]` and `([1], [2])` are one citation each; a link after it is left out.
- `(...)` with a label or authors is one unless it touches the word before it. `(1)` is one only where a citation would
  stand: after a word that is no label (`Eq. (1)`), no preposition and no number, before the end of a
  sentence or clause. So `f(1)`, `(1) first, (2) second`, `(2020)` and `(n=12)` are not.
- What could be taken for one of our own markers and is none gets a backslash: `\[0, 1\]` reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.answering.citing.markers import NumberedPapers, Reading, may_go_on
from rag.answering.citing.verbatim import UnfinishedError

LONGEST = 200  # characters between brackets, at most; a longer text is no citation
_LONGEST_LINK = 500
_TARGET = re.compile(r"\((?:[^\s()]|\([^\s()]*(?:\)|\Z))*+")
_LOOKS_LIKE_OURS = re.compile(r"\s*(?:\d+(?:\s*[,;–-]\s*\d+)*|\?)\s*")
_NUMBERS_SO_FAR = re.compile(r"[\d\s,;–-]*")
_ONLY_GROUPS = re.compile(r"\s*\[[^\[\]]*\](?:[\s,;]*(?:and\s*)?\[[^\[\]]*\])*\s*")
_INDEXED = re.compile(
    r"(?:(?<![^\W_])[^\W\d_]\d?|\w_\w*|\b(?:arr|array|list|row|col|idx|vec|mat|args|argv)|\]|\w\([^()\s]*\))$"
)
_INTERVAL = re.compile(
    r"(?:\b(?:range|interval|domain|segment|bound|shape|size|dimension|vector|list|array|tuple|kernel)s?"
    r"(?:\s(?:of|is|are|in|from|being))?"
    r"|[=≤≥<>∈×]|\\in"
    r"|\b(?:lie|lies|lying|value|values|uniform|uniformly|scaled?|rescaled?|normali[sz]ed?|clipped|clamped|mapped"
    r"|bounded|restricted|numbers|integers)(?:\s\w+)?\s(?:within|in|to|on|from|over|between))\s*$",
    re.IGNORECASE,
)
_AFTER_A_WORD = re.compile(r"(?P<word>[\w%’'.-]*[\w%])[*_\"”’)\]]*[ \t]+$")
_NO_CITATION_AFTER = frozenset(
    """
    a about above algorithm an and appendix are as assumption at below between by case chapter claim class condition
    constraint coordinate coordinates corollary definition eq eqn eqns eqs equation equations example expression fig
    figs figure figures for formula from in inequality into is item lemma level line lines loss model objective of on
    option or pair part phase point points problem property proposition question remark rule sec section sections
    stage step steps tab table tables task than that the theorem to tuple type vector version via was were with
    one two three four five six seven eight nine ten
    """.split()
)
_CLAUSE_END = re.compile(r"[ \t]*(?:[.,;:!?)|\n]|$|(?:and|but|while|whereas)\s)|[(\[【]")


@dataclass(frozen=True, slots=True)
class Bracket:
    """What begins with a bracket: `text[at:end]` is a citation of what `reading` says, or is written as `raw`.

    `plain` is how it reads without its markup.
    """

    end: int
    raw: str
    plain: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands before a bracket on its line, whether a marker does, and whether the text is complete."""

    before: str
    after_marker: bool
    whole: bool


def bracket_at(text: str, at: int, around: Surroundings, papers: NumberedPapers) -> Bracket:
    """What the bracket at `text[at]`, one of `[`, `(`, `【`, begins.

    Raises:
        UnfinishedError: more text is needed to tell.
    """
    if text[at] == "(":
        return _round(text, at, around, papers)
    if text[at] == "【":
        return _black(text, at, around, papers)
    return _square(text, at, around, papers)


def square_reading(content: str, around: Surroundings, papers: NumberedPapers) -> Reading | None:
    """What square brackets with this content cite where they stand; None if they are no citation."""
    reading = papers.read(content)
    if reading is None or reading.style != "number":
        return reading
    several = re.fullmatch(r"\s*\d+\s*", content) is None
    if not around.after_marker and _INDEXED.search(around.before):
        return None
    return None if several and _INTERVAL.search(around.before) else reading


def _black(text: str, at: int, around: Surroundings, papers: NumberedPapers) -> Bracket:
    close = _closing(text, at, "】", "\n【", around.whole)
    reading = papers.read(text[at + 1 : close]) if close > 0 else None
    if reading is None:
        return Bracket(at + 1, "【", "【")
    return Bracket(close + 1, "", "", reading)


def _square(text: str, at: int, around: Surroundings, papers: NumberedPapers) -> Bracket:
    if at + 1 == len(text):
        if not around.whole:
            raise UnfinishedError
        return Bracket(at + 1, "", "", Reading((), "number"))
    if text[at + 1] == "[":
        return _nested(text, at, around, papers)
    close = _closing(text, at, "]", "[\n", around.whole)
    if close < 0:
        if around.whole and re.fullmatch(r"\[\s*[#^]?[\d\s,;#^–-]*", text[at:]):
            return Bracket(len(text), "", "", Reading((), "number"))  # a marker that was cut off
        return _alone(text, at)
    content = text[at + 1 : close]
    reading = square_reading(content, around, papers)
    link = _link(text, close + 1, around.whole)
    if reading is not None:
        return Bracket(link, "", "", reading)
    if _LOOKS_LIKE_OURS.fullmatch(content):
        return Bracket(close + 1, rf"\[{content}\]", f"[{content}]")
    if link > close + 1 and not re.search(r"[\[\]`$\\(【]", content + text[close + 2 : link - 1]):
        return Bracket(link, text[at:link], content)
    if content[:1].isalpha() or not re.search(r"[`$\\(【]", content):
        return Bracket(at + 1, "[", "[")
    return _alone(text, at)


def _nested(text: str, at: int, around: Surroundings, papers: NumberedPapers) -> Bracket:
    """`[[1]]`, or the outer bracket of something else."""
    inner = _closing(text, at + 1, "]", "[\n", around.whole)
    if inner > 0 and inner + 1 == len(text) and not around.whole:
        raise UnfinishedError
    if inner > 0 and text[inner + 1 : inner + 2] == "]":
        reading = square_reading(text[at + 2 : inner], around, papers)
        if reading is not None:
            return Bracket(_link(text, inner + 2, around.whole), "", "", reading)
    return _alone(text, at)


def _alone(text: str, at: int) -> Bracket:
    """An opening bracket that is never closed, or not simply; a digit may come to stand after it."""
    return Bracket(at + 1, "[" if text[at + 1 : at + 2].isalpha() else r"\[", "[")


def _round(text: str, at: int, around: Surroundings, papers: NumberedPapers) -> Bracket:
    text_bracket = Bracket(at + 1, "(", "(")
    if around.before[-1:].isalnum() or (around.before.endswith(("_", "]")) and not around.after_marker):
        return text_bracket
    close = _closing(text, at, ")", "\n(", around.whole, may_go_on)
    if close < 0:
        return text_bracket
    content = text[at + 1 : close]
    if not may_go_on(content):
        return text_bracket
    grouped = _ONLY_GROUPS.fullmatch(content) is not None
    reading = papers.read(re.sub(r"\s*[\[\]][\[\]\s,;]*", ";", content).strip(";") if grouped else content)
    if reading is None or (reading.style == "name" and not reading.papers):
        return text_bracket
    if reading.style == "number" and not grouped:
        if not _where_a_citation_stands(around):
            return text_bracket
        rest = text[close + 1 : close + 12]
        if not around.whole and len(rest) < 11 and "\n" not in rest:
            raise UnfinishedError
        if not _CLAUSE_END.match(rest):
            return text_bracket
    return Bracket(close + 1, "", "", reading)


def _where_a_citation_stands(around: Surroundings) -> bool:
    if around.after_marker:
        return True
    word = _AFTER_A_WORD.search(around.before)
    return word is not None and word["word"].casefold().strip(".'’") not in _NO_CITATION_AFTER


def _closing(text: str, at: int, close: str, never: str, whole: bool, may: Callable[[str], bool] = bool) -> int:
    """Where the bracket at `at` is closed; -1 if it is not, or one of the signs `never` comes first.

    A line may end in a list of numbers: a list broken over two lines is still one.
    """
    content = text[at + 1 : at + 2 + LONGEST]
    for place, sign in enumerate(content):
        if sign == close:
            return at + 1 + place
        if sign in never and not (sign == "\n" and close == "]" and _NUMBERS_SO_FAR.fullmatch(content[:place])):
            return -1
    if whole or len(content) > LONGEST or (content and not may(content)):
        return -1
    raise UnfinishedError


def _link(text: str, at: int, whole: bool) -> int:
    """The end of the link `(...)`, without blanks, at `text[at]`; `at` itself if there is none."""
    if at == len(text) and not whole:
        raise UnfinishedError
    if text[at : at + 1] != "(":
        return at
    until = at + _LONGEST_LINK
    target = _TARGET.match(text, at, until)
    end = target.end() if target else at
    if text[end : end + 1] == ")" and end < until:
        return end + 1
    if end == len(text) < until and not whole:
        raise UnfinishedError
    return at
