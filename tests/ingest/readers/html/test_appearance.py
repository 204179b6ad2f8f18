"""What a page strikes out or hides (W4, W5), by elements, by attributes and by its own styless."""

import pytest

from ingest.readers.html.css.media import applies_to_screen
from ingest.readers.html.css.selectors import UnknownSelector, parse_selectors
from ingest.readers.html.css.stylesheet import parse_stylesheet
from ingest.readers.html.marks import FOREIGN
from ingest.readers.html.reader import html_reading
from ingest.readers.registry import read_document
from pinpoint.records import LeftOut

STRUCK = [  # (body, [blocks], reason)
    (
        "<p>The fee is <del>5</del> 7 crowns.</p>",
        ["paragraph: The fee is 7 crowns. ~11 5~"],
        "one blank of the two stays",
    ),
    (
        "<p>The fee is <s>5</s><ins>7</ins> crowns.</p>",
        ["paragraph: The fee is 7 crowns. ~11 5~"],
        "inserted text is text",
    ),
    ("<p>A <strike>b</strike></p>", ["paragraph: A ~1 b~"], "at the end"),
    ("<p><del>Not</del> it.</p>", ["paragraph: it. ~0 Not~"], "at the beginning"),
    (
        '<p>A <span style="TEXT-DECORATION: underline line-through red">b</span> c</p>',
        ["paragraph: A c ~2 b~"],
        "a style among others",
    ),
    (
        "<style>.gone { text-decoration-line: line-through }</style><p>A <span class='x gone'>b</span> c</p>",
        ["paragraph: A c ~2 b~"],
        "a class of its own styles",
    ),
    (
        "<p>One.</p><p><del>Two is out.</del></p><p>Three.</p>",
        ["paragraph: One.", "paragraph: Three. ~0 Two is out.~"],
        "a whole paragraph stands with the one behind it",
    ),
    (
        "<p>One.</p><p style='text-decoration:line-through'>Two.</p><h2>Three</h2>",
        ["paragraph: One. ~4 Two.~", "heading 2: Three"],
        "before a heading, with the one in front",
    ),
    (
        "<p>One.</p><del><p>Two.</p><p>Three.</p></del>",
        ["paragraph: One. ~4 Two. Three.~"],
        "several paragraphs at once",
    ),
    (
        "<ol><li>One</li><li><del>Two</del></li><li>Three</li></ol>",
        ["list_item 1: 1. One", "list_item 1: 3. Three ~0 Two~"],
        "an item counts, though it is struck out",
    ),
    (
        "<table><tr><td>A</td><td><s>5</s> 7</td></tr><tr style='text-decoration:line-through'><td>B</td><td>9</td>"
        "</tr></table>",
        ["table_row: A | 7 ~4 5~ ~5 B~ ~5 9~"],
        "in cells, and a whole row",
    ),
    ("<p>o\ufb03cer <del>x</del> y</p>", ["paragraph: officer y ~8 x~"], "the offset is one of the cleaned text"),
    ("<h2>Fees <del>and tolls</del></h2>", ["heading 2: Fees ~4 and tolls~"], "in a heading"),
    ("<p>A <s style='text-decoration:none'>b</s> c</p>", ["paragraph: A b c"], "an element whose line is taken off"),
    (
        "<pre>One line\ntwo <del>no</del> lines</pre>",
        ["paragraph: One line", "paragraph: two lines ~4 no~"],
        "in typed text",
    ),
]
HIDDEN = [  # (head and body, text, hidden words, reason)
    ('<p style="display: none">No one</p><p>Yes</p>', "Yes", 2, "a style"),
    ('<p>Yes <span style="visibility:hidden">no</span></p>', "Yes", 1, "kept its space, but not seen"),
    ('<div style="visibility:hidden">no <b style="visibility:visible">Yes</b> no</div>', "Yes", 2, "seen again inside"),
    ("<p hidden>No</p><p>Yes</p>", "Yes", 1, "an attribute"),
    (
        "<style>.a .b { display: none }</style><div class=a><p class='b c'>No</p></div><p class=b>Yes</p>",
        "Yes",
        1,
        "descendants",
    ),
    ("<style>#a > p { display: none }</style><div id=a><p>No</p><div><p>Yes</p></div></div>", "Yes", 1, "children"),
    ("<style>h2 + p { display: none }</style><h2>Yes</h2><p>No</p><p>Too</p>", "Yes Too", 1, "the next one"),
    (
        "<style>p { display: none } p.on { display: block }</style><p>No</p><p class=on>Yes</p>",
        "Yes",
        1,
        "the heavier rule",
    ),
    (
        "<style>p.a { display: none }</style><p class=a style='display: block'>Yes</p>",
        "Yes",
        0,
        "the style of the element",
    ),
    ("<style>p { display: none !important }</style><p style='display: block'>No</p>Yes", "Yes", 1, "an important rule"),
    ("<style>@media print { p { display: none } }</style><p>Yes</p>", "Yes", 0, "only on paper"),
    ("<style media=print>p { display: none }</style><p>Yes</p>", "Yes", 0, "styles for paper"),
    ("<style>@media screen { .n { display: none } }</style><p>Yes</p><p class=n>No</p>", "Yes", 1, "on a screen"),
    ("<style>@media (max-width: 600px) { p { display: none } }</style><p>Yes</p>", "Yes", 0, "only on a telephone"),
    (
        "<style>@media (min-width: 600px) { .n { display: none } }</style><p>Yes</p><p class=n>No</p>",
        "Yes",
        1,
        "on a desk",
    ),
    (
        "<style><!-- .n { display: none } --></style><p>Yes</p><p class=n>No</p>",
        "Yes",
        1,
        "styles in a comment, as Word writes",
    ),
    (
        "<style>/* .y { } */ .n{display:none;content:'}'} .y{color:red}</style><p>Yes</p><p class=n>No</p>",
        "Yes",
        1,
        "braces",
    ),
    ("<style>p:not(.y) { display: none }</style><p class=y>Yes</p><p>No</p>", "Yes", 1, "all but one"),
    (
        "<style>p:nth-child(2n) { display: none }</style><div><p>Yes</p><p>No</p><p>Too</p></div>",
        "Yes Too",
        1,
        "every second",
    ),
    (
        "<style>p:hover { display: none } p:has(b) { display: none }</style><p>Yes</p>",
        "Yes",
        0,
        "rules that are not for now",
    ),
    (
        "<style>[data-x='1'] { display: none }</style><p data-x=1>No</p><p data-x=2>Yes</p>",
        "Yes",
        1,
        "an attribute's value",
    ),
    (
        "<style>.sr { position: absolute; clip: rect(0, 0, 0, 0) }</style><p><span class=sr>Section</span> § 5</p>",
        "§ 5",
        1,
        "cut away",
    ),
    ("<p style='position:absolute;left:-9999px'>No</p><p>Yes</p>", "Yes", 1, "beside the screen"),
    (
        "<style>li.n { display: none }</style><ol><li class=n>No<li>Yes</ol>",
        "1. Yes",
        1,
        "a hidden item is not counted",
    ),
    ("<details><summary>Yes</summary>Too</details>", "Yes Too", 0, "closed details are a click away"),
]
UNSEEN = [  # the same; a browser counts letters without a size, but not what it opens when it is looked for
    ("<div style='font-size:0'>No <i style='font-size:1em'>Yes</i></div>", "Yes", 1, "no size, and what has one again"),
    ("<p hidden=until-found>Yes</p><p hidden>No</p>", "Yes", 1, "what opens when it is looked for"),
]
MEDIA = [
    ("", True, "no query"),
    ("all", True, "everything"),
    ("print", False, "paper"),
    ("not print", True, "all but paper"),
    ("print, screen", True, "one of two"),
    ("only screen and (min-width: 48em)", True, "768 pixels"),
    ("screen and (min-width: 1400px)", False, "a wider screen"),
    ("(prefers-color-scheme: dark)", False, "not by default"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), STRUCK)
