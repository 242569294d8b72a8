"""Capitals of a title that BibTeX styles must not make small: those of acronyms, symbols and names."""

from __future__ import annotations

import re

from rag.library.export.tex import tex

_WORD = re.compile(r"\S+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_WORDS = re.compile(r"(?<=[\w,;)] )[^\W\d_]{3,}")


def title_tex(title: str, abstract: str) -> str:
    """A title in LaTeX, with braces around the words that keep their capitals.

    These are the words with a capital after their first letter or with a formula, single capitals, words that the
    abstract writes with a capital within a sentence, and, in a title written like a sentence, every word with one.
    """
    like_a_sentence = _like_a_sentence(title)
    words = set(_SENTENCE_WORDS.findall(abstract))
    named = {word for word in words if word.lower() not in words}
    out: list[str] = []
    done = 0
    for found in _WORD.finditer(title):
        out.append(title[done : found.start()])
        latex = tex(found[0])
        keeps = _has_capitals(found[0], named) or r"\ensuremath" in latex
        keeps = keeps or (like_a_sentence and found.start() > 0 and found[0][:1].isupper())
        out.append(f"{{{latex}}}" if keeps else latex)
        done = found.end()
    return "".join(out) + title[done:]


def _has_capitals(word: str, named: set[str]) -> bool:
    """Whether a word, or a part of it between hyphens, is an acronym, a symbol or a name."""
    for part in filter(None, re.split(r"[\W_]+", word)):
        if any(letter.isupper() for letter in part[1:]) or (part in named and part[0].isupper()):
            return True
        if len(part) == 1 and part.isupper() and part not in "AI":
            return True
    return False


def _like_a_sentence(title: str) -> bool:
    words = _LONG_WORD.findall(title)[1:]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 3 <= len(words)
