import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.types import Citation
from rag.ui import markdown

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Any text, and the pieces that mean something to Markdown or to Streamlit.
PIECES = (
    """
[1]|[2]|[x](http://evil.example/a)|![x](http://evil.example/a.png)|<img src=//evil.example>|:red[x]|:smile:
:material/home:|$a$|$5 and $6|~~x~~|`|```|**bold**|*|_|- |1. |# |> |---|===|https://example.org/a_b|[ ]
www.example.org|me@example.org|[?]|[2][?]|[?](http://evil.example/b)|[x](#unsupported-7)|$$
[a]: http://evil.example|[^1]|&lt;|\\| text |!|(|)|[|]|{|}|+|@|:|/|\u202e
""".strip()
    .replace("\n", "|")
    .split("|")
)
HOSTILE = st.text(max_size=20) | st.lists(
    st.sampled_from([*PIECES, "\n", "\n\n", "    ", "\t", "|", "|a|b|\n|-|-|\n|1|2|"]), max_size=12
).map("".join)


def citation(marker: int, *, supported: bool | None = None) -> Citation:
    return Citation(marker, "p1", "A title", (), None, None, None, "A sentence.", supported)


TINTED = re.compile(r":orange-background\[((?:[^\[\]\\\n|]|\\[!-/:-@\[-`{-~])+)\]")


def untinted(source: str) -> str:
    """The Markdown without what marks the sentences that no abstract supports."""
    return TINTED.sub(r"\1", source)


CITED = (citation(1), citation(2, supported=False))
some = settings(max_examples=60, deadline=None)


def tokens(source: str) -> list[Token]:
    found: list[Token] = []
    for block in RENDERER.parse(source):
        found += [block, *(block.children or [])]
    return found


def texts(source: str) -> list[str]:
    """What is read outside links, in runs."""
    found, linked = [""], 0
    for token in tokens(source):
        linked += token.nesting if token.type.startswith("link_") else 0
        if token.type in ("text", "text_special") and not linked:
            found[-1] += token.content
        elif not linked:
            # Code stands by itself: nothing is found across its edge.
            found += [token.content, ""] if token.type == "code_inline" else [""]
    return found


def text_of(source: str) -> str:
    return "".join(texts(source))


def links(source: str) -> list[str]:
    return [str(token.attrGet("href")) for token in tokens(source) if token.type == "link_open"]


@some
@given(HOSTILE)
def test_plain_reads_exactly_as_the_text(text: str) -> None:
    visible = re.sub("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).replace(
        markdown.JOINER, ""
    )
    source = markdown.plain(text)
    assert text_of(source).replace(markdown.JOINER, "") == " ".join(visible.split())
    active = {token.type for token in tokens(source)}
    assert active <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@some
@given(HOSTILE)
def test_an_answer_can_only_format_and_cite(text: str) -> None:
    source = markdown.answer(text, 7, CITED)
    assert not {t.type for t in tokens(source)} & {"html_block", "html_inline", "image", "s_open", "fence"}
    for href in links(source):
        assert href in ("#cite-7-1", "#cite-7-2-unsupported", "#unsupported-7") or markdown.is_address(href)


@some
@given(HOSTILE)
@example("WWW`.`")
@example("`WWW.`")
@example("me. [?]@example.org")
@example(":red[?]")
@example("So:red[x] `a]b` **$x$ y** | 2 www.a.b [1] [?] [?]")
def test_nothing_in_an_answer_wakes_streamlit(text: str) -> None:
    source = untinted(markdown.answer(text, 7, CITED))
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]", "", re.sub(r"<https?://[^>]*>", "", source))
    assert "$" not in unescaped
    assert "~" not in unescaped
    assert ":" not in "".join(line for line in unescaped.split("\n") if not re.fullmatch(r"[\s:|-]+", line))
    # What Streamlit looks for in the text itself, escaped or not.
    for text in texts(source):
        assert not re.search(r":[\w+-]+:|:material|www\.|[-.+\w]@[-\w]", text, re.IGNORECASE)


@some
@given(HOSTILE)
def test_every_known_marker_of_the_text_is_a_link(text: str) -> None:
    outside_code = re.sub(r"[`*#|\\]", "", text)
    source = markdown.answer(outside_code, 7, CITED)
    cited = [href for href in links(source) if href.startswith("#")]
    written = re.findall(r"(?<!\\)\[([12?])\]", markdown._UNSEEN.sub("", outside_code))
    assert len(cited) == len(written)


