"""What a question says once its grammar is taken away: terms and names."""

from __future__ import annotations

import re

from rag.index.terms import analyse
from rag.library.text import readable
from rag.retrieval.vocabulary import FUNCTION_WORDS

# A name is written with a capital or digit where grammar asks for none: AlexNet, T-REX, CIFAR-10, BERT.
_WORD = re.compile(r"\b\w+(?:[-./]\w+)*")

# Scripts that are written without spaces: a name among them, in Latin letters, is a word of its own.
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f"
_SCRIPTS_MEET = re.compile(rf"(?<=[{_UNSPACED}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_UNSPACED}])")
_LONGEST = 4000  # characters: neither index looks at more than the first few hundred words of a query


def searchable(question: str) -> str:
    """A question in the form that titles and abstracts have: readable text, no longer than it pays to look at."""
    return _SCRIPTS_MEET.sub(" ", readable(valid_unicode(question[:_LONGEST])))


def valid_unicode(text: str) -> str:
    """The text with a question mark for each lone surrogate, which no index and no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def content_terms(question: str) -> list[str]:
    """The distinct terms of a question that say what it is about, in order."""
    return list(dict.fromkeys(term for term in analyse(question) if term not in FUNCTION_WORDS))


def names(question: str) -> list[str]:
    """What is written in a question as names are, in order: `T-REX`, `GPT-3`, `Monte Carlo`."""
    found: list[str] = []
    end = -1
    for word in _WORD.finditer(question):
        before = question[: word.start()].rstrip("\"'“‘(¿¡ ")
        opens_sentence = not before or before.endswith((".", "?", "!", ":"))
        capital = word[0][0].isupper() and len(word[0]) > 1 and not opens_sentence
        inside = any(sign.isupper() or sign.isdigit() for sign in word[0][1:]) and not word[0].isdigit()
        if not (capital or inside) or not content_terms(word[0]):
            continue
        continues = capital and not inside and question[end : word.start()] == " "
        found[-1:] = [f"{found[-1]} {word[0]}"] if continues and found else [*found[-1:], word[0]]
        end = word.end() if not inside else -1
    return found


def without_names(question: str) -> str:
    """The question without its names, or as it is when nothing else is in it."""
    rest = question
    for name in names(question):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    return " ".join(rest.split()) if content_terms(rest) else question
