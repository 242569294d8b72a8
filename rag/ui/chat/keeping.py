"""Between the turns of a page and the file they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.conversations.kept import KeptAnswer, KeptTurn, Rating
from rag.conversations.store import Conversations
from rag.errors import ConversationsError, LibraryError
from rag.retrieval.planning.parts import Part
from rag.types import Citation, Paper
from rag.ui.chat.generation import Written


@dataclass(slots=True)
class Keeping:
    """Where one conversation is kept. What cannot be kept stops nobody: `told` is given the reason, "" if it can."""

    file: Conversations
    visitor: str
    id: str
    told: Callable[[str], None]

    def question(self, turn: KeptTurn, instead_of: int) -> int:
        """Keep a question before it is answered, instead of the turn with a key; returns its own key, or 0."""
        try:
            key = self.file.keep_question(self.visitor, self.id, turn, instead_of)
        except ConversationsError as error:
            self.told(str(error))
            return 0
        self.told("")
        return key

    def answer(self, key: int, written: Written) -> None:
        """Keep what was written for the question with this key."""
        given = KeptAnswer(
            written.text, written.citations, written.answer, written.stopped, written.failure, written.notice
        )
        self._try(lambda: self.file.keep_answer(self.visitor, self.id, key, given))

    def rating(self, key: int, rating: Rating) -> None:
        """Keep what the visitor thinks of the answer to the question with this key."""
        self._try(lambda: self.file.rate(self.visitor, self.id, key, rating))

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except ConversationsError as error:
            self.told(str(error))
        else:
            self.told("")


def shown_again(given: KeptAnswer, find: Callable[[str], Paper]) -> Written:
    """What was written, with the papers it cites as the library has them now."""
    cited: dict[str, list[Citation]] = {}
    for citation in given.citations:
        cited.setdefault(citation.paper_id, []).append(citation)
    papers = {identifier: _paper(identifier, citations, find) for identifier, citations in cited.items()}
    return Written(given.text, given.citations, papers, given.answer, given.failure, given.notice, given.stopped)


def _paper(identifier: str, citations: Iterable[Citation], find: Callable[[str], Paper]) -> Paper:
    """The paper that is cited; where the library has it no more, what the citations say of it."""
    try:
        return find(identifier)
    except LibraryError:
        first, *_ = citations
        quotes = dict.fromkeys(citation.quote for citation in citations if citation.quote != first.title)
        known = (first.title, " ".join(quotes), first.authors, False, first.year, first.venue, first.url)
        return Paper(identifier, *known)


def parts_of(dropped: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    """What a visitor did without, as parts of a plan."""
    return tuple(Part(*pair) for pair in dropped)
