"""What LaTeX looks like inside prose: the patterns it is found by and the tables of its macros."""

from __future__ import annotations

import re

from rag.library.formula import ACCENTS, STYLES

# Beyond these it is no markup an author wrote; they bound time and recursion.
LONGEST_SPAN = 4000
DEEPEST_NESTING = 20
START = re.compile(
    r"""(?P<path>(?<=\b[A-Za-z]:)\\[\w.\\-]*|(?<!\S)\\\\[\w.-]+(?:\\[\w.$-]+)+)
    |(?P<address>(?:://|www\.)(?:[^\s{}"<>\\]|\\[_%\#&~])+)
    |(?P<quoted>(?<![A-Za-z{\\])\\(?P<mark>["'])(?=\S)[^"'\\$]{1,80}\\(?P=mark)(?![A-Za-z]))
    |(?P<accent>\\(?:['`^"~=.]\s?\{\s*(?:\\[ij]|[A-Za-z])\s*\}|[cvuHkrdbt]\s?\{\s*(?:\\[ij]|[A-Za-z])\s*\}
        |"[aeiouyAEIOUY]|'[aeiouyncszAEIOUYNCSZ]|[`^=][aeiouAEIOU]|~[anoANO]|\.[IZ](?=[a-z])|['`^"]\\[ij]\b
        |(?<=[A-Za-z{]\\)[cvuHkr]\ [A-Za-z]))
    |(?P<opened>``(?P<inside>[^`]{1,400}?)'')
    |(?P<reference>~?\\(?:[A-Za-z]*[cC]ite[A-Za-z]*|(?:eq|[cC]|v|auto|page)?ref|label)\*?
        (?:\[[^\[\]]*\]){0,2}\{[^{}]*\})
    |(?P<tie>(?<=[A-Za-z.,)\]}])~+(?=[\w\\$({]))
    |(?P<math>\$|\\[(\[])
    |(?P<environment>\\begin\s?\{(?P<name>[A-Za-z]+)\*?\})
    |(?P<escape>\\\\?[%&_\#${}])
    |(?P<space>\\(?:[,;:!/@]|(?<=\S\\)\ |\\(?=\s|$)|-(?=[A-Za-z])))
    |(?P<macro>\\[A-Za-z]+\*?)
    |(?P<mark_only>\\["'])
    |(?P<group>\{)
    """,
    re.VERBOSE,
)
CANDIDATE = re.compile(r"[\\$~{`]|://|www\.")
COMBINING = dict(
    zip(
        "'`^\"~=.cvuHkrdbt",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a\u0323\u0331\u0361",
        strict=True,
    )
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Macros by what becomes of them: dropped alone, a space, dropped with their argument, their last argument.
SWITCHES = _names(
    "em it bf tt sc sf sl rm itshape bfseries ttfamily scshape sffamily rmfamily upshape mdseries small tiny"
    " footnotesize scriptsize large Large normalsize centering noindent protect xspace"
)
BREAKS = _names("par newline linebreak item quad qquad space smallskip medskip bigskip")
DROPPED = _names("vspace hspace color footnotemark thanks index vskip hskip")
SECOND = _names("textcolor colorbox scalebox raisebox foreignlanguage resizebox")
# Mathematics that authors write outside of dollars, too.
MATH_MACROS = _names("frac tfrac dfrac sqrt mathbb binom boldsymbol bm") | {
    *ACCENTS,
    *(style for style in STYLES if style.startswith("math")),
}
LETTERS = {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "\u0131", "j": "ȷ"}
ABBREVIATIONS = {"eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "vs": "vs.", "wrt": "w.r.t."}

# A macro whose braces were lost on the way: \emphapproximate, \mathbbR.
JOINED = re.compile(
    r"(textbf|textit|texttt|textsc|textsl|textsf|emph|underline)([A-Za-z]+)"
    r"|(mathbb|mathcal|mathbf|mathrm|mathsf|sqrt|tilde|hat|bar)([A-Z]|(?<=mathrm)[a-z]+|(?<=sqrt)[a-z])"
)
PATH = re.compile(r"/|\w\\\w|^\\\\")
WORD_BEFORE_TIE = re.compile(r"(?:^|[^\w])[^\W\d_]{2,}[.,]?$|[)\]}.,]$")
MARKUP = re.compile(r"\\|\{[A-Z]|\{\\")
PROTECTED = re.compile(r"[A-Z][A-Za-z0-9-]*")
LONE_SIGN = re.compile(r"[-,.:;=\u2013\u2014]|[^\W\d_a-zA-Z]")
BRACKET = re.compile(r"\s?[()\[\]|.]")
NEXT_LETTER = re.compile(r" ?([^\W\d_])(?!\w)")
ABBREVIATIONS = {"eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "vs": "vs.", "wrt": "w.r.t."}
FUNCTION_WORDS = _names("log max min exp poly polylog sin cos sup inf and for")
UNESCAPE = re.compile(r"\\([_%#&~])")
PROSE_WORD = re.compile(r"[A-Za-z]{3,}")
TEX_SIGNS = re.compile(r"[\\^_{=<>]")


def is_math(content: str, after: str) -> bool:
    """Tell a formula from what stands between two prices."""
    blank_first, blank_last = content[0].isspace(), content[-1].isspace()
    if content[0].isdigit() and (blank_last or after.isdigit()) and not content.lstrip("0123456789.,").startswith("\\"):
        return False
    if TEX_SIGNS.search(content):
        return True
    words = [word for word in PROSE_WORD.findall(content) if word not in FUNCTION_WORDS]
    if blank_first or blank_last:
        return blank_first and blank_last and not words
    return " " not in content or len(words) < 2


def closing_brace(text: str, start: int) -> int:
    """Where the brace opened at `start` closes, or -1."""
    depth = 0
    for found in re.compile(r"\\.|[{}]").finditer(text, start, start + LONGEST_SPAN):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.start()
            if depth > DEEPEST_NESTING:
                return -1
    return -1
