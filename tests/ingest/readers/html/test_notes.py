"""Footnotes of pages, their marks, and what is only raised (W2, W9, G6)."""

import pytest

from ingest.readers.html.exponents import join_fractions, lowered, raised
from ingest.readers.html.reader import html_reading

RAISED = [  # (raised text, characters, reason)
    ("2", "²", "a square"),
    ("-6", "⁻⁶", "a negative power"),
    ("\u22126", "⁻⁶", "with a minus sign"),
    ("2+", "²⁺", "the charge of an ion"),
    ("n", "ⁿ", "a letter that there is"),
    ("TM", "™", "a trade mark"),
    ("st", "st", "an ordinal"),
    ("o", "º", "a number sign"),
    ("1,2", "¹,²", "two marks: figures on the line would make another number of the one before"),
    ("a", "a", "a letter that there is not"),
]
FRACTIONS = [
    ("1¹/₂ sheaves", "1½ sheaves", "a stroke"),
    ("1¹\u2044₂", "1½", "a fraction stroke"),
    ("³/16 inch", "³⁄₁₆ inch", "a fraction that has no sign, its lower part typed"),
    ("m²/s", "m²/s", "no fraction without figures below"),
    ("and/or 1/2", "and/or 1/2", "typed strokes stay"),
]
NOTES = [  # (body, [blocks], reason)
    (
        "<p>x<sup>2</sup>+<math><msup><mi>y</mi><mn>3</mn></msup><mfrac><mn>1</mn><mi>z</mi></mfrac></math> is so."
        "<sup><a href='#n2' id=r2>2</a></sup></p>"
        "<div class=footnote id=n2><p>2. See.</p></div>",
        ["paragraph: x²+y³1/z is so.[2]", "footnote [2]: See."],
        "powers, also of MathML, beside a note of that number",
    ),
    (
        "<p>In 2023<sup>1,2</sup> it rose.</p><p><sup>1</sup> See it.<br><sup>2</sup> See that.</p>",
        ["paragraph: In 2023[1][2] it rose.", "footnote [1]: See it.", "footnote [2]: See that."],
        "two marks at once, of notes behind line breaks",
    ),
    (
        "<table><tr><th>Form</th><th>Fee</th></tr><tr><td>I-765<sup>a</sup></td><td>0</td></tr>"
        "<tr><td colspan=2><sup>a</sup> Waived.</td></tr></table>",
        ["table_header: Form | Fee", "table_row: I-765[a] | 0", "footnote [a]: Waived."],
        "a raised letter is no part of the number of a form",
    ),
    (
        "<p>It is.<sup><a href='#fn1'>[1]</a></sup></p>"
        "<div class=footnote id=fn1><p><a href='#gone'>[1]</a> See.</p></div>",
        ["paragraph: It is.[1]", "footnote [1]: See."],
        "a way back that leads nowhere",
    ),
    (
        "<p>40 m<sup>2</sup> pay the 1<sup>st</sup> rate; 10<sup>6</sup> seeds, H<sub>2</sub>O is free.<sup>1</sup> "
        "1<sup>1</sup>&frasl;"
        "<sub>2</sub> sheaves.<sup>(2)</sup></p><hr><p id=fn1><sup>1</sup> Water.</p><p id=fn2><sup>(2)</sup> Dry.</p>",
        [
            "paragraph: 40 m² pay the 1st rate; 10⁶ seeds, H₂O is free.[1] 1½ sheaves.[2]",
            "footnote [1]: Water.",
            "footnote [2]: Dry.",
        ],
        "exponents, ordinals, a fraction and two kinds of marks",
    ),
    (
        '<p>Old.<sup><a href="#fn1">1</a></sup> Twice.<sup><a href="#fn2">2</a></sup></p><aside id=fn1 '
        "role=doc-footnote><p><sup>1</sup>"
        " The deed.</p></aside><footer><ol class=footnotes><li id=fn2>In 1790.</ol></footer>",
        ["paragraph: Old.[1] Twice.[2]", "footnote [1]: The deed.", "footnote [2]: In 1790."],
        "the number is that of the mark, not of the list",
    ),
    (
        '<p>Long.<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>'
        "<![if !supportFootnotes]>"
        "[1]<![endif]></span></a></p><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' "
        "id=ftn1>"
        '<p class=MsoFootnoteText><a style="mso-footnote-id:ftn1" href="#_ftnref1" name="_ftn1"><span>[1]</span></a> '
        "Low water.</p></div></div>",
        ["paragraph: Long.[1]", "footnote [1]: Low water."],
        "as Word writes them, without raised text",
    ),
    (
        '<p>Old.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section '
        'class="footnotes" role='
        '"doc-endnotes"><hr><ol><li id="fn1" role="doc-endnote"><p>See.</p><p>More.<a href="#fnref1" '
        'class="footnote-back" role="doc-backlink">'
        "↩︎</a></p></li></ol></section>",
        ["paragraph: Old.[1]", "footnote [1]: See.\nMore."],
        "as pandoc writes them, of two paragraphs",
    ),
    (
        '<p>So in it.<sup><a href="#t1" name="r1">1</a></sup></p><p class="footnote"><a href="#r1" name="t1"><sup>'
        "1</sup>&#160;So in original.</a></p>",
        ["paragraph: So in it.[1]", "footnote [1]: So in original."],
        "as the Law Revision Counsel writes them, the whole note a link",
    ),
    (
        '<p>Old.<sup>1</sup> New.<sup>2</sup></p><p><a name="n1"></a>1. See it.<br><a name="n2"></a>2. See that.</p>',
        ["paragraph: Old.¹ New.²", "paragraph: 1. See it.", "paragraph: 2. See that."],
        "nothing shows that these lines are notes: the marks stay as printed",
    ),
    (
        "<p>Old.<sup>1</sup> New.<sup>2</sup></p><p><sup>1</sup> See it.<br><sup>2</sup> See that.</p>",
        ["paragraph: Old.[1] New.[2]", "footnote [1]: See it.", "footnote [2]: See that."],
        "two notes in one paragraph",
    ),
    (
        "<p>Old.<sup>*</sup></p><p><sup>*</sup> See it.</p>",
        ["paragraph: Old.[*]", "footnote [*]: See it."],
        "an asterisk",
    ),
    (
        "<p>Old.<sup>1, 2</sup></p><ol class=footnotes><li id=fn1>One.<li id=fn2>Two.</ol>",
        ["paragraph: Old.[1][2]", "footnote [1]: One.", "footnote [2]: Two."],
        "two marks in one",
    ),
    (
        '<p>Old.<span style="vertical-align: super">1</span></p><p><span style="vertical-align: super">1</span> See '
        "it.</p>",
        ["paragraph: Old.[1]", "footnote [1]: See it."],
        "raised by a style",
    ),
    (
        "<p>Old.[1] New.</p><p>[1] See it.</p>",
        ["paragraph: Old.[1] New.", "footnote [1]: See it."],
        "typed in brackets",
    ),
    ("<p>[1] is the first of all.</p>", ["paragraph: [1] is the first of all."], "brackets to which nothing refers"),
    ("<div>in the log<sup>1</sup> of the day</div>", ["paragraph: in the log¹ of the day"], "no note: as printed"),
    ("<ul><li>First<br>point<sup>2</sup></ul>", ["list_item 1: First\npoint²"], "in an item"),
    ("<p>See<sup>[12]</sup></p>", ["paragraph: See[12]"], "brackets are printed"),
    ("<p>a<sup>x</sup> + b<sub>max</sub></p>", ["paragraph: ax + bmax"], "letters for which there is no sign"),
    (
        '<p>Contents: <a href="#s1">1</a></p><h2 id=s1>One</h2><p>Text of 5 ft<sup>2</sup>.</p>',
        ["paragraph: Contents: 1", "heading 2: One", "paragraph: Text of 5 ft²."],
        "a link to a chapter is no mark",
    ),
    (
        "<p><sup>1</sup> In the beginning. <sup>2</sup> And then.</p>",
        ["paragraph: ¹ In the beginning. ² And then."],
        "verses are no notes",
    ),
    (
        "<p>It came in<sup>1</sup> at 5 m<sup>2</sup>.</p><p><sup>1</sup> By sea.</p><p><sup>2</sup> By land.</p>",
        ["paragraph: It came in[1] at 5 m².", "footnote [1]: By sea.", "footnote [2]: By land."],
        "a word that is a unit elsewhere; a unit with a number",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), RAISED)
def test_raised(text, expected, reason):
    assert raised(text) == expected, reason


def test_lowered():
    assert (lowered("2"), lowered("max")) == ("₂", "max")


@pytest.mark.parametrize(("text", "expected", "reason"), FRACTIONS)
def test_fractions(text, expected, reason):
    assert join_fractions(text) == expected, reason


@pytest.mark.parametrize(("body", "expected", "reason"), NOTES)
def test_notes(shape, body, expected, reason):
    assert shape(html_reading(f"<html><body>{body}</body></html>", "x.html")) == expected, reason


def test_a_link_back_to_the_text_is_no_part_of_a_note(shape):
    body = "<p>So.<sup><a href='#n' id=r>1</a></sup></p><p id=n>1. See. <a href='#r'>Back to Citation</a></p>"
    assert shape(html_reading(f"<body>{body}</body>", "x.html")) == ["paragraph: So.[1]", "footnote [1]: See."]
