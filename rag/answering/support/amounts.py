"""The numbers of a sentence with their units, in a form in which equal amounts are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from rag.answering.support.units import PERCENT, TIMES, unit_after

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_BELOW_TWENTY)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_LARGE = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SUFFIXES = {"K": 3, "k": 3, "M": 6, "B": 9, "b": 9, "bn": 9, "T": 12}
# What a text has that may be said as a number: (value, unit).
_SAID_OTHERWISE = {
    **dict.fromkeys(("single", "once"), (1, "")),
    **dict.fromkeys(("twice", "double", "doubles", "doubled", "doubling"), (2, TIMES)),
    **dict.fromkeys(("both", "dual", "pair", "pairs", "couple"), (2, "")),
    **dict.fromkeys(("triple", "triples", "tripled", "thrice"), (3, TIMES)),
    "quadruple": (4, TIMES),
    "dozen": (12, ""),
    "half": (50, PERCENT),
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")  # noqa: RUF001
_THOUSAND = 1000
_LARGEST_POWER = 400  # of ten, or of any base: what is larger is compared by its digits

_EXPONENT = r"\^\(?[-−+]?\d{1,4}\)?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"  # noqa: RUF001
_NUMBER = re.compile(
    r"(?<![\w.·])(?P<sign>(?<![\w)\]}%-])[-−–](?=[\d.]))?"  # noqa: RUF001
    r"(?P<digits>(?:[1-9]\d{0,2}(?:[,  ' ]\d{3})+(?!\d)|\d+)(?:[.·]\d+)?|\.\d+)"
    rf"(?P<power>{_EXPONENT})?"
    rf"(?P<tens>\s?[×x·*]\s?10(?:{_EXPONENT})|[eE][-−+]?\d{{1,3}}(?!\w))?"  # noqa: RUF001
    rf"(?:(?P<suffix>{'|'.join(_SUFFIXES)})(?![\w%])|[\s-](?P<large>(?i:{'|'.join(_LARGE)}))\b)?"
    r"(?!\w?\.\d)"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(\s?)[xX](\s?)(?=\d)")
_WORDED = re.compile(
    rf"(?<![\w])(?P<first>{'|'.join([*_WORDS, 'a(?=[ ](?:hundred|thousand|million|billion))'])})"
    rf"(?:-(?P<ones>{'|'.join(_BELOW_TWENTY[1:10])}))?"
    rf"(?P<large>(?:[\s-](?:{'|'.join(_LARGE)}))*)(?P<fold>fold)?(?!\w)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(rf"(?<!\w)(?:{'|'.join(_SAID_OTHERWISE)})(?!\w)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b[\w-]+\.(?:com|org|io|net|edu)/\S*")
_ITEM = re.compile(r"(?<!\S)\(?(?P<number>\d{1,2}|[ivx]{1,4}|[a-e])\)(?=\s)")
_LIST = re.compile(r"\s?(?:,|;|/|-|–|—|±|→|to|and|or|vs\.?|versus|, and|, or)\s?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit, "" for none; it stands at `text[start:end]`, its unit included.

    `loose` is said of words that are often no count: "one", and in what is read `loosely`, "half" or "both".
    `scale` is the power of ten in its "million" or "K"; in "3 to 8 million", `scaled` is what the 3 may stand for.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    loose: bool = False
    scale: int = 0
    scaled: Decimal | None = None


def amounts(text: str, loosely: bool = False) -> list[Amount]:
    """The amounts in a readable text, in order.

    Digits in names (`GPT-4`, `CIFAR-10`, `F1`, `3D`) and in addresses are none. `loosely` adds words that can
    be said as a number, such as "twice" and "both". Never raises.
    """
    text = with_times(_ADDRESS.sub(lambda address: " " * len(address[0]), text))
    for start, end in items(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    found = [amount for match in _NUMBER.finditer(text) if (amount := _written(text, match))]
    found += [_worded(text, match) for match in _WORDED.finditer(text)]
    if loosely:
        for match in _OTHERWISE.finditer(text):
            value, unit = _SAID_OTHERWISE[match[0].casefold()]
            found.append(Amount(Decimal(value), unit, *match.span(), loose=True))
    return _sharing_units(text, sorted(found, key=lambda amount: amount.start))


def items(text: str) -> list[tuple[int, int]]:
    """Where the numbers of items stand in a text: (1) this; (2) that; or 1) this."""
    return [
        found.span()
        for found in _ITEM.finditer(text)
        if found[0].startswith("(") or text.rfind("(", 0, found.start()) <= text.rfind(")", 0, found.start())
    ]


def with_times(text: str) -> str:
    """The text, as long as before, with "256x256" as 256×256."""
    return _BETWEEN_DIGITS.sub(r"\1×\2", text)


def agree(claimed: Amount, stated: Amount) -> bool:
    """Whether a claim's amount is one that a text states: the claim may leave the unit away, not change it."""
    if not any(
        one == other or (one == -other and one > 0)
        for one in (claimed.value, claimed.scaled)
        for other in (stated.value, stated.scaled)
        if one is not None and other is not None
    ):
        return False
    if claimed.unit == stated.unit:
        return True
    if not claimed.unit:
        # "85" for "85%" is another amount; "74.4" for "74.4%" is how scores are told.
        return stated.unit != PERCENT or claimed.value != claimed.value.to_integral_value()
    return stated.loose and claimed.unit == TIMES


