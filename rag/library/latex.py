"""LaTeX inside prose as plain text: only what is surely LaTeX is touched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from rag.library import latex_marks as marks
from rag.library.formula import KNOWN, STYLES, atom, formula

# What a handler gives for a reference that leaves nothing, not even the blank before it.
_WITHDRAWN = "\x00"


def prose(text: str) -> str:
    """Prose with its LaTeX markup replaced by what it stands for. Blanks may be left double."""
    out: list[str] = []
    done = 0
    search_from = 0
    while candidate := marks.CANDIDATE.search(text, search_from):
        found = marks.START.match(text, candidate.start())
        if found is None:
            search_from = candidate.end()
            continue
        out.append(text[done : found.start()])
        # lastgroup is the group that closed last: the alternative itself, for all others are inside one.
        piece, done = _HANDLERS[found.lastgroup or ""](text, found)
        if piece == _WITHDRAWN:
            out[-1] = out[-1].rstrip(" ")
        else:
            out.append(piece)
        search_from = done
    out.append(text[done:])
    return "".join(out).replace("^∘", "°")


_Piece = tuple[str, int]


def _verbatim(text: str, found: re.Match[str]) -> _Piece:
    return found[0], found.end()


def _address(text: str, found: re.Match[str]) -> _Piece:
    return marks.UNESCAPE.sub(r"\1", found[0]), found.end()


def _quoted(text: str, found: re.Match[str]) -> _Piece:
    return found["mark"] + found[0][2:-2] + found["mark"], found.end()


def _accent(text: str, found: re.Match[str]) -> _Piece:
    letter = found[0].rstrip("} ")[-1]
    if found[0] == r"\'s" and not text[found.end() : found.end() + 1].isalpha():
        return "'s", found.end()
    return unicodedata.normalize("NFC", letter + marks.COMBINING[found[0][1]]), found.end()


def _opened(text: str, found: re.Match[str]) -> _Piece:
    return f"\u201c{prose(found['inside'])}\u201d", found.end()


def _tie(text: str, found: re.Match[str]) -> _Piece:
    word = text[max(0, found.start() - 80) : found.start()].rpartition(" ")[2]
    is_tie = marks.WORD_BEFORE_TIE.search(word) and not marks.PATH.search(word)
    return (" " if is_tie else found[0]), found.end()


def _reference(text: str, found: re.Match[str]) -> _Piece:
    rest = text[found.end() : found.end() + 1]
    return (" " if rest.isalnum() else _WITHDRAWN), found.end()


def _escape(text: str, found: re.Match[str]) -> _Piece:
    return found[0][-1], found.end()


def _space(text: str, found: re.Match[str]) -> _Piece:
    return ("" if found[0][1] in "!/@-" else " "), found.end()


def _mark_only(text: str, found: re.Match[str]) -> _Piece:
    return found[0][1], found.end()


def _math(text: str, found: re.Match[str]) -> _Piece:
    opening = found[0]
    start = found.end()
    if opening == "$":
        if text.startswith("$", start):
            end = text.find("$$", start + 1, start + marks.LONGEST_SPAN)
            if end > 0:
                return f" {formula(text[start + 1 : end])} ", end + 2
            return "$", start
        end = start
        while (end := text.find("$", end, start + marks.LONGEST_SPAN)) > 0 and text[end - 1] == "\\":
            end += 1
        if end > start and marks.is_math(text[start:end], text[end + 1 : end + 2]):
            return _inline(text[start:end]), end + 1
        return "$", start
    closing = {r"\(": r"\)", r"\[": r"\]"}[opening]
    end = text.find(closing, start, start + marks.LONGEST_SPAN)
    if end < 0:
        return opening, start
    shown = _inline(text[start:end])
    return (shown if opening == r"\(" else f" {shown} "), end + 2


def _inline(latex: str) -> str:
    """A formula in a line, or prose that was merely put between dollars (a link, words in italics)."""
    return prose(latex) if re.search(r"\\(?:href|url)\b", latex) else formula(latex.strip())


def _environment(text: str, found: re.Match[str]) -> _Piece:
    name = found["name"]
    end = re.compile(rf"\\end\s?\{{{name}\*?\}}").search(text, found.end())
    if end is None:
        return "", found.end()
    inner = text[found.end() : end.start()]
    is_list = name in ("itemize", "enumerate", "description", "quote", "center", "abstract", "document")
    return f" {prose(inner) if is_list else formula(inner)} ", end.end()


def _group(text: str, found: re.Match[str]) -> _Piece:
    start = found.end()
    end = marks.closing_brace(text, found.start())
    if text.startswith("\\", start) and end < 0:
        return "", start
    inner = text[start:end] if end > 0 else ""
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    if inner and before and before in "^_" and len(inner) <= 60:
        return atom(formula(inner)), end + 1
    is_protected = marks.PROTECTED.fullmatch(inner) is not None and not before.isalpha()
    if marks.MARKUP.match(inner) or is_protected or marks.LONE_SIGN.fullmatch(inner):
        return prose(inner), end + 1
    return "{", start


def _arguments(text: str, position: int) -> tuple[list[str], int]:
    """The arguments in braces that follow a macro (those in brackets are left out), and their end."""
    arguments: list[str] = []
    option = re.compile(r"\[[^\[\]]{0,200}\](?=\s?\{)").match(text, position)
    position = option.end() if option else position
    while text.startswith("{", position) and (end := marks.closing_brace(text, position)) > 0:
        arguments.append(text[position + 1 : end])
        position = end + 1
    return arguments, position


def _macro(text: str, found: re.Match[str]) -> _Piece:
    name = found[0][1:].rstrip("*")
    arguments, end = _arguments(text, found.end())
    if len(name) == 1 and name not in marks.LETTERS:
        return found[0], found.end()
    if not arguments and text.startswith("{", found.end()):
        # The brace is never closed: the macro and its brace go, what they enclosed stays.
        return ("" if name in STYLES or name in marks.SWITCHES or name == "textsl" else name), found.end() + 1
    if name in marks.BREAKS:
        return " ", found.end()
    if name in marks.SWITCHES:
        return "".join(map(prose, arguments)), end if arguments else _after_blank(text, end)
    if name in marks.DROPPED and arguments:
        return "", _after_blank(text, end)
    if name in marks.MATH_MACROS and arguments:
        return formula(text[found.start() : end]), end
    if arguments:
        return _with_arguments(name, arguments), end
    return _without_arguments(text, found, name)


def _after_blank(text: str, position: int) -> int:
    return position + text.startswith(" ", position)


def _with_arguments(name: str, arguments: list[str]) -> str:
    if name in ("url", "path", "nolinkurl"):
        return marks.UNESCAPE.sub(r"\1", arguments[0])
    if name == "href" and len(arguments) > 1:
        address = marks.UNESCAPE.sub(r"\1", arguments[0])
        shown = prose(arguments[1]).strip()
        return address if not shown or shown in address else f"{shown} ({address})"
    if name == "footnote":
        return f" ({prose(arguments[0])})"
    if name == "textsuperscript" and arguments[0].isdigit():
        return f"^{arguments[0]}"
    if name in marks.SECOND and len(arguments) > 1:
        return prose(arguments[-1])
    shown = " ".join(filter(None, map(prose, arguments)))
    if arguments == [""] and name in marks.LETTERS:
        return marks.LETTERS[name]
    if arguments == [""]:
        return formula(f"\\{name}") if name in KNOWN and name not in STYLES else name
    return shown


def _letter(text: str, found: re.Match[str], name: str) -> _Piece:
    end = found.end()
    braced = text[found.start() - 1 : found.start()] == "{" and text.startswith("}", end)
    polish = name in "lLoO" and re.match(r" [a-z]", text[end : end + 2])
    if braced or polish or (end == len(text) and found.start() == 0):
        return marks.LETTERS[name], end + bool(polish)
    return found[0], end


def _without_arguments(text: str, found: re.Match[str], name: str) -> _Piece:
    end = found.end()
    if name in marks.LETTERS:
        return _letter(text, found, name)
    if name.startswith("urlhttp"):
        return "", found.start() + len("\\url")
    if name in marks.ABBREVIATIONS:
        dotted = text.startswith(".", end)
        return marks.ABBREVIATIONS[name].removesuffix("." if dotted else " "), end
    if name in STYLES and text.startswith(" ", end):
        return "", end + 1
    if name in ("left", "right") and marks.BRACKET.match(text, end):
        return "", end
    if name in marks.MATH_MACROS and (letter := marks.NEXT_LETTER.match(text, end)):
        return formula(rf"\{name}{{{letter[1]}}}"), letter.end()
    if joined := marks.JOINED.fullmatch(name):
        if joined[1]:
            return joined[2], end
        return formula(rf"\{joined[3]}{{{joined[4]}}}"), end
    after_word = re.search(r"(?<![A-Za-z\\])[A-Za-z]{2,}$", text[max(0, found.start() - 30) : found.start()])
    if len(name) < 2 or name not in KNOWN or after_word:
        return found[0], end
    shown = formula(f"\\{name}")
    return (shown, end) if shown else (found[0], end)


_HANDLERS: dict[str, Callable[[str, re.Match[str]], _Piece]] = {
    "path": _verbatim,
    "address": _address,
    "quoted": _quoted,
    "accent": _accent,
    "opened": _opened,
    "reference": _reference,
    "tie": _tie,
    "math": _math,
    "environment": _environment,
    "escape": _escape,
    "space": _space,
    "macro": _macro,
    "mark_only": _mark_only,
    "group": _group,
}
