"""A digest in a model's words: theme by theme, in as many requests as its window needs.

What it writes is checked sentence by sentence; papers that no sentence cites are quoted after it. Of few papers each
is told; of many the themes are, from those in their middle, so that the model is asked a few times and not for hours.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from math import inf

from rag.answering import abstracts, extractive, generative
from rag.answering.digest import pages
from rag.answering.digest.gathering import Work
from rag.answering.llm.client import LanguageModel
from rag.answering.llm.problems import CutOff
from rag.answering.prompt import Asked, prompt
from rag.answering.task import EXTRACTIVE, Outcome, Pieces, Task
from rag.retrieval.themes import FURTHER, Theme
from rag.types import Hit, Paper

_TOKENS = 64  # that a model may need to write of a paper
_LARGEST = 12  # papers that are told in one request: of more, small models leave some out
_ALL_TOLD = 60  # papers of an author of whom every paper is told
_READ, _REQUESTS = 40, 3  # of each theme of an author with more: papers in a request, requests
_QUOTED = 5  # papers of such a theme that are quoted where no sentence cites them; of the others the titles
_FRAME = 1000  # tokens: the instructions, and what is said of ten papers beside their abstracts
_LETTERS = 3  # of a token, at least
_FAILURES = 2  # requests in succession, after which the model is not asked again
_EACH = "what each contributes, in a sentence or two"
_WHOLE = "what they are about, what they have in common and what they found, in about eight sentences"
_UNSUPPORTED = "No abstract supports what the language model wrote of some papers, which are quoted instead."
_DECLINED = "The language model did not summarise some papers, which are quoted instead."


@dataclass(slots=True)
class _Telling:
    """A digest that is being told, and what became of the requests so far."""

    task: Task
    model: LanguageModel
    work: Work
    room: float = inf  # tokens of a prompt that the model is known to read
    failures: int = 0
    passages: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    problem: str | None = None

    @property
    def goes_on(self) -> bool:
        return self.failures < _FAILURES and not self.task.stopping.is_set()

    @property
    def whole(self) -> bool:
        """Whether themes are told and not each paper."""
        return len(self.work.papers) > _ALL_TOLD

    @property
    def most(self) -> int:
        """Papers in a request."""
        return _READ if self.whole else min(_LARGEST, max(1, self.model.max_output // _TOKENS))


def write(task: Task, model: LanguageModel, work: Work, desk: pages.Desk) -> Pieces:
    """The papers of an author by themes, each at least once cited."""
    telling = _Telling(task, model, work)
    for theme in _themes(telling):
        if task.stopping.is_set():
            break
        yield pages.heading(theme)
        yield from _told(telling, theme, desk)
    made_by = model.name if telling.passages else EXTRACTIVE
    return Outcome(
        model=made_by,
        unsupported=tuple(telling.unsupported),
        problem=telling.problem,
        written=tuple(telling.passages),
    )


def _themes(telling: _Telling) -> Sequence[Theme]:
    """The themes, or all papers together where one request is enough for them."""
    model, papers, themes = telling.model, telling.work.papers, telling.work.themes
    letters = sum(len(paper.title) + len(paper.abstract) for paper in papers)
    at_once = letters / _LETTERS + _FRAME <= model.context_window - model.max_output
    if len(themes) > 1 and len(papers) <= telling.most and at_once:
        return (Theme("", tuple(chain.from_iterable(theme.members for theme in themes))),)
    return themes


def _told(telling: _Telling, theme: Theme, desk: pages.Desk) -> Generator[str, None, None]:
    """The papers of a theme in the model's words; after them those that it does not cite."""
    papers = [telling.work.papers[place] for place in theme.members]
    left, cited, written = papers, set[str](), False
    requests = _REQUESTS if telling.whole else len(papers)
    while left and requests and telling.goes_on:
        requests -= 1
        hits = [Hit(paper, 1.0, 0.0, desk(paper).sentences) for paper in left[: telling.most]]
        shown, text = yield from _asked(telling, theme, hits)
        left = left[len(shown) :]
        written = written or bool(text)
        cited |= telling.task.numbering.papers_cited(text)
    rest = [paper for paper in papers if paper.id not in cited]
    if not rest or telling.task.stopping.is_set():
        return
    if written:
        yield "\nAlso:\n" if cited else extractive.INSTEAD.rstrip("\n") + "\n"
    yield from pages.bullets(rest, telling.task.numbering, desk, _QUOTED if telling.whole else len(rest))
    yield "\n"


def _asked(telling: _Telling, theme: Theme, hits: Sequence[Hit]) -> Generator[str, None, tuple[Sequence[Paper], str]]:
    """Have papers summarised, as many of them as the window takes; which ones these were, and what was written."""
    task, given, rooms = telling.task, [hit.paper for hit in hits], list[int]()
    question = _question(telling, theme)

    def asking(room: int) -> Asked:
        rooms.append(int(min(room, telling.room)))
        asked = prompt(question, task.plan.kind, hits, (), rooms[-1])
        given[:] = asked.papers or given
        return asked

    yield "\n"
    written = yield from generative.write(telling.model, asking, partial(abstracts.rewriter, task), task.stopping)
    if len(rooms) > 1:
        telling.room = rooms[-1]
    telling.passages += written.passages
    telling.unsupported += written.unsupported
    if not task.stopping.is_set():
        cited = task.numbering.papers_cited(written.text)
        broken = written.problem is not None and not isinstance(written.problem, CutOff)
        telling.failures = telling.failures + 1 if broken or not cited else 0
        if written.problem or not cited:
            telling.problem = str(written.problem or (_UNSUPPORTED if written.text else _DECLINED))
    yield "\n"
    return given, written.text


def _question(telling: _Telling, theme: Theme) -> str:
    on = f" on {theme.label}" if theme.label not in ("", FURTHER) else ""
    wish = _WHOLE if telling.whole else _EACH
    return f"{telling.task.standalone} (Only of these papers by {telling.work.name}{on}: {wish}.)"