def _written(text: str, match: re.Match[str]) -> Amount | None:
    before = re.search(r"(?P<word>[\w/.]+)[-/]$", text[max(0, match.start() - 40) : match.start()])
    if before and not before["word"].islower() and not re.fullmatch(r"[\d.,/]+[a-zA-Z%]?", before["word"]):
        return None  # the number of a name: GPT-4
    unit, end = unit_after(text, match.end())
    if end == match.end() and re.match(r"\w", text[end:]):
        return None  # a name that begins with a digit: 3D
    unit = unit or _unit_before(text, match.start())
    try:
        scale = _SUFFIXES.get(match["suffix"] or "", 0) or _LARGE.get((match["large"] or "").casefold(), 0)
        return Amount(_value(match, scale), unit, match.start(), end, scale=scale)
    except InvalidOperation:
        return None


def _unit_before(text: str, position: int) -> str:
    return TIMES if re.search(r"\bfactor of $", text[max(0, position - 20) : position], re.IGNORECASE) else ""


def _value(match: re.Match[str], scale: int) -> Decimal:
    digits = re.sub(r"[,\s'  ]", "", match["digits"]).replace("·", ".")
    value = Decimal(digits)
    if match["power"]:
        value = _raised(value, _exponent(match["power"]))
    if match["tens"]:
        tens = match["tens"]
        power = tens[1:] if tens[0] in "eE" else re.sub(r"^\s?[×x·*]\s?10", "", tens)
        value = value.scaleb(_exponent(power))
    value = value.scaleb(scale)
    return (-value if match["sign"] else value).normalize()


def _exponent(text: str) -> int:
    return int(text.translate(_SUPERSCRIPTS).strip("^()"))


def _raised(base: Decimal, power: int) -> Decimal:
    if abs(power) > _LARGEST_POWER:
        raise InvalidOperation
    return base**power


def _worded(text: str, match: re.Match[str]) -> Amount:
    first, ones = match["first"].casefold(), (match["ones"] or "").casefold()
    value = Decimal(_WORDS.get(first, 1) + _WORDS.get(ones, 0))
    for large in re.findall(r"\w+", match["large"].casefold()):
        value = value.scaleb(_LARGE[large])
    unit, end = (TIMES, match.end()) if match["fold"] else unit_after(text, match.end())
    unit = unit or _unit_before(text, match.start())
    return Amount(value.normalize(), unit, match.start(), end, loose=match[0].casefold() in ("one", "zero"))


def _sharing_units(text: str, found: list[Amount]) -> list[Amount]:
    """The amounts, those of a list or range with what stands after its last: 10 to 20%, 3 to 8 million."""
    for place in range(len(found) - 2, -1, -1):
        amount, following = found[place], found[place + 1]
        linked = _LIST.fullmatch(text, amount.end, following.start)
        if linked and not amount.unit:
            amount = replace(amount, unit=following.unit)
            found[place] = amount
        if following.scale and not amount.scale and amount.value < _THOUSAND and linked:
            found[place] = replace(amount, scaled=amount.value.scaleb(following.scale), scale=following.scale)
    return found
