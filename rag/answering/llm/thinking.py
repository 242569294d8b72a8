"""Text of a language model without its thoughts."""

from __future__ import annotations

import re

OPENING = re.compile(r"<(?:think|thinking)>", re.IGNORECASE)
CLOSING = re.compile(r"</(?:think|thinking)>", re.IGNORECASE)
# Models whose usual template opens their thoughts, so that servers which know nothing of it give `</think>` alone.
THINKER = re.compile(r"\br1\b|qwq|thinking|reasoner", re.IGNORECASE)
# What may become a tag with the next delta.
UNFINISHED = re.compile(r"</?(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$", re.IGNORECASE)


class Thoughts:
    """Takes the thoughts in `<think>` tags out of a text that arrives in pieces.

    Thoughts that are never closed last to the end. A model whose template opens them itself writes only the
    closing tag: what stands before it can be held back only if that is known (`opened`), and is text after all
    when the tag never comes.

    Attributes:
        seen: Whether there were thoughts.
        unopened: Whether a closing tag came that no opening tag belongs to.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self.seen = False
        self.unopened = False
        self._inside = opened
        self._perhaps = opened
        self._shown = False
        self._held = ""

    def are_apart(self) -> None:
        """The server gives the thoughts elsewhere: there are none to wait for here."""
        if self._perhaps and not self._held:
            self._inside = self._perhaps = False

    def feed(self, text: str) -> str:
        """What of the text so far is no thought and was not given yet."""
        self._held += text
        given = []
        while tag := self._next_tag():
            before, self._held = self._held[: tag.start()], self._held[tag.end() :]
            closes = tag[0].startswith("</")
            if not self._inside or (self._perhaps and not closes):
                given.append(self._show(before))
            self.unopened = self.unopened or (closes and (self._perhaps or not self._inside))
            self.seen = True
            self._inside, self._perhaps = not closes, False
        if not self._inside:
            unfinished = UNFINISHED.search(self._held)
            end = unfinished.start() if unfinished else len(self._held)
            given.append(self._show(self._held[:end]))
            self._held = self._held[end:]
        elif not self._perhaps:
            self._held = self._held[-len("</thinking>") :]
        return "".join(given)

    def finish(self) -> str:
        """What is left when no more text comes."""
        rest = "" if self._inside and not self._perhaps else self._show(self._held)
        self._held = ""
        return rest

    def _next_tag(self) -> re.Match[str] | None:
        if self._inside and not self._perhaps:
            return CLOSING.search(self._held)
        tags = [tag for tag in (OPENING.search(self._held), CLOSING.search(self._held)) if tag]
        return min(tags, key=lambda tag: tag.start(), default=None)

    def _show(self, text: str) -> str:
        text = text if self._shown else text.lstrip()
        self._shown = self._shown or bool(text)
        return text
