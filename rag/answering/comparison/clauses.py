"""The part of a long sentence that says what matters, word for word and with its grammar whole."""

from __future__ import annotations

import re

_ADVERB = re.compile(
    r"(?:However|On the other hand|On the one hand|Moreover|Furthermore|In addition|Additionally|Besides|Therefore"
    r"|Thus|Hence|Consequently|Finally"
    r"|Specifically"
    r"|Concretely|In particular|In this (?:paper|work|study|article|letter)|To this end|Here|Unfortunately"
    r"|Nevertheless|Nonetheless"
    r"|Notably|Importantly|Meanwhile|As a result|To (?:address|tackle|solve|overcome|fill|mitigate|alleviate|bridge"
    r"|remedy|resolve)"
    r" (?:this|these|the|that|such|those)(?: \w+){0,3}|In contrast|Accordingly|Overall|Also|First|Second|Then|Further"
    r"|For (?:example|instance)|In this (?:setting|context|regard))\s*,\s+(?=[a-z]|[A-Z])"
)
_SHOWS = re.compile(
    r"(?:[^,;()]{0,110}?\b(?:show|demonstrate|indicate|reveal|confirm|verify|suggest|validate)(?:s"
    r"|ed)?\s+(?:empirically\s+)?that\s+)"
)
_PARTICIPLES = (
    "leading|resulting|making|enabling|allowing|achieving|improving|demonstrating|outperforming|surpassing|reducing"
    "|yielding"
    "|providing|ensuring|showing|using|including|bridging|preserving|highlighting|confirming|offering|thereby|thus"
    "|establishing"
    "|facilitating|supporting|indicating|suggesting|leveraging|limiting|capturing|creating|giving|posing"
)
_ENDS = re.compile(
    rf"\s*;\s+|\s*[–—]\s+|,\s+(?=(?:while|whereas|which|where|but|yet|so|because|since|although|though|as well as|as"
    rf"|with|without|even"
    rf"|such as|e\.g\.|i\.e\.|{_PARTICIPLES}|and (?:we|it|they|this|that|then|thus|our|is|are|can|has|shows?"
    rf"|demonstrates?"
    rf"|achieves?|outperforms?|propose|introduce|present|develop))\b)|:\s+"
)
_SHORTEST = 45  # characters


def opening(sentence: str) -> int:
    """Where a sentence begins once an adverb that joins it to the one before is left out."""
    found = _ADVERB.match(sentence)
    return found.end() if found else 0


def clause(sentence: str, needed: tuple[int, int], most: int) -> tuple[int, int]:
    """The span of the sentence without what opens it idly and what hangs on behind, still with `needed`.

    A sentence that is not longer than `most` characters without its opening is kept to its end.
    """
    start, end = opening(sentence), len(sentence)
    if end - start > most and (shows := _SHOWS.match(sentence, start)) and shows.end() <= needed[0]:
        start = shows.end()
    if end - start <= most:
        return start, end
    ends = [
        found.start()
        for found in _ENDS.finditer(sentence, start + _SHORTEST)
        if found.start() >= needed[1] and _closed(sentence[start : found.start()])
    ]
    within = [place for place in ends if place - start <= most]
    return start, max(within, default=min(ends, default=end))


def _closed(text: str) -> bool:
    """Whether all brackets and quotations in a text are closed."""
    pairs = all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "{}", "“”"))
    return pairs and text.count('"') % 2 == 0
