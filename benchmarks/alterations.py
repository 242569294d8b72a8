"""Sentences told faithfully in other words, and with one number altered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORDS = {"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine"}
_DIGITS = {word: digit for digit, word in _WORDS.items()}


def has_number(sentence: str) -> bool:
    """Whether there is a digit outside of addresses."""
    return bool(NUMBER.search(_ADDRESS.sub("", sentence)))


def retold(sentence: str) -> Iterator[tuple[str, str]]:
    """The kind of change and the sentence with it; the facts stay."""
    yield "verbatim", sentence
    yield "in the third person", _third_person(sentence)
    yield "digits and words exchanged", _digits_and_words(sentence)
    yield "a clause left out", _shortened(sentence)
    yield "in LaTeX", re.sub(r"(\d)×", r"$\1\\times$", sentence.replace("%", r"\%"))
    yield "all of it", _third_person(_digits_and_words(_shortened(sentence))).replace("% ", " percent ")


def altered(sentence: str, abstract: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The kind of alteration and the sentence with it: one number is another one then.

    Addresses, markers and the numbers of items are left alone.
    """
    outside = [
        found
        for found in NUMBER.finditer(sentence)
        if not any(address.start() <= found.start() < address.end() for address in _ADDRESS.finditer(sentence))
        and not (sentence[: found.start()].endswith(("(", "[")) and sentence[found.end() :].startswith((")", "]")))
    ]
    if not outside:
        return
    found = rng.choice(outside)
    number = found[0].rstrip(",")
    digits = number.replace(",", "")
    value, decimals = float(digits), len(digits.partition(".")[2])

    def put(other: str) -> str:
        return sentence[: found.start()] + other + sentence[found.start() + len(number) :]

    yield "one more", put(f"{value + 1:.{decimals}f}")
    yield "ten times", put(f"{10 * value:.{decimals}f}")
    place = rng.choice([place for place, sign in enumerate(digits) if sign.isdigit()])
    digit = str((int(digits[place]) + rng.randint(1, 9)) % 10)
    yield "another digit", put(digits[:place] + digit + digits[place + 1 :])
    if decimals:
        yield "point moved", put(f"{value / 10:.{decimals + 1}f}")
    here = {_value(other[0]) for other in NUMBER.finditer(sentence)}
    elsewhere = [other[0].rstrip(",") for other in NUMBER.finditer(_ADDRESS.sub("", abstract))]
    if others := [other for other in elsewhere if _value(other) not in here]:
        yield "another number of the abstract", put(rng.choice(others))


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _third_person(sentence: str) -> str:
    told = re.sub(r"\bwe\b", "the authors", re.sub(r"\bWe\b", "The authors", sentence))
    told = re.sub(r"\bour (?=method|approach|model|framework)", "the proposed ", told, flags=re.IGNORECASE)
    return _begun(re.sub(r"\bour\b", "their", told, flags=re.IGNORECASE))


def _digits_and_words(sentence: str) -> str:
    told = re.sub(r"(?<![\w.,-])\d(?= [a-z])", lambda found: _WORDS.get(found[0], found[0]), sentence)
    return re.sub(rf"\b(?:{'|'.join(_DIGITS)})(?= [a-z]+s\b)", lambda found: _DIGITS[found[0]], told)


def _shortened(sentence: str) -> str:
    """Without its last or its first clause, if that has no number and enough is left."""
    clauses = re.split(r", (?=[a-z])", sentence)
    if not has_number(clauses[-1]) and sum(len(clause.split()) for clause in clauses[:-1]) > 6:
        return ", ".join(clauses[:-1]).rstrip(".") + "."
    if not has_number(clauses[0]) and sum(len(clause.split()) for clause in clauses[1:]) > 6:
        return _begun(", ".join(clauses[1:]))
    return sentence


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
