"""Which citation belongs to a quotation, where legal style puts it."""

from dataclasses import replace

import pytest

from drafts.checking.citing.mentions import find_citations
from drafts.checking.quoting.beside import Beside
from drafts.checking.quoting.quotations import find_quotations
from drafts.reading.pasted import read_pasted

CASES = [  # (text, citation, strength, reason)
    ("It must be \u201cone two three\u201d (8 CFR 214.202(c)).", "8 CFR 214.202(c)", "sure", "in parentheses behind"),
    ("\u201cOne two three.\u201d 8 CFR 214.202(c).", "8 CFR 214.202(c)", "sure", "a sentence of its own"),
    ("\u201cOne two three.\u201d See also 8 CFR 214.202(c).", "8 CFR 214.202(c)", "sure", "with a signal"),
    ("8 CFR 214.202(c) provides that \u201cone two three.\u201d", "8 CFR 214.202(c)", "sure", "it provides"),
    ("Under 8 CFR 214.202(c), \u201cone two three.\u201d", "8 CFR 214.202(c)", "sure", "right in front"),
    (
        "\u201cOne two three.\u201d 8 CFR 214.202(a). \u201cFour five six.\u201d 8 CFR 214.202(b).",
        "8 CFR 214.202(a)",
        "sure",
        "each has its own",
    ),
    (
        "8 CFR 214.1(a) says \u201cone two three.\u201d 8 CFR 214.2(b) says \u201cfour.\u201d",
        "8 CFR 214.1(a)",
        "sure",
        "what is said next is the subject of the next sentence",
    ),
    (
        "See 8 CFR 214.204(o). It says \u201cone two three.\u201d",
        "8 CFR 214.204(o)",
        "sure",
        "the sentence goes on about it",
    ),
    (
        "See 8 CFR 214.204(o). We agree: \u201cone two three.\u201d",
        "8 CFR 214.204(o)",
        "perhaps",
        "it may be of another",
    ),
    ("\u201cOne two three\u201d is what 8 CFR 214.202(c) asks.", "8 CFR 214.202(c)", "likely", "in the same sentence"),
    (
        "8 CFR 214.2(a) says \u201cone two three.\u201d See 8 CFR 214.9(b).",
        "8 CFR 214.2(a)",
        "sure",
        "what it is said to be in goes before what supports it",
    ),
    (
        "\u201cOne,\u201d \u201ctwo,\u201d and \u201cthree,\u201d 8 CFR 214.202(c).",
        "8 CFR 214.202(c)",
        "sure",
        "shared",
    ),
    (
        "\u201cOne two.\u201d USCIS-PM, Vol. 9, Part O, Ch. 3.",
        "9 USCIS-PM O.3",
        "sure",
        "the name of the manual before it",
    ),
    ("As 8 CFR 214.202(c) has it:\n\n> One two three.", "8 CFR 214.202(c)", "sure", "the lead-in of a block"),
    ("So:\n\n> One two three.\n\n8 CFR 214.202(c).", "8 CFR 214.202(c)", "sure", "the line below a block"),
    ("> One two three. 8 CFR 214.202(c).", "8 CFR 214.202(c)", "sure", "the end of a block"),
    ("\u201cOne two three\u201d is all there is.", "", "perhaps", "none at all"),
]


def beside(parts):
    quotations = find_quotations(parts)
    citations = find_citations(parts, quotations)
    found, strength = Beside(parts, quotations, citations).of(quotations[0])
    return (str(citations[found].named[0]) if found >= 0 else ""), strength


@pytest.mark.parametrize(("text", "citation", "strength", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_the_citation_of_a_quotation(text, citation, strength, reason):
    assert beside(read_pasted(text).parts) == (citation, strength)


def test_a_note_has_the_citation_of_the_quotation_that_bears_its_mark():
    body, note = read_pasted("The rule asks \u201cone two three\u201d of all.\n\nSee 8 CFR 214.202(c).").parts
    body = replace(body, note_marks=((body.text.index("\u201d") + 1, "4"),))
    assert beside((body, replace(note, story="note", where="footnote 4"))) == ("8 CFR 214.202(c)", "sure")


@pytest.mark.parametrize("words", ["asks \u201cone two^ three\u201d of", "asks \u201cone two three\u201d^ of"])
def test_a_note_whose_mark_stands_in_a_quotation_has_its_citation(words):
    text = f"INA 101(a) is old. The rule {words} all."
    body, note = read_pasted(f"{text.replace('^', '')}\n\n8 CFR 214.202(c).").parts
    body = replace(body, note_marks=((text.index("^"), "4"),))
    assert beside((body, replace(note, story="note", where="footnote 4"))) == ("8 CFR 214.202(c)", "sure")


def test_the_citations_of_a_list_belong_together():
    parts = read_pasted("\u201cOne two.\u201d 8 CFR 214.202(a), (b); see 8 CFR 214.204.").parts
    quotations = find_quotations(parts)
    citations = find_citations(parts, quotations)
    one = Beside(parts, quotations, citations)
    listed = [str(citations[number].named[0]) for number in one.beside_it(one.of(quotations[0])[0])]
    assert listed == ["8 CFR 214.202(a)", "8 CFR 214.202(b)"]
