"""The quotations of a draft: any quotation marks, over paragraphs, block quotes; apostrophes open none."""

from dataclasses import replace

import pytest

from drafts.checking.quoting.quotations import find_quotations
from drafts.reading.pasted import read_pasted

CASES = [  # (text, quotations, reason)
    ("It says \u201cone two\u201d here.", ["one two"], "curly marks"),
    ('It says "one two" and "three".', ["one two", "three"], "straight marks"),
    ("It says \u00abone two\u00bb.", ["one two"], "French marks"),
    ("Es sagt \u201eone two\u201c hier.", ["one two"], "German marks"),
    ("It says \u2018one two\u2019 here.", ["one two"], "single marks"),
    ("It says 'one two' here.", ["one two"], "straight single marks"),
    ("The victims' rights and the officer's duty; it's so.", [], "apostrophes"),
    ("In the '90s he wouldn't go.", [], "a shortened year"),
    ("The applicant's 'own words' and the officers' notes.", ["own words"], "a plural's apostrophe closes nothing"),
    (
        "\u201cHe said \u2018one two\u2019 and left\u201d",
        ["He said \u2018one two\u2019 and left"],
        "a nested one is a part of the other",
    ),
    ('A board of 12" by 14" in size.', [], "inches"),
    ("\u201cOne two\n\nthree four\u201d ends.", ["One two\nthree four"], "over a paragraph"),
    (
        "\u201cOne two\n\n\u201cthree four\u201d ends.",
        ["One two\nthree four"],
        "with an opening mark at each paragraph",
    ),
    ("\u201cOne \u201ctwo\u201d three\u201d", ["One \u201ctwo\u201d three"], "nested marks of the same kind"),
    ("As it says:\n\n> One two three.\n> Four.\n\nSo.", ["One two three.\nFour."], "a block quotation"),
    ("> One.\n>\n> Two.", ["One.\nTwo."], "a block of two paragraphs is one quotation"),
    ("> \u201cOne two three.\u201d", ["One two three."], "a block in marks"),
    ("> One two three. 8 CFR 214.202(c).", ["One two three."], "the citation behind a block is not quoted"),
    ("> One two three.\n> (8 CFR 214.202(c))", ["One two three."], "nor in parentheses on its own line"),
    ("> One two under section 214(o) of the Act.", ["One two under section 214(o) of the Act."], "one that is quoted"),
    ("It says \u201c \u201d here.", [], "nothing between the marks"),
    ("", [], "an empty draft"),
]


@pytest.mark.parametrize(("text", "quoted", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_quotations_are_found(text, quoted, reason):
    assert [one.text for one in find_quotations(read_pasted(text).parts)] == quoted


def test_positions_are_those_of_the_part():
    parts = read_pasted("First.\n\nIt says \u201cone two\n\nthree\u201d so.").parts
    [found] = find_quotations(parts)
    assert (found.part, parts[1].text[found.start : found.end]) == (1, "one two")
    assert (found.last_part, parts[2].text[: found.last_end]) == (2, "three")


def test_a_mark_that_nothing_closes_is_told():
    [found] = find_quotations(read_pasted("It says \u201cone two three and goes on.").parts)
    assert not found.closed and found.text == "one two three and goes on."


def test_a_heading_is_no_quotation():
    parts = tuple(replace(part, heading=True) for part in read_pasted("About \u201cone two\u201d").parts)
    assert not find_quotations(parts)
