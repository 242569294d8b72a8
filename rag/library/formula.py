"""LaTeX mathematics as a line of plain text, by pylatexenc."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import (  # type: ignore[import-untyped]
    LatexGroupNode,
    LatexMacroNode,
    LatexWalker,
)
from pylatexenc.latexwalker import (
    get_default_latex_context_db as get_default_parsing_db,
)
from pylatexenc.macrospec import std_macro  # type: ignore[import-untyped]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STYLES = _names(
    "mathcal mathbf mathrm mathsf mathit mathtt mathfrak mathscr mathnormal boldsymbol bm pmb operatorname"
    " text textbf textit textrm textsf texttt textsc textup mbox emph underline ensuremath url"
)
ACCENTS = {"tilde": "\u0303", "widetilde": "\u0303", "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304"}
ACCENTS |= {"vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "Tilde": "\u0303"}
_FUNCTIONS = _names("log ln exp min max sup inf arg argmin argmax lim det dim gcd sin cos tan tanh Pr deg ker")
_DOUBLE_STRUCK = dict(zip("CHNPQRZ", "\u2102\u210d\u2115\u2119\u211a\u211d\u2124", strict=True))
_SPACES = {name: " " for name in ("quad", "qquad", ",", ";", ":", " ", "enspace", "\\")}
_SILENT = _names(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle displaystyle textstyle"
    " scriptstyle limits nolimits ! label tiny small scriptsize footnotesize cal rm bf it sf tt em"
)

_PLAIN = re.compile(r"[\w\s.,;:=+\-<>()\[\]/|'*!?^\u2212\u2264\u2265\xd7\xb1\xb7]*")
_FACTOR = re.compile(r"√?\w+(?:[\^_]\w+)*")
_ATOM = re.compile(r"[-+\u2212]?(?:\.?\w+(?:\.\w+)?|[^\w\s])|\([^()]*\)")
_STYLED_LETTER = re.compile(r"\\(mathbb|mathcal|mathbf|mathrm|mathsf|mathfrak|sqrt|tilde|hat|bar)([A-Z])(?![a-z])")
_BEFORE_FUNCTION = re.compile(r"(?<=[\w)}\]])(?=\\(?:" + "|".join(_FUNCTIONS) + r")(?![A-Za-z]))")
# The blank that ends the macro in `32\times 32` is not one between the signs.
_AFTER_TIMES = re.compile(r"(?<=[\w)][\xd7\xb7]) (?=[\w(])")
_ORDINAL = re.compile(r"\^\(?\\?(th|st|nd|rd)\b\)?")


@lru_cache(maxsize=8192)
def formula(latex: str) -> str:
    """A formula, without its delimiters, as one line: `O(n^{2+d})` gives `O(n^(2+d))`.

    What pylatexenc cannot parse comes back as it was.
    """
    if _PLAIN.fullmatch(latex):
        return _ORDINAL.sub(r"\1", latex).strip()
    source = re.sub(r"(?<!\\)%", r"\\%", latex)
    source = _STYLED_LETTER.sub(r"\\\1{\2}", source)
    source = _BEFORE_FUNCTION.sub(" ", source)
    try:
        nodes, _, _ = LatexWalker(source, latex_context=_PARSING, tolerant_parsing=True).get_latex_nodes()
        text = _TO_TEXT.nodelist_to_text(nodes)
    except Exception:  # pylatexenc leaks IndexError, ValueError and more on odd input
        return latex
    text = _AFTER_TIMES.sub("", text)
    text = _ORDINAL.sub(r"\1", text.replace("^∘", "°").replace("^\u2032", "\u2032"))
    return " ".join(text.split())


class _OneLine(LatexNodes2Text):  # type: ignore[misc]
    """pylatexenc's converter, but scripts of several signs keep their grouping."""

    def nodelist_to_text(self, nodelist: list[Any]) -> str:
        out = ""
        previous: Any = None
        for node in nodelist:
            if self._is_bare_macro_node(previous):
                out += previous.macro_post_space
            text = self.node_to_text(node)
            if isinstance(node, LatexMacroNode) and node.macroname not in KNOWN and out[-1:].isalnum():
                out += " "
            if isinstance(node, LatexGroupNode):
                if out.endswith(("^", "_")):
                    text = atom(text.strip())
                elif isinstance(previous, LatexMacroNode) and previous.macroname not in KNOWN:
                    # A style of the author's own, such as \vct{x}: only what it is applied to can be read.
                    out = out.removesuffix(previous.macroname)
            out += text
            previous = node
        return out


