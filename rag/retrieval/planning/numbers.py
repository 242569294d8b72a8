"""Numbers as questions write them."""

from __future__ import annotations

_WORDS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
) | {
    "last": 2,
    "couple of": 2,
    "a couple of": 2,
    "few": 3,
    "a few": 3,
    "a dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "a hundred": 100,
}


def number(written: str) -> int:
    """The number that is written in words or digits; "the year before last" is two years ago."""
    return _WORDS.get(written.casefold()) or int(written)
