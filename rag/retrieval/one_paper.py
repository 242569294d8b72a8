"""The sentences of a single paper that answer a question which is put to it alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.index.indexes import Indexes
from rag.index.sentences import sentence_spans
from rag.index.terms import analyse
from rag.retrieval.answerability import judge, mentions, paper_terms
from rag.retrieval.contributions import Reading
from rag.retrieval.evidence import overlap, with_evidence
from rag.retrieval.experiments import asked_of_experiments, naming
from rag.retrieval.question import content_terms, names
from rag.retrieval.roles import Role, roles
from rag.types import Evidence, Hit, Paper

_MOST = 3  # sentences
_LIKELY, _REACHES = 0.5, 0.5  # probability of a role, and what is added where a sentence tells what was reached
_REACHED = re.compile(
    r"\b(?:achiev|outperform|surpass|reach|improv|reduc|attain|yield|lower|increas|drift|exceed)\w*\b.*\d",
    re.IGNORECASE,
)
_LEAST, _HELD = 0.3, 0.5  # a sentence's score, and the share of the question's words in the paper, for an answer
_ASPECTS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (r"results?|findings?|found|find|conclu\w+|outcomes?|achiev\w+|show\w*|perform\w*", ("result",)),
    (r"methods?|approach(?:es)?|techniques?|methodology|algorithms?|how (?:does|do|did|is|was)", ("method",)),
    (r"problems?|motivat\w+|goals?|aims?|purpose|objectives?|why|gap|challenges?", ("objective", "background")),
)
_LIMITS = re.compile(r"\b(?:limit\w*|drawbacks?|weakness\w*|shortcomings?|caveats?|disadvantages?|future work)\b", re.I)
_LIMITED = re.compile(
    r"\b(?:limitations?|limited to|drawbacks?|shortcomings?|caveats?|fails? (?:to|on|when|for|in)|do(?:es)? not (?:work"
    r"|generali[sz]e|scale|extend|cover)|cannot|future work|remains? (?:open|unsolved|a challenge|challenging|to be)"
    r"|only (?:works?|applies|valid)|at the (?:cost|expense) of|room for improvement)\b",
    re.IGNORECASE,
)
# What can be asked of any paper: a question with no other words is about the paper as a whole.
_OF_ANY = frozenset(
    analyse(
        "main key paper article work study result finding find found conclusion conclude outcome achieve"
        " perform performance method approach technique methodology algorithm problem motivation motivate"
        " motivated goal aim purpose objective gap challenge limitation limit limited drawback weakness"
        " shortcoming caveat disadvantage future summary summarize summarise sum overview gist nutshell tldr"
        " tl dr idea point contribution contribute novel novelty new propose proposed introduce introduced"
        " present takeaway sentence short brief briefly word words solve address tackle matter important"
        " importance different do apply applied general overall really author title detail detailed plain"
        " english simple simply term quick quickly core essence message take away"
    )
)


class Within(NamedTuple):
    """The sentences of the paper that answer, in its order, and if there are none, what it does not speak of."""

    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()


def within(indexes: Indexes, paper: Paper, question: str, *, for_model: bool = False) -> Within:
    """What a paper says to a question about it; a language model, who can decline, is asked where this is not sure.

    Raises:
        IndexDamaged: The word index cannot be read.
    """
    if not paper.abstract:
        return Within(())
    of = asked_of_experiments(question)
    if of and (told := _told(paper, of[1])):
        return Within((Hit(paper, 1.0, 1.0, told),))
    if of and not for_model:
        return Within((), (of[0],))
    if not set(content_terms(question)) - _OF_ANY - set(analyse(paper.title)):
        said = _of_the_whole(paper, question)
        return Within((Hit(paper, 1.0, 1.0, said),)) if said else Within((), ("limitations",))
    asked = names(question)
    if unknown := tuple(name for name in asked if not mentions(paper, name)):
        return Within((), unknown)
    idf = {term: indexes.terms.idf(term) for term in content_terms(question)}
    (hit,) = with_evidence(indexes, question, [Hit(paper, 1.0, 1.0)], meaning=not for_model)
    # Its nearness is given: the paper was chosen. What is left to judge is what the question asks the amount of.
    verdict = judge(question, [hit], idf)
    if not verdict.hits:
        return Within((), verdict.missing)
    if not for_model and not asked and not _speaks(hit, idf):
        return Within(())
    return Within((hit,))


def _speaks(hit: Hit, idf: dict[str, float]) -> bool:
    """Whether a paper has enough of what is asked, in one sentence or in all."""
    weights = {term: weight for term, weight in idf.items() if term not in _OF_ANY} or idf
    return hit.evidence[0].score >= _LEAST and overlap(weights, paper_terms(hit.paper)) >= _HELD


def _told(paper: Paper, named: re.Pattern[str]) -> tuple[Evidence, ...]:
    """The sentences of a paper that name data, measures or rivals."""
    spans = sentence_spans(paper.abstract)
    texts = [paper.abstract[start:end] for start, end in spans]
    found = naming(named, texts)[:_MOST]
    return tuple(Evidence(texts[place], "abstract", *spans[place], 1.0) for place in found)


def _of_the_whole(paper: Paper, question: str) -> tuple[Evidence, ...]:
    """The sentences that tell what can be asked of any paper: its results, its method, or what it is about.

    There are none only where it is asked for limitations, of which most abstracts say nothing.
    """
    spans = sentence_spans(paper.abstract)
    texts = [paper.abstract[start:end] for start, end in spans]
    everything = [Evidence(text, "abstract", *span, 1.0) for text, span in zip(texts, spans, strict=True)]
    if _LIMITS.search(question):
        return tuple(each for each in everything if _LIMITED.search(each.sentence))[:_MOST]
    wanted = next((wanted for words, wanted in _ASPECTS if re.search(rf"\b(?:{words})\b", question, re.IGNORECASE)), ())
    if not wanted:
        return _summary(paper)
    likely = [sum(getattr(scores, role) for role in wanted) for scores in roles(texts)]
    if "result" in wanted:
        likely = [each + _REACHES * bool(_REACHED.search(text)) for each, text in zip(likely, texts, strict=True)]
    best = sorted(range(len(texts)), key=lambda place: -likely[place])
    found = [place for place in best[:_MOST] if likely[place] > _LIKELY] or best[:1]
    chosen = {everything[place].start: everything[place] for place in found}
    if "method" in wanted:
        # What is proposed is named there.
        said = Reading(paper).contribution
        chosen[said.start] = Evidence(said.sentence, said.field, said.start, said.end, 1.0)
    return tuple(each for _, each in sorted(chosen.items()))


def _summary(paper: Paper) -> tuple[Evidence, ...]:
    """What a paper contributes, how, and what came out, in the order of its abstract."""
    read = Reading(paper)
    chosen = {said.start: said for said in (read.contribution, read.result) if said}
    for said in sorted(read.sentences, key=lambda said: -said.score):
        if len(chosen) == _MOST:
            break
        chosen.setdefault(said.start, said)
    return tuple(Evidence(each.sentence, each.field, each.start, each.end, 1.0) for _, each in sorted(chosen.items()))