def atom(text: str) -> str:
    """A formula in parentheses, or as it is where it is one sign, word or number."""
    return text if _ATOM.fullmatch(text) else f"({text})"


def _argument(node: Any, l2tobj: LatexNodes2Text, index: int) -> str:
    arguments = [each for each in (node.nodeargd.argnlist if node.nodeargd else []) if each is not None]
    return l2tobj.nodelist_to_text([arguments[index]]).strip() if index < len(arguments) else ""


def _fraction(node: Any, l2tobj: LatexNodes2Text) -> str:
    above, below = (_argument(node, l2tobj, index) for index in (0, 1))
    return "/".join(part if _FACTOR.fullmatch(part) else atom(part) for part in (above, below))


def _binomial(node: Any, l2tobj: LatexNodes2Text) -> str:
    return f"({_argument(node, l2tobj, 0)} choose {_argument(node, l2tobj, 1)})"


def _root(node: Any, l2tobj: LatexNodes2Text) -> str:
    return "√" + atom(_argument(node, l2tobj, -1))


def _norm(node: Any, l2tobj: LatexNodes2Text) -> str:
    return f"‖{_argument(node, l2tobj, 0)}‖"


def _absolute(node: Any, l2tobj: LatexNodes2Text) -> str:
    return f"|{_argument(node, l2tobj, 0)}|"


def _style(node: Any, l2tobj: LatexNodes2Text) -> str:
    return _argument(node, l2tobj, 0)


def _double_struck(node: Any, l2tobj: LatexNodes2Text) -> str:
    text = _argument(node, l2tobj, 0)
    return _DOUBLE_STRUCK.get(text, text)


def _accent(node: Any, l2tobj: LatexNodes2Text) -> str:
    text = _argument(node, l2tobj, 0)
    return text[:1] + ACCENTS[node.macroname] + text[1:] if text else ""


def _unknown(node: Any, l2tobj: LatexNodes2Text) -> str:
    return str(node.macroname)


def _text_context() -> Any:
    specs = [MacroTextSpec(name, simplify_repl=_style) for name in STYLES]
    specs += [MacroTextSpec(name, simplify_repl=_accent) for name in ACCENTS]
    specs += [MacroTextSpec(name, simplify_repl=name) for name in _FUNCTIONS]
    specs += [MacroTextSpec(name, simplify_repl=space) for name, space in _SPACES.items()]
    specs += [MacroTextSpec(name, simplify_repl="") for name in _SILENT]
    specs += [MacroTextSpec(name, simplify_repl=_fraction) for name in ("frac", "tfrac", "dfrac", "nicefrac")]
    specs += [
        MacroTextSpec("mathbb", simplify_repl=_double_struck),
        MacroTextSpec("sqrt", simplify_repl=_root),
        MacroTextSpec("norm", simplify_repl=_norm),
        MacroTextSpec("abs", simplify_repl=_absolute),
        MacroTextSpec("binom", simplify_repl=_binomial),
        MacroTextSpec("epsilon", simplify_repl="ε"),
        MacroTextSpec("varepsilon", simplify_repl="ε"),
        MacroTextSpec("phi", simplify_repl="φ"),
        MacroTextSpec("sim", simplify_repl="~"),
        MacroTextSpec("ast", simplify_repl="*"),
        MacroTextSpec("mid", simplify_repl="|"),
        MacroTextSpec("vert", simplify_repl="|"),
        MacroTextSpec("land", simplify_repl="∧"),
        MacroTextSpec("lor", simplify_repl="\u2228"),
        MacroTextSpec("|", simplify_repl="‖"),
        MacroTextSpec("Vert", simplify_repl="‖"),
    ]
    context = get_default_latex_context_db()
    context.add_context_category("one line", macros=specs, prepend=True)
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    return context


def _parsing_context() -> Any:
    one = [*STYLES, *ACCENTS, "mathbb", "norm", "abs"]
    specs = [std_macro(name, False, 1) for name in one]
    specs += [std_macro(name, False, 2) for name in ("frac", "tfrac", "dfrac", "nicefrac", "binom")]
    context = get_default_parsing_db()
    context.add_context_category("one line", macros=specs, prepend=True)
    return context


_PARSING = _parsing_context()
_TO_TEXT = _OneLine(latex_context=_text_context(), math_mode="text", keep_comments=True)
KNOWN = frozenset(
    spec.macroname
    for category in _TO_TEXT.latex_context.categories()
    for spec in _TO_TEXT.latex_context.iter_macro_specs([category])
)
