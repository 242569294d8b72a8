"""Authors handed on: their names taken apart so that a reader puts them together again."""

from __future__ import annotations

from rag.library.merging import parsed
from rag.library.names import Name
from rag.readers.people import inverted


def parts_of(display: str) -> Name:
    """The parts of a name, or the whole of it as a family name where the parts would give another name."""
    [name] = parsed([display]) or [Name(display)]
    if name.given and name.display == display and reread(inverted(name.family, name.given, name.suffix)) == display:
        return name
    return Name(display)


def index_form(display: str) -> str:
    """A name as indexes write it, `van der Maaten, Laurens`; in braces where commas would take it apart."""
    name = parts_of(display)
    if name.given:
        return inverted(name.family, name.given, name.suffix)
    return display if reread(display) == display else f"{{{display}}}"


def reread(text: str) -> str:
    """What a name is displayed as after it has been read again."""
    return "; ".join(name.display for name in parsed([text]))
