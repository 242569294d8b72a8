"""What stands after a number: percent, times, and units of measure in their many spellings."""

from __future__ import annotations

import re

PERCENT, TIMES = "%", "×"

# Canonical unit, then how else it is written. Letter case counts in those of three letters or less.
_SPELLINGS = """
% percent percents percentage per\\scent pct pp percentage\\spoints? %-points?
ns nanoseconds?
µs us μs microseconds?
ms msec msecs milliseconds?
s sec secs seconds?
min mins minutes?
h hr hrs hours?
day days
week weeks wk wks
month months
year years yr yrs
Hz hertz
kHz kilohertz
MHz megahertz
GHz gigahertz
bit bits
byte bytes
KB kB kilobytes? KiB
MB megabytes? MiB
GB gigabytes? GiB
TB terabytes? TiB
Mbps Mb/s
nm nanomet(?:er|re)s?
µm um μm micromet(?:er|re)s? microns?
mm millimet(?:er|re)s?
cm centimet(?:er|re)s?
m met(?:er|re)s?
km kilomet(?:er|re)s?
m/s
km/h
µg ug μg mcg micrograms?
mg milligrams?
g grams?
kg kilograms?
ml mL millilit(?:er|re)s?
dB decibels?
° degrees? deg
°C
mW milliwatts?
W watts?
kW kilowatts?
mV millivolts?
V volts?
mJ millijoules?
J joules?
fps FPS frames\\sper\\ssecond frames/s
FLOPs FLOPS
GFLOPs GFLOPS
"""


def _unit_of_spelling() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for line in _SPELLINGS.strip().splitlines():
        spellings = line.split()
        for spelling in spellings:
            flags = re.IGNORECASE if len(spelling) > 3 else 0
            found.append((re.compile(spelling, flags), spellings[0]))
    return found


_UNITS = _unit_of_spelling()
_SPELLED = "|".join(
    f"(?i:{pattern.pattern})" if pattern.flags & re.IGNORECASE else pattern.pattern
    for pattern, _ in sorted(_UNITS, key=lambda each: -len(each[0].pattern))
)
# Blank, hyphen or nothing may stand before a unit; "9 GPU hours" are hours.
_AFTER = re.compile(
    r"(?P<times>\s?×(?!\s?\d)|\s?[xX](?![\w×])|[\s-]?(?:fold|times)\b)"
    rf"|[\s~-]?(?:(?:GPU|CPU|TPU)[\s-])?(?P<unit>{_SPELLED})(?!\w)"
)


def unit_after(text: str, position: int) -> tuple[str, int]:
    """The canonical unit that stands at `position`, right after a number, and where it ends; "" if there is none."""
    found = _AFTER.match(text, position)
    if not found:
        return "", position
    if found["times"]:
        return TIMES, found.end()
    return next(unit for spelling, unit in _UNITS if spelling.fullmatch(found["unit"])), found.end()
