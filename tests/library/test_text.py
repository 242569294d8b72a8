"""LaTeX and blanks in titles and abstracts."""

# ruff: noqa: RUF001
from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.text import readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"the Fr\'echet distance", "the Fréchet distance"),
        (
            r"{\"o} M\"uller, Garc\'{\i}a, \v{S}, Fran\c cois, \L ukasz, {\o}",
            "ö Müller, García, Š, François, Łukasz, ø",
        ),
        (r"a $20\times$ gain", "a 20× gain"),
        (
            r"call it \underline{\textbf{Tidal \textbf{I}nverse} (TI). We",
            "call it Tidal Inverse (TI). We",
        ),
        (r"\texttt{RTO}, \emph{so}, {\em so}, \textsc{So}", "RTO, so, so, So"),
        (r"Orr's $h$-transform", "Orr's h-transform"),
        (r"$O(n^2)$ or $O(n^{2+d})$", "O(n^2) or O(n^(2+d))"),
        (r"$\alpha$-level, $\epsilon>0$, $x\in\mathbb{R}^d$", "α-level, ε>0, x∈ℝ^d"),
        (r"$\mathcal{X}$ and $\tilde{O}(\sqrt{T})$", "X and Õ(√T)"),
        (r"$\frac{a+1}{b}$ $\frac12$", "(a+1)/b 1/2"),
        (r"$O(n\log n)$ at $360^{\circ}$", "O(n log n) at 360°"),
        (r"the $n^{th}$ of $\sim$21K", "the nth of ~21K"),
        (r"\(a \leq b\) and \[ a = b \] so", "a ≤ b and a = b so"),
        (r"by \begin{equation} a = b \end{equation} so", "by a = b so"),
        (r"$\|x\|_2$ and $\vct{x}$", "‖x‖_2 and x"),
        (r"85\% of R\&D, a\_b, \#1", "85% of R&D, a_b, #1"),
        (r"as shown~\cite{orr2020,li}. In Fig.~3, by \citet{orr} too", "as shown. In Fig. 3, by too"),
        (r"code at \url{https://a.org/x_y/~me%20z}.", "code at https://a.org/x_y/~me%20z."),
        (r"code \href{https://a.org/x}{here}", "code here (https://a.org/x)"),
        (r"code \href{https://a.org/x}{https://a.org/x}", "code https://a.org/x"),
        (r"``tight'' bounds", "“tight” bounds"),
        (r"5\,ms, e.g.\ this", "5 ms, e.g. this"),
        (r"methods, \eg, ours \etc.", "methods, e.g., ours etc."),
        (r"\system{} uses \revised{much of} it", "system uses much of it"),
        (r"\textcolor{red}{x} 2\textsuperscript{nd}", "x 2nd"),
        (r"\emphbounded noise in \mathbbR^d", "bounded noise in ℝ^d"),
        (r"{BERT} and 2{,}430 of user{–}item", "BERT and 2,430 of user–item"),
        (r"worth \$12 or \$13", "worth $12 or $13"),
        (r"from $5 to $6 for $n$ users", "from $5 to $6 for n users"),
        (r"he said \"stop\" and it\'s don\'t", "he said \"stop\" and it's don't"),
    ],
)
def test_latex_reads_as_text(latex: str, text: str) -> None:
    assert readable(latex) == text


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, or $5-$6, or US$5/US$6 million.",
        "A$1 bet and 85% of it, not 20 % more # & _ ^ ~ @ less.",
        r"C:\users\foo\alpha and \\server\share\beta",
        r"the patterns \d+\.\w{2,3} and \s*[a-z] split it",
        "https://a.org/x_y/~me/%20z?a=1&b=$c#d and www.b.org/~c",
        "a < b > c, {x, y | x > 0}, {0,1}^n, f(x) = {a}",
        "pages 3--5 --- or --help",
        "about ~5 ms, X~N(0,1), ~/x and 14M~350M",
        '{"a": {"b": 1}}',
        "unclosed { and } and $ and \\ here",
        "快速傅里叶变换与 naïve Ünïcode",
    ],
)
def test_plain_text_is_kept(text: str) -> None:
    assert readable(text) == text


def test_blanks_and_controls() -> None:
    assert readable("  a\u00a0b\r\n\r\nc\x00\x07d\u200b \t e ") == "a b cd e"
    assert readable("e\u0301") == "é"
    assert readable("") == ""


@pytest.mark.parametrize(
    "broken",
    [
        r"$\frac{a$ and \begin{x} {\bf \emph{",
        r"\begin{equation} a",
        "$" * 999,
        "{" * 5000,
        "\\emph{" * 3000,
        "\\emph{" * 1500 + "}" * 1500,
        "${" + "\\sqrt{" * 900 + "}" * 900 + "}$",
        "`" * 9999,
        "x~" * 5000,
        "$a " * 3000,
        r"\begin{a}" * 2000,
        "$\\" + "{" * 3000 + "$",
        "\\" * 3001,
        "``" * 2000,
        r"$\left\right^_\sqrt\frac$",
    ],
)
def test_broken_latex_is_survived_quickly(broken: str) -> None:
    start = time.perf_counter()
    assert isinstance(readable(broken), str)
    assert time.perf_counter() - start < 5


TEXT = st.text(max_size=200)
MARKUP = st.lists(
    st.sampled_from([*"\\{}$~%^_&#`'\" ab1(),.", "\\emph", "\\frac", "\\alpha", "\\'", "$x$", "\\cite{a}", "é"]),
    max_size=40,
).map("".join)


@given(text=TEXT | MARKUP)
def test_any_text_becomes_one_clean_line(text: str) -> None:
    out = readable(text)
    assert out == " ".join(out.split())
    assert out == unicodedata.normalize("NFC", out)
    assert not any(unicodedata.category(sign) == "Cc" for sign in out)


@given(text=st.text(alphabet=st.characters(exclude_characters="\\${`~", exclude_categories=["Cs"]), max_size=200))
def test_plain_text_is_left_alone_the_second_time(text: str) -> None:
    once = readable(text)
    assert readable(once) == once


def test_an_accent_gives_its_letter_the_dot_back() -> None:
    assert readable("Dar\u0131\u0301o") == "Dar\u00edo"
    assert readable("I\u015f\u0131k") == "I\u015f\u0131k"