def test_a_marker_becomes_a_link_to_its_turn() -> None:
    assert markdown.answer("It is so [1].", 3, [citation(1)]) == r"It is so [\[1\]](#cite-3-1)\."


def test_a_marker_without_a_citation_stays_text() -> None:
    assert markdown.answer("It is so [8].", 3, [citation(1)]) == r"It is so \[8\]\."


def test_a_doubtful_citation_has_a_link_of_its_own() -> None:
    source = markdown.answer("It is so. [1][2][?]", 7, CITED)
    assert links(source) == ["#cite-7-1", "#cite-7-2-unsupported", "#unsupported-7"]
    shown = r"It is so\. [\[1\]](#cite-7-1)[\[2\]](#cite-7-2-unsupported)[unsupported](#unsupported-7)"
    assert untinted(source).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("- **It is so! [?]**", 1),
        ("|a|b|\n|-|-|\n|one [?]|two [?]|", 2),
        (r"as in \[?\]", 0),
        ("[?](http://evil.example) and ![?](//evil.example/a.png)", 2),
        ("[?]: http://evil.example", 1),
        ("[? ] and [??] and [x?]", 0),
    ],
)
def test_the_mark_of_an_unsupported_sentence_is_a_label_and_nothing_more(text: str, labels: int) -> None:
    source = markdown.answer(text, 7, CITED)
    assert [href for href in links(source) if href.startswith("#")] == ["#unsupported-7"] * labels
    assert not {token.type for token in tokens(source)} & {"image", "html_inline"}


@pytest.mark.parametrize(
    ("text", "tinted"),
    [
        ("It is so. [1] It is new. [2][?] And old. [1]", ["It is new\\."]),
        ("It runs [1] on a phone. [?]", ["It runs", "on a phone\\."]),
        ("It is so. It has **19 bays** of `a.b] x` e.g. here. [?]", ["It has", "19 bays", "of", "e\\.g\\. here\\."]),
        ("- One. [1]\n- **It is so! [?]**", ["It is so\\!"]),
        ("|a|b|\n|-|-|\n|one|It is. Two [?]|", ["Two"]),
        (":red[x] is $5]. [?]", ["\\:red\\[x\\] is \\$5\\]\\."]),
        ("It is so. [1] It is new.", []),
        (r"It is so. \[?\] and `[?]`", []),
        ("[?]", []),
    ],
)
def test_a_sentence_that_no_abstract_supports_is_marked_itself(text: str, tinted: list[str]) -> None:
    assert TINTED.findall(markdown.answer(text, 7, CITED)) == tinted


@pytest.mark.parametrize("text", ["It is so. [?]", "It is so. [2] [?]", "**It is so. [?]**", "It is *so* [?]"])
def test_the_label_of_a_sentence_never_begins_a_line(text: str) -> None:
    assert "\u00a0[unsupported]" in markdown.answer(text, 7, CITED)


def test_nor_do_the_markers_before_the_label() -> None:
    source = markdown.answer("It is [1] so. [2][?] It is.", 7, CITED)
    assert "is] [" in source
    assert "]\u00a0[\\[2\\]](#cite-7-2-unsupported)[unsupported](#unsupported-7) It" in source


@pytest.mark.parametrize(
    "text",
    [
        "[unsupported](#unsupported-7)",
        "[1](#cite-7-1)",
        "<a href=#cite-7-1>[x]</a>",
        "```html\n<img src=x onerror=alert(1)>\n```",
        "~~~\n:material/home:\n~~~",
        "$$\n\\href{http:a}{b}\n$$",
        ":orange-badge[[x](//evil.example)]",
        ':red[x]{foreground="url(//evil.example)"}',
        "| <script> | $x$ |\n|---|---|\n| :smile: | ![a](//evil.example) |",
        "# <b>Heading</b> ![a](//evil.example)",
        "[a]\n\n[a]: //evil.example",
        "&lt;img src=x&gt; &#91;1&#93;(//evil.example)",
    ],
)
def test_what_a_model_writes_stays_text(text: str) -> None:
    source = markdown.answer(text, 7, ())
    assert links(source) == []
    harmful = {"html_block", "html_inline", "image", "fence", "code_block", "s_open", "heading_open"}
    assert not {token.type for token in tokens(source)} & harmful


