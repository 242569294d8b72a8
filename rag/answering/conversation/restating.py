"""A follow-up put in words of its own by the language model, where that can be trusted, and by the rules otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answering.conversation.references import refers
from rag.answering.conversation.standalone import Standalone
from rag.errors import LanguageModelError
from rag.retrieval.question import content_terms, names, searchable
from rag.types import Message, Prompt

MAX_TOKENS = 96
"""How much a model may write to restate a question."""

_SYSTEM = """\
You rewrite the last question of a conversation so that it can be understood without the conversation.
Put the names that were used before in the place of words such as "it", "they" or "the second one", and add what \
the question leaves unsaid. Keep every name and number of the question. Add nothing else, and do not answer it.
Reply with the rewritten question alone, on one line.

Conversation:
User: What is BarnacleNet?
Assistant: BarnacleNet detects barnacles on ship hulls [1].
Last question: And who wrote it?
Rewritten: Who wrote BarnacleNet?"""
_TURNS = 6  # of the history
_LONGEST_TURN = 400  # characters
_LONGER = 160  # characters that restating may add
_LABEL = re.compile(r"^(?:(?:rewritten|standalone|stand-alone|last)?\s*(?:question)?)\s*:\s*", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:tell|explain|describe|summari[sz]e|list|compare|contrast|show|give|define|find|name|discuss|outline)\b|\?$",
    re.I,
)
_ANSWERS = re.compile(
    r"^\W*(?:yes|no|sure|certainly|of course|sorry|i|as an|here|the (?:answer|rewritten))\b", re.IGNORECASE
)
_MARKUP = re.compile(r"\[\d|```|</?\w|[.?!]\s+\S")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_KEPT = 0.5  # of the terms of the follow-up, at least


def rewritten(
    question: str, history: Sequence[Message], rules: Standalone, complete: Callable[[Prompt], str]
) -> Standalone:
    """The follow-up as the model restates it; what the rules made of it if the model fails or wanders.

    The model is asked only where the rules say that the question depends on the turns before.
    """
    if not history or not rules.follows:
        return rules
    try:
        said = complete(prompt(question, history))
    except LanguageModelError:
        return rules
    restated = _LABEL.sub("", said.strip()).strip().strip("\"“”'*` ")
    if restated == rules.question or not _faithful(restated, question, history, rules):
        return rules
    return Standalone(searchable(restated), searchable(restated), True)


def prompt(question: str, history: Sequence[Message]) -> Prompt:
    """What the model is asked: the last turns, shortened, and the question."""
    speakers = {"user": "User", "assistant": "Assistant"}
    turns = [
        f"{speakers[turn.role]}: {' '.join(turn.content[:_LONGEST_TURN].split())}"
        for turn in history[-_TURNS:]
        if turn.content.strip()
    ]
    asked = " ".join(question[:_LONGEST_TURN].split())
    text = "\n".join(["Conversation:", *turns, f"Last question: {asked}", "Rewritten:"])
    return Prompt(_SYSTEM, (Message("user", text),))


def _faithful(restated: str, question: str, history: Sequence[Message], rules: Standalone) -> bool:
    """Whether a text is the question still: one, no answer, with all of its names and numbers and none from nowhere."""
    if not restated or len(restated.splitlines()) != 1 or len(restated) > len(question) + _LONGER:
        return False
    if not _ASKS.search(restated) or _ANSWERS.match(restated) or _MARKUP.search(_quotes_removed(restated)):
        return False
    if refers(restated) or _plain(restated) in {_plain(turn.content) for turn in history} - {_plain(rules.question)}:
        return False
    known = " ".join([question, rules.question, *(turn.content for turn in history)])
    return _keeps(restated, question) and _invents_nothing(restated, known)


def _keeps(restated: str, question: str) -> bool:
    if not _numbers(question) <= _numbers(restated):
        return False
    held = _plain(restated)
    if not all(_plain(name) in held for name in names(question)):
        return False
    asked, kept = set(content_terms(question)), set(content_terms(restated))
    return len(asked & kept) >= _KEPT * len(asked)


def _invents_nothing(restated: str, known: str) -> bool:
    if not _numbers(restated) <= _numbers(known):
        return False
    held = _plain(known)
    return all(_plain(name) in held for name in names(f"of {restated}") if content_terms(name))


def _numbers(text: str) -> set[str]:
    """The numbers of a text, in digits: `five` is the same as `5`."""
    words = (_NUMBER_WORDS.get(word, "") for word in re.findall(r"[a-z]+", text.casefold()))
    return {number.replace(",", "") for number in _DIGITS.findall(text)} | set(filter(None, words)) - {"1", "0"}


def _quotes_removed(text: str) -> str:
    """A title in quotation marks may hold what would otherwise end a question."""
    return re.sub(r"[“\"][^”\"]*[”\"]", "", text)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
