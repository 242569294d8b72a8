"""What a conversation is called, unless its visitor names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.types import Plan

LONGEST = 48
# What a question begins with and its title does without.
_OPENING = re.compile(
    r"""(?:(?:and|so|ok|okay|well|please|hi|hello|hey)\b[\s,.!:]+
      | (?:can|could|would|will)\s+you\s+(?:please\s+)?
      | (?:i\s+(?:want|would\s+like|need)|i'd\s+like)\s+(?:you\s+)?to\s+(?:know|learn|understand|see|read)\s+
      | do\s+you\s+know\s+
      | (?:please\s+)?(?:tell|show|give)\s+me\s+(?:more\s+)?(?:about\s+|of\s+)?
      | (?:explain|describe|summari[sz]e)\s+(?:to\s+me\s+)?
      | (?:what|who)(?:'s|\u2019s|\s+(?:is|are|was|were))\s+
      | (?:the|a|an)\s+(?=\S)
      )""",
    re.IGNORECASE | re.VERBOSE,
)


def title_of(question: str, plan: Plan | None = None) -> str:
    """A title for the conversation that begins with `question`: plain text, one line, at most `LONGEST` characters."""
    if plan and plan.kind == "author" and plan.people:
        return shortened(f"Work of {_joined(plan.people)}")
    if plan and plan.kind == "compare" and len(compared := plan.subjects or plan.people) > 1:
        return shortened(_joined(compared))
    words = " ".join("".join(each if each.isprintable() else " " for each in question).split())
    rest = words
    while opening := _OPENING.match(rest):
        rest = rest[opening.end() :]
    rest = rest.rstrip(" ?.!:;,") or words or "Untitled"
    return shortened(rest[0].upper() + rest[1:])


def shortened(text: str, longest: int = LONGEST) -> str:
    """`text`, or as many of its words as fit and an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[longest // 2 :] else cut[:-1]}…".replace(" …", "…")


def _joined(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
