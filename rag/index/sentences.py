"""Where the sentences of an abstract begin and end."""

from __future__ import annotations

import re

# A full stop after one of these ends no sentence, whatever follows.
_NEVER_LAST = frozenset(
    """
    a.k.a aka al approx cf dr e.g eg eq eqs esp fig figs i.e ie incl mr mrs ms no nos p pp prof ref refs resp sec
    secs st tab viz vol vols vs w.r.t wrt
    """.split()
)
# Possessive, and never begun inside a run of stops: a page of dots takes no longer than one of words.
_BOUNDARY = re.compile(r"""(?P<stop>(?<![.!?])[.!?]++|…)(?P<closing>["'”’)\]}»]*+)\s++(?=(?P<next>\S))""")
_LONGEST_ABBREVIATION = 40  # characters, with what stands around it
# A single capital before one of these is no initial of a name: "We program in R. The code is free."
_NO_NAME = re.compile(r"(?:Finally|For|However|In|It|Its|Our|The|Their|These|They|This|We)\b")
_LONGEST_ASIDE = 120  # characters: a bracket left open for longer was never closed
_OPENING = "\"'“‘([{«$\\¿¡"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of `text`, in order, without the white space around them.

    Every character that is not white space is in exactly one span. Abbreviations, initials,
    decimals, URLs and formulas do not end a sentence.
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for boundary in _BOUNDARY.finditer(text):
        if boundary.start() >= start and _ends_sentence(text, start, boundary):
            spans.append((start, boundary.end("closing")))
            start = boundary.start("next")
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _ends_sentence(text: str, start: int, boundary: re.Match[str]) -> bool:
    following = boundary["next"]
    if not (following.isupper() or following.isdigit() or following in _OPENING or not following.isascii()):
        return False
    if boundary["stop"] != ".":
        return True
    if _in_brackets(text[max(start, boundary.start() - _LONGEST_ASIDE) : boundary.start()], boundary["closing"]):
        return False
    word = text[max(start, boundary.start() - _LONGEST_ABBREVIATION) : boundary.start()].rsplit(maxsplit=1)[-1:] or [""]
    last = word[0].lstrip("([{\"'“‘").casefold()
    if last in _NEVER_LAST:
        return False
    named = following.isupper() and not _NO_NAME.match(text, boundary.end())
    is_initial = len(last) == 1 and last.isalpha() and named and not boundary["closing"]
    is_enumerator = last.isdigit() and boundary.start() - start == len(word[0])
    return not (is_initial and word[0].isupper()) and not is_enumerator


def _in_brackets(before: str, closing: str) -> bool:
    """Whether a stop stands inside round brackets that were opened in the text just before it."""
    return before.rfind("(") > before.rfind(")") and ")" not in closing
