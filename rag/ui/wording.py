"""Numbers and spans in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number of things: "1 paper", "1,204 papers"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def span(years: tuple[int, int]) -> str:
    """First and last year: "2019–2024", or "2019" alone."""
    first, last = years
    return str(first) if first == last else f"{first}\u2013{last}"


def lasting(seconds: float) -> str:
    """How long something takes, as a person would say it: "about 3 minutes", "less than a minute"."""
    if seconds < 50:
        return "less than a minute"
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return f"about {counted(minutes, 'minute')}"
    return f"about {counted(round(minutes / 60), 'hour')}"
