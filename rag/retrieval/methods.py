"""The names under which a paper introduces what is new in it: a method, a data set, a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.index.sentences import sentence_spans
from rag.types import Evidence, Paper

# A word that is written as no other: KelpNet, Lichen-SLAM, GPT4All, TMT, nnU-Net, but not Europe or Bayesian.
_COINED = r"(?:[A-Za-z]*[A-Z][a-z0-9]*[A-Z]\w*|[A-Z]\w*\d\w*|[A-Z]{2,}\w*)"
_JOINED = rf"(?:\w+[-+])*{_COINED}(?:[-+]\w+)*\+*"
_CAPITAL = r"[A-Z][\w-]*"
_MARK = r"[\"'“”‘’`*]{0,2}"
_NAME = (
    rf"{_MARK}(?P<name>{_JOINED}(?: {_CAPITAL}){{0,2}}"
    rf"|{_CAPITAL}(?: (?:{_CAPITAL}|of|the|with|for|and)){{0,4}} {_CAPITAL}|{_CAPITAL}){_MARK}"
)
_SHORT = rf"(?: ?\((?P<short>{_JOINED})\))?"
_ACT = (
    r"(?i:\b(?:we|this (?:paper|work|article|study|report)|(?:the )?authors?)\b(?:,? (?:further|then|also|thus|here"
    r"|therefore|first|now|hence))?(?: ?,)? (?:propos|introduc|present|develop|releas|describ|creat|construct|buil[dt]"
    r"|collect|design|offer|contribut|devis|formulat|unveil|establish|publish)\w*\b"
    r"|\bby (?:introduc|propos)ing\b)"
)
_JOINS = r"(?:and|based|by|combin\w+|for|from|in|of|on|that|to|us\w+|using|via|which|with|without)\b"
_BESIDES = rf"(?: (?!{_JOINS})[a-z][\w-]*){{0,9}}?"
_ENDS = r"(?= ?[,:;.(–—-]|$| (?:and|as|by|for|in|is|on|that|to|using|where|which|with)\b)"
_KIND = (
    r"(?:algorithm|approach|agent|architecture|benchmark|corpus|data ?set|framework|library|method|model|network"
    r"|pipeline|platform|simulator|strategy|system|technique|tool|toolkit)s?"
)
_NAMED = (
    r"\b(?:(?i:we) (?:call|name|term|dub)(?: (?:it|this|them|our|the)\b(?: [\w-]+){0,3}?)?"
    r"|called|named|dubbed|termed|coined|referred to as|abbreviated as|namely),?(?: as)?(?: the)?"
)
_INTRODUCED = (
    re.compile(rf"{_ACT}(?:,[^,.]{{1,60}},)?(?: the)? {_NAME}{_SHORT}{_ENDS}"),
    re.compile(rf"{_NAMED} {_NAME}{_SHORT}{_ENDS}"),
    re.compile(rf"{_ACT}{_BESIDES} ?(?:,|:|\(|–|—) ?{_MARK}(?P<name>{_JOINED}){_MARK}(?=[\s,.;:)–—])"),
    re.compile(rf"{_ACT}{_BESIDES} {_KIND} {_MARK}(?P<name>{_JOINED}){_MARK}(?=[\s,.;:)–—])"),
    re.compile(rf"{_ACT}(?: (?!{_JOINS})[\w,'’-]+){{1,14}}? \((?P<name>{_JOINED})\)"),
)
_BEFORE_COLON = re.compile(
    rf"^{_MARK}(?P<name>{_JOINED}(?: {_CAPITAL}){{0,2}}|{_CAPITAL}(?: {_CAPITAL}){{0,3}}){_MARK}"
    rf"(?: ?\({_JOINED}\))? ?(?::| [–—-] )"
)
_COINED_WORD = re.compile(_COINED)
_NOT_A_NAME = re.compile(
    r"^(?:The|An?|This|These|Our|In|On|For|To|It|We|Both|Two|Three|From|With|AI|ML|NLP|RL|LLMs?|CNNs?|GANs?|DNNs?|SVMs?"
    r"|GPUs?|CPUs?|3D|2D|I+|IV|A|English|Chinese|Bayesian|Gaussian|Markov)$"
)
_PLACES_OF_CODE = re.compile(r"https?://|github", re.IGNORECASE)


class Method(NamedTuple):
    """A name, as it is written, and the sentence that introduces it."""

    name: str
    paper: Paper
    introduced: Evidence


def methods(papers: Sequence[Paper]) -> list[Method]:
    """What these papers introduce by name, in their order; who has it first has it alone."""
    found: dict[str, Method] = {}
    for paper in papers:
        for method in _of(paper):
            found.setdefault(method.name.casefold(), method)
    return list(found.values())


def _of(paper: Paper) -> Iterator[Method]:
    """At most two for a paper: what its title is headed with, and what its abstract says it introduces."""
    spans = sentence_spans(paper.abstract)
    headed = _BEFORE_COLON.match(paper.title)
    names = [headed["name"]] if headed else []
    if not (names and _is_name(names[0], paper.abstract)):
        names = [name for name in _introduced(paper.abstract, spans) if _is_name(name, paper.abstract)][:1]
    for name in names:
        yield Method(name, paper, _sentence(paper, spans, name))


def _introduced(abstract: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    for start, end in spans:
        sentence = abstract[start:end]
        for form in _INTRODUCED:
            if match := form.search(sentence):
                short = match.groupdict().get("short")
                name = match["name"].strip("-")
                yield short if short and len(name.split()) > 3 else name


def _is_name(name: str, abstract: str) -> bool:
    """Whether it is a coined word, or else written with capitals where a sentence does not begin."""
    if _NOT_A_NAME.match(name) or len(name) < 3 or _PLACES_OF_CODE.search(name):
        return False
    if " " not in name and _COINED_WORD.search(name):
        return True
    return bool(re.search(rf"[a-z,(] {re.escape(name)}\b", abstract))


def _sentence(paper: Paper, spans: Sequence[tuple[int, int]], name: str) -> Evidence:
    """The sentence that introduces a name, or the first that has it; the title if none does."""
    having = [span for span in spans if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", paper.abstract[slice(*span)])]
    telling = [span for span in having if any(form.search(paper.abstract[slice(*span)]) for form in _INTRODUCED)]
    for start, end in [*telling[:1], *having[:1]]:
        return Evidence(paper.abstract[start:end], "abstract", start, end, 1.0)
    return Evidence.of_title(paper)