def test_struck_words_are_no_text_and_have_their_offset(shape, body, expected, reason):
    reading = html_reading(f"<html><body>{body}</body></html>", "x.html")
    assert shape(reading) == expected, reason
    for block in reading.blocks:
        assert not FOREIGN.search(block.text), "no sign of ours is left in the text"
        assert all(0 <= offset <= len(block.text) for offset, _ in block.struck), reason


@pytest.mark.parametrize(("body", "text", "words", "reason"), HIDDEN + UNSEEN)
def test_hidden_words_are_no_text_and_counted(body, text, words, reason):
    reading = html_reading(f"<html><body>{body}</body></html>", "x.html")
    assert " ".join(block.text for block in reading.blocks) == text, reason
    assert reading.left_out == ((LeftOut("hidden", words),) if words else ()), reason


@pytest.mark.parametrize(("query", "applies", "reason"), MEDIA)
def test_media_queries_are_answered_for_a_screen(query, applies, reason):
    assert applies_to_screen(query) is applies, reason


def test_markdown_strikes_out_as_well(shape, tmp_path):
    (tmp_path / "x.md").write_text(
        "~~Hawthorn is never cut.~~ Holly is never cut.\n\n~~All gone.~~\n", encoding="utf-8"
    )
    assert shape(read_document(tmp_path / "x.md")) == [
        "paragraph: Holly is never cut. ~0 Hawthorn is never cut.~ ~19 All gone.~"
    ]


def test_characters_of_a_page_are_never_taken_for_our_signs(shape):
    body = "<p>A\U000f0000 b &#x100000; <del>c</del> d\U0010fffd</p>"
    assert shape(html_reading(f"<body>{body}</body>", "x")) == ["paragraph: A b d ~4 c~"]


@pytest.mark.parametrize("selector", ["p::part(x)", "p:has(b)", "", "p >", "p..a", "p:nth-child(x)", "%"])
def test_a_selector_that_is_not_known_selects_nothing(selector):
    with pytest.raises(UnknownSelector):
        parse_selectors(selector)


def test_a_style_that_is_broken_off_is_read_to_its_end():
    assert [rule.declarations[0].value for rule in parse_stylesheet("p { display: none").rules] == ["none"]
    assert parse_stylesheet("p } q { display: block }").rules != ()