def test_an_exclamation_mark_before_a_marker_does_not_make_an_image() -> None:
    assert links(markdown.answer("Really![1]", 3, [citation(1)])) == ["#cite-3-1"]


@pytest.mark.parametrize(
    "text", ["costs $5 and $6", "a ~ b ~ c", ":red[x]", "A* and B* search", "x_i and x_j", "a<b>c"]
)
def test_text_of_papers_is_shown_as_written(text: str) -> None:
    assert text_of(markdown.answer(text, 1, ())) == text


def test_what_an_answer_escapes_is_text() -> None:
    source = markdown.answer(r"as in \[1\], \*x\*, \# and me\@example.org [1]", 1, [citation(1)])
    assert text_of(source).replace(markdown.JOINER, "") == "as in [1], *x*, # and me@example.org "
    assert links(source) == ["#cite-1-1"]
    assert markdown.JOINER + "@" in text_of(source)


def test_formatting_of_a_model_is_kept() -> None:
    source = markdown.answer("## Results\n- **one** [1]\n  - two\n\n|a|b|\n|---|:-:|\n|1|2|", 1, [citation(1)])
    kinds = [token.type for token in tokens(source)]
    assert "heading_open" not in kinds  # bold: headings of answers are not headings of the page
    assert {"strong_open", "bullet_list_open", "table_open"} <= set(kinds)
    assert kinds.count("bullet_list_open") == 2


def test_code_is_kept_where_it_is_harmless() -> None:
    assert markdown.answer("use `deepseek-math-7b` or `$x`", 1, ()) == r"use `deepseek-math-7b` or \`\$x\`"


def test_indented_text_does_not_become_a_code_block() -> None:
    assert not [
        t for t in tokens(markdown.answer("One.\n\n        Two [1].", 1, [citation(1)])) if t.type == "code_block"
    ]


@pytest.mark.parametrize("start", ["- ", "1. ", "> ", "- > ", "+ * "])
def test_a_model_that_repeats_itself_does_not_nest_without_end(start: str) -> None:
    source = markdown.answer(start * 2000 + "so [1]", 1, [citation(1)])
    assert links(source) == ["#cite-1-1"]
    opened = [t for t in tokens(source) if t.type in ("bullet_list_open", "ordered_list_open", "blockquote_open")]
    assert len(opened) < 10


def test_an_address_is_a_link_that_reads_as_where_it_goes() -> None:
    source = markdown.answer("Code: https://github.com/a/b_c. More", 1, ())
    assert source == r"Code\: <https://github.com/a/b_c>\. More"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://a@b.example", "https://ex\u00e4mple.org", "ftp://a.example"]
)
def test_other_addresses_are_text(url: str) -> None:
    assert not markdown.is_address(url)
    assert links(markdown.address(url)) == []
    assert links(markdown.answer(f"See {url}", 1, ())) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so [", "so "),
        ("so [1", "so "),
        ("so [1]", "so [1]"),
        ("so ![1", "so "),
        ("so \\[", "so "),
        ("so [1][?", "so [1]"),
    ],
)
def test_a_marker_is_held_back_until_it_is_whole(text: str, shown: str) -> None:
    assert markdown.without_open_marker(text) == shown


def test_paragraphs_keep_the_lines_of_a_question() -> None:
    assert text_of(markdown.paragraphs("*one*\n\ntwo")) == "*one*two"
    assert len([t for t in tokens(markdown.paragraphs("one\n\ntwo")) if t.type == "paragraph_open"]) == 2


def test_a_message_keeps_its_commands_and_nothing_else() -> None:
    assert markdown.message("Run `rag rebuild --library /a_b`, *now*.") == (
        "Run `rag rebuild --library /a_b`" + markdown.paragraphs(", *now*.")
    )
    assert markdown.message("an odd ` one") == markdown.paragraphs("an odd ` one")


@pytest.mark.parametrize("code", ["`x[1]`", "`a[1] <b>`", '`"[1]" * [1]`'])
def test_brackets_in_code_are_no_markers(code: str) -> None:
    cited = Citation(1, "p", "T", (), None, None, None, "Q.", True)
    assert "#cite" not in markdown.answer(code, 1, [cited])
    assert "#cite-1-1" in markdown.answer(f"{code} [1]", 1, [cited])
