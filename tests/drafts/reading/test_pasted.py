"""Pasted text: blank lines divide paragraphs, ``>`` marks a block quotation."""

import pytest

from drafts.reading.pasted import read_pasted

CASES = [  # (text, [(text of the part, block quotation)], reason)
    ("One\ntwo.\n\nThree.", [("One\ntwo.", False), ("Three.", False)], "a blank line divides"),
    ("So:\n> One\n> two.\nAnd.", [("So:", False), ("One\ntwo.", True), ("And.", False)], "a block needs no blank line"),
    (">One\n>\n>Two", [("One", True), ("Two", True)], "an empty line of a block divides it"),
    ("One\r\ntwo\rthree\x0cfour", [("One\ntwo\nthree\nfour", False)], "ends of lines of any kind"),
    ("- One\n- Two\n1. Three", [("- One", False), ("- Two", False), ("1. Three", False)], "items of a list"),
    (
        "> > One\n> > two.\n> I agree.\nSo do I.",
        [("One\ntwo.", True), ("I agree.", False), ("So do I.", False)],
        "a quotation in a letter that is answered: every mark is taken away, and another level ends it",
    ),
    (">> One\n>> two.", [("One\ntwo.", True)], "marks without blanks between them"),
    ("On Monday, Bob wrote:\n> I agree.", [("On Monday, Bob wrote:", False), ("I agree.", False)], "a letter"),
    ("> On Monday, Bob wrote:\n> I agree.", [("On Monday, Bob wrote:\nI agree.", False)], "within a letter"),
    (
        "> From: Bob\n> Sent: Monday\n>\n> I agree.",
        [("From: Bob\nSent: Monday", False), ("I agree.", False)],
        "the head of a letter",
    ),
    ("The rule says:\n> One.", [("The rule says:", False), ("One.", True)], "no letter"),
    ("  \n\t\n", [], "nothing but white space"),
]


@pytest.mark.parametrize(("text", "parts", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_pasted_text_is_read(text, parts, reason):
    draft = read_pasted(text)
    assert [(part.text, part.block_quote) for part in draft.parts] == parts
    assert [part.where for part in draft.parts] == [f"paragraph {n}" for n in range(1, len(parts) + 1)]
    assert [(part.number, part.anchor) for part in draft.parts] == [(n, n) for n in range(len(parts))]
    assert (draft.name, draft.format) == ("pasted text", "text")
