"""Pasted text: blank lines divide paragraphs, ``>`` marks a block quotation."""

import pytest

from drafts.reading.pasted import read_pasted

CASES = [  # (text, [(text of the part, block quotation)], reason)
    ("One\ntwo.\n\nThree.", [("One\ntwo.", False), ("Three.", False)], "a blank line divides"),
    ("So:\n> One\n> two.\nAnd.", [("So:", False), ("One\ntwo.", True), ("And.", False)], "a block needs no blank line"),
    (">One\n>\n>Two", [("One", True), ("Two", True)], "an empty line of a block divides it"),
    ("One\r\ntwo\rthree\x0cfour", [("One\ntwo\nthree\nfour", False)], "ends of lines of any kind"),
    ("- One\n- Two\n1. Three", [("- One", False), ("- Two", False), ("1. Three", False)], "items of a list"),
    ("  \n\t\n", [], "nothing but white space"),
]


@pytest.mark.parametrize(("text", "parts", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_pasted_text_is_read(text, parts, reason):
    draft = read_pasted(text)
    assert [(part.text, part.block_quote) for part in draft.parts] == parts
    assert [part.where for part in draft.parts] == [f"paragraph {n}" for n in range(1, len(parts) + 1)]
    assert [(part.number, part.anchor) for part in draft.parts] == [(n, n) for n in range(len(parts))]
    assert (draft.name, draft.format) == ("pasted text", "text")
