"""Answers of a language model while they stream: markers, checks, what is held back and what is left out."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.citations import Numbering
from rag.answering.citing.rewriter import Rewriter
from rag.types import Evidence, Grounds, Paper, Support

BOATS = Paper("boats", "Boats", "Boats sink.", ("Anna Vale", "Bo Oar"), year=2020)
OARS = Paper("oars", "Oars", "Oars break.", ("Cleo Reed",), year=2021)
SAILS = Paper("sails", "Sails", "Sails tear.", ("Dora Finn",))
ELSEWHERE = Paper("elsewhere", "Not retrieved", "Nobody asked.")
PAPERS = (BOATS, OARS, SAILS)
OURS = re.compile(r"(?<!\\)\[(\d+(?:\s*[,;–-]\s*\d+)*)\]")
CODE_OR_MATHS = re.compile(
    r"```.*?(?:```|\Z)|(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.*?\$\$|\$[^$\n]+\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL
)


def grounds(paper: Paper, supported: bool = True) -> Grounds:
    return Grounds(paper, Evidence(paper.abstract, "abstract", 0, len(paper.abstract), 0.5), supported)


class Checked:
    """Finds a claim unsupported that says "bad"; `earned` is cited for what says its name and cites nothing."""

    def __init__(self) -> None:
        self.claims: list[tuple[str, list[str]]] = []

    def __call__(self, claim: str, cited: Sequence[Paper]) -> Support:
        self.claims.append((claim, [paper.id for paper in cited]))
        supported = "bad" not in claim.lower()
        if "instead" in claim:
            return Support(True, (grounds(SAILS),))
        if "partly" in claim:
            return Support(True, tuple(grounds(paper) for paper in cited[:1]))
        if "stranger" in claim:
            return Support(True, (grounds(ELSEWHERE), grounds(OARS)))
        if "earns" in claim and not cited:
            return Support(True, (grounds(BOATS),))
        return Support(supported, tuple(grounds(paper, supported) for paper in cited))


def believe(claim: str, cited: Sequence[Paper]) -> Support:
    return Support(True, tuple(grounds(paper) for paper in cited))


def rewritten(text: str, *, strict: bool = False, step: int = 1) -> tuple[str, Checked, Rewriter, Numbering]:
    check, numbering = Checked(), Numbering()
    rewriter = Rewriter(PAPERS, check, numbering, strict=strict)
    pieces = [rewriter.feed(text[at : at + step]) for at in range(0, len(text), step)]
    return "".join([*pieces, rewriter.finish()]), check, rewriter, numbering


def shown(text: str, *, strict: bool = False) -> str:
    return rewritten(text, strict=strict)[0]


def claims(text: str) -> list[tuple[str, list[str]]]:
    return rewritten(text)[1].claims


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Boats sink [2].", "Boats sink [1]."),
        ("Boats **sink** **[2]**. Oars *[9]*.", "Boats **sink** [1]. Oars."),
        ("Boats sink. [2]", "Boats sink. [1]"),
        ("Boats sink.[2] Oars break.[1]", "Boats sink.[1] Oars break.[2]"),
        ("Boats sink [2]. Oars [1, 3] break.", "Boats sink [1]. Oars [2][3] break."),
        ("Boats sink [1] [2]; oars [2] too.", "Boats sink [1][2]; oars [2] too."),
        ("Boats sink [1], [2].", "Boats sink [1][2]."),
        ("Boats sink [1][1] [1].", "Boats sink [1]."),
        ("Both [1] and [2] say so.", "Both [1] and [2] say so."),
        ("Both [1] and [8] say so.", "Both [1] say so."),
        ("Boats sink [9]. Oars [8] break.", "Boats sink. Oars break."),
        ("Boats sink [9][2].", "Boats sink [1]."),
        ("Boats sink [2][9].", "Boats sink [1]."),
        ("[9] Boats sink.", "Boats sink."),
        ("- [9] Boats sink.", "- Boats sink."),
        ("[2] Boats sink.", "[1] Boats sink."),
        ("Boats sink [2](https://example.org/a_(b)).", "Boats sink [1]."),
        ("Boats sink \\[2\\].", "Boats sink [1]."),
        ("Boats sink ([1], [2]).", "Boats sink [1][2]."),
        ("Boats sink [[2]](#two).", "Boats sink [1]."),
        ("Boats sink 【2†source】.", "Boats sink [1]."),
        ("Boats sink [2", "Boats sink"),
        ("A path \\\\[2] is odd.", "A path \\\\ [1] is odd."),
    ],
)
def test_markers_are_written_where_the_model_put_them(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("This earns one.", "This earns one. [1]"),
        ("This earns one. So it does.", "This earns one. [1] So it does."),
        ("**This earns one.** So it does.", "**This earns one.** [1] So it does."),
        ("- This earns one\n- Next\n", "- This earns one [1]\n- Next\n"),
        ("Oars instead [1].", "Oars instead. [1]"),
        ("Oars instead. [1]", "Oars instead. [1]"),
        ("This is partly so [2][1].", "This is partly so [1]."),
        ("This is partly so [2]. [1]", "This is partly so [1]."),
        ("A stranger [1] came.", "A stranger came. [1]"),
        ("A bad claim.", "A bad claim. [?]"),
        ("A bad claim [1].", "A bad claim [1]. [?]"),
        ("A bad claim. [1] Next.", "A bad claim. [1][?] Next."),
    ],
)
def test_what_the_check_adds_goes_to_the_end(written: str, expected: str) -> None:
    assert shown(written) == expected


def test_an_unsupported_sentence_is_told_with_its_citations() -> None:
    _, _, rewriter, numbering = rewritten("A **bad** claim [1]. A good one [1].")
    assert rewriter.unsupported == ("A bad claim.",)
    assert [(each.paper_id, each.supported) for each in numbering.citations] == [("boats", False), ("boats", True)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Boats sink [2]. [1] Oars break. [3]", [("Boats sink.", ["oars", "boats"]), ("Oars break.", ["sails"])]),
        ("Boats sink.\n\n[2]\n\nOars break.", [("Boats sink.", ["oars"]), ("Oars break.", [])]),
        ("- Boats *sink*.\n- [2]\n- `Oars` break\n", [("Boats sink.", ["oars"]), ("Oars break", [])]),
        ("# Boats\nThey sink.", [("They sink.", [])]),
        ("1. Boats sink\n2) Oars break", [("Boats sink", []), ("Oars break", [])]),
        ("> Boats sink\n> > Oars break", [("Boats sink", []), ("Oars break", [])]),
        ("Boats\nsink [1].\nOars\tbreak.", [("Boats sink.", ["boats"]), ("Oars break.", [])]),
        (
            "We follow Vale et al. [1] here. See e.g. Oars.",
            [("We follow Vale et al. here.", ["boats"]), ("See e.g. Oars.", [])],
        ),
        ("It is 3.5 % of https://a.org/b.C?d. Next.", [("It is 3.5 % of https://a.org/b.C?d.", []), ("Next.", [])]),
        (
            "Is it? Yes! “It is.” (So.) `x` is.",
            [(each, []) for each in ("Is it?", "Yes!", "“It is.”", "(So.)", "x is.")],
        ),
        ("It is 2 * 3, a*b and __c__.", [("It is 2 * 3, a*b and c.", [])]),
        ("With $\\alpha = 0.5$ and $x$ boats sink.", [("With \u03b1 = 0.5 and x boats sink.", [])]),
        ("A [link](https://a.org/x. Y) stays.", [("A [link](https://a.org/x. Y) stays.", [])]),
        ("A [link](https://a.org/x.y) stays.", [("A link stays.", [])]),
        ("Boats sink: \n```\nOars. Break.\n```\n$$\na. B\n$$\nSails tear.", [("Boats sink:", []), ("Sails tear.", [])]),
        ("--- \n\n***\n...\n", []),
        (
            "| Boat | Speed |\n|---|:-:|\n| Dinghy | 5 knots | [1] |\n| [2] | 95 % [3] |\n",
            [("Dinghy", []), ("5 knots", ["boats"]), ("95 %", ["oars", "sails"])],
        ),
    ],
)
def test_every_sentence_is_checked_as_plain_text(written: str, expected: list[tuple[str, list[str]]]) -> None:
    assert claims(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx[1] = y[2]\n```\n",
        "Inline `x[1]` and ``a`[2]``.",
        "Maths $x[1]$, $$y[2]$$, \\(z[1]\\) and \\[w[2] + 1\\] stay.",
        "See f(1), Eq. (1), Figure (2), Table (3), [MASK], [CLS] and (2020), (n=12), [1.5, 2].",
        "We do (1) first, (2) second and (3) third.",
        "[Here](https://example.org/a_b) and ![there](x.png).",
        "- [ ] open\n- [x] done\n",
        "It costs $5 or $10, as [a, b] says.",
        "| a | b |\n|---|---|\n| `x|y` | \\| |\n",
        "An open ( and an open [bracket\n\nstay.",
    ],
)
def test_what_is_no_marker_is_kept(text: str) -> None:
    assert shown(text) == text
    assert shown(text, strict=True) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("In [0, 1].", "In \\[0, 1\\]."),
        ("Range [1, 2] and x[1].", "Range \\[1, 2\\] and x\\[1\\]."),
        ("In [2020] it was.", "In \\[2020\\] it was."),
        ("Is it [?] so.", "Is it \\[?\\] so."),
        ("[1 [9]] is odd.", "\\[1] is odd."),
    ],
)
def test_what_looks_like_our_marker_gets_a_backslash(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Good.\n```python\nx[1]", "Good.\n```python\nx[1]\n```"),
        ("~~~\n[1]\n", "~~~\n[1]\n~~~"),
        ("````\nx\n```\n", "````\nx\n```\n````"),
    ],
)
def test_code_that_is_left_open_is_closed(written: str, expected: str) -> None:
    assert shown(written) == expected


def test_markers_below_a_table_are_for_its_last_cell() -> None:
    assert shown("| a |\n|---|\n| b |\n\n[1]\n\nNext.") == "| a |\n|---|\n| b [1] |\n\nNext."


def test_table_cells_keep_their_borders() -> None:
    table = "| Boat | Bad |\n|---|---|\n| earns | bad |\n| x [9] | bad | [1] |\n| [2] | y |\n"
    assert shown(table) == ("| Boat | Bad |\n|---|---|\n| earns [1] | bad [?] |\n| x | bad [?] | [2] |\n| [3] | y |\n")
    assert shown(table, strict=True) == "| Boat | Bad |\n|---|---|\n| earns [1] | |\n| x | | |\n| [2] | y |\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Bad. Good.", "Good."),
        ("Good. Bad. Good.", "Good. Good."),
        ("Good.\n\nBad.\n\nGood.\n", "Good.\n\nGood.\n"),
        ("Good:\n\n- Bad.\n- Good. Bad.\n- Bad. Good.\n- Bad.\n", "Good:\n\n- Good.\n- Good."),
        ("Good:\n\n- Bad.\n- Bad.\n\nGood.\n", "Good:\n\nGood.\n"),
        ("# Bad head\n\nBad.\n\n## Next\n\n1. Good [2].\n2. Bad [1].\n", "# Bad head\n\n## Next\n\n1. Good [1]."),
        ("Bad [1].\n\n```\nbad\n```\n", "```\nbad\n```\n"),
        ("Bad.", ""),
    ],
)
def test_strict_leaves_out_what_is_not_supported(written: str, expected: str) -> None:
    assert shown(written, strict=True) == expected


def test_text_is_shown_as_it_comes() -> None:
    rewriter = Rewriter(PAPERS, believe, Numbering(), strict=False)
    deltas = ["The fir", "st", " words", " (as", " ever) sink", " [", "1", "]", " and", " so", " on. Next it is", "."]
    given_out = [rewriter.feed(delta) for delta in deltas]
    assert given_out[:9] == ["The fir", "st", " words", "", " (as ever) sink", "", "", "", ""]
    assert "".join(given_out) == "The first words (as ever) sink"
    assert rewriter.finish() == " [1] and so on. Next it is."


@pytest.mark.parametrize("cut", range(12))
def test_stars_around_a_marker_are_seen_however_they_arrive(cut: int) -> None:
    text = "(It sinks.)**[1]**"
    rewriter = Rewriter(PAPERS, believe, Numbering(), strict=False)
    assert rewriter.feed(text[: 8 + cut]) + rewriter.feed(text[8 + cut :]) + rewriter.finish() == "(It sinks.)[1]"


def test_strict_shows_whole_sentences() -> None:
    rewriter = Rewriter(PAPERS, believe, Numbering(), strict=True)
    assert rewriter.feed("The first words sink. The second") == ""
    assert rewriter.feed(" words too") == "The first words sink."
    assert rewriter.finish() == " The second words too"


def test_numbers_follow_the_order_in_the_answer() -> None:
    text, _, _, numbering = rewritten("Sails [3] and oars [2]. This earns. Boats [1][3].")
    assert text == "Sails [1] and oars [2]. This earns. [3] Boats [3][1]."
    assert [each.paper_id for each in numbering.citations] == ["sails", "oars", "boats"]


WORDS = st.one_of(
    st.sampled_from(
        """
        [1] [2] [9] [1,2] [1;3] [1-3] [0,1] (1) (2) (9) 【1】 【1†source】 \\[1\\] [^1] [#2] [Paper_1] [1](http://a.b)
        ([1]) [[2]] [?] [MASK] x[1] f(1) boats bad earns instead partly stranger Vale et al. e.g. 3.14 (Vale_2020)
        (Vale_et_al.,_2020) [Reed,_2021] . , ; : ! ? " ) ( ] [ ** * **[1]** - # | > 1. and As We
        """.split()
    ).map(lambda word: word.replace("_", " ")),
    st.sampled_from([" ", "_", "\n", "\n\n", "\n- ", "\n# ", "\n| ", "\n1. "]),
)
SPANS = st.sampled_from(["`x[1]`", "$y[2]$", "\n```\nz[1]\n```\n", " \\(z[1]\\) ", "\n$$\nw[2]\n$$\n"])
ANSWERS = st.lists(WORDS, max_size=40).map("".join)
ANSWERS_WITH_SPANS = st.lists(st.one_of(WORDS, SPANS), max_size=40).map("".join)
ANYTHING = st.one_of(st.text(), ANSWERS_WITH_SPANS, st.text("[]()`$\\|*1.2,A a\n-~【】>#!", max_size=60))


@given(ANYTHING, st.booleans(), st.data())
def test_it_does_not_matter_how_the_stream_is_cut(text: str, strict: bool, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    rewriter = Rewriter(PAPERS, Checked(), Numbering(), strict=strict)
    parts = [text[first:last] for first, last in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    cut = "".join([*map(rewriter.feed, parts), rewriter.finish()])
    whole, _, other, _ = rewritten(text, strict=strict, step=max(len(text), 1))
    assert cut == whole
    assert rewriter.unsupported == other.unsupported
    assert shown(text, strict=strict) == whole


@given(st.one_of(ANSWERS, st.text("[]()1.2,A a\n-【】", max_size=60)), st.booleans())
def test_markers_and_citations_are_the_same_set(text: str, strict: bool) -> None:
    answer, _, _, numbering = rewritten(text, strict=strict)
    markers = [int(found) for found in OURS.findall(answer)]
    assert set(markers) == {citation.marker for citation in numbering.citations}
    assert list(dict.fromkeys(markers)) == sorted(set(markers))
    assert {citation.paper_id for citation in numbering.citations} <= {paper.id for paper in PAPERS}


@given(st.lists(st.one_of(st.sampled_from(["Boats sink [1]. ", "Oars [2, 9] bad. ", "x[1] "]), SPANS)).map("".join))
def test_outside_code_and_maths_every_marker_is_ours(text: str) -> None:
    answer, _, _, numbering = rewritten(text)
    markers = {int(found) for found in OURS.findall(CODE_OR_MATHS.sub("", answer))}
    assert markers == {citation.marker for citation in numbering.citations}


@given(st.one_of(st.text(), ANYTHING).map(lambda text: re.sub(r"[\[\](){}【】]", "", text)))
def test_text_without_brackets_and_complaints_is_unchanged(text: str) -> None:
    for strict in (False, True):
        rewriter = Rewriter(PAPERS, lambda claim, cited: Support(True), Numbering(), strict=strict)
        assert rewriter.feed(text) + rewriter.finish() == text


@given(st.text("x[1]() .\n`", max_size=40).filter(lambda code: "```" not in code), st.booleans())
def test_code_blocks_are_unchanged(code: str, strict: bool) -> None:
    block = f"```\n{code}\n```"
    answer = shown(f"Boats sink [1].\n\n{block}\n\nOars break.\n", strict=strict)
    assert answer == f"Boats sink [1].\n\n{block}\n\nOars break.\n"


@given(ANSWERS_WITH_SPANS)
def test_strict_leaves_no_marks_and_no_double_blank_lines(text: str) -> None:
    text = re.sub(r"\n\s*\n+", "\n\n", text.replace("|", ""))
    answer = shown(text, strict=True)
    assert not re.search(r"(?<!\\)\[\?\]", answer)
    assert "\n\n\n" not in answer


@pytest.mark.parametrize(
    "unit",
    ["Boats sink [1], as (Vale et al., 2020) say. ", "[", "(", "`", "$", "$x", "\\[", "|", "\n|", "【", "* ", "\n- ",
     "e.g. ", "[1]", "[1](", "[[", "~", "    ", "a. B ", "1, ", "``", "\n```\n"],
)  # fmt: skip
def test_odd_text_takes_time_in_proportion(unit: str) -> None:
    began = time.process_time()
    streamed(unit * (20_000 // len(unit)), step=4)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("step", [4, 200_000])
def test_a_very_long_answer_takes_seconds(step: int) -> None:
    sentence = "Boats sink in deep water [1], and where oars break (Vale et al., 2020) they sink faster. "
    began = time.process_time()
    streamed(sentence * (200_000 // len(sentence)), step=step)
    assert time.process_time() - began < 5


def streamed(text: str, step: int) -> None:
    rewriter = Rewriter(PAPERS, believe, Numbering(), strict=False)
    for at in range(0, len(text), step):
        rewriter.feed(text[at : at + step])
    rewriter.finish()
