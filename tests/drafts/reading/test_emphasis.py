"""Signs of emphasis are left out, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.reading.emphasis import without_emphasis
from drafts.reading.pasted import read_pasted

CASES = [  # (text, what is read, reason)
    ("USCIS, *not* the LEA, **will** determine", "USCIS, not the LEA, will determine", "asterisks, one and two"),
    ("it _may_ and __must__", "it may and must", "low lines"),
    ("***both*** and *several\nwords*.", "both and several\nwords.", "three, and over the end of a line"),
    ("**\u201cnot\u201d**, *(see)*", "\u201cnot\u201d, (see)", "around marks"),
    ("has complied *** from *** all", "has complied *** from *** all", "an ellipsis of asterisks"),
    ("complied * * * from", "complied * * * from", "one with blanks"),
    ("* One\n* Two", "* One\n* Two", "a list"),
    ("5 * 3 * 2 and a*b*c", "5 * 3 * 2 and a*b*c", "a product"),
    ("Name: ____ and ____", "Name: ____ and ____", "lines to fill in"),
    ("the file a_b_c and _x", "the file a_b_c and _x", "names"),
    ("a note* and another*", "a note* and another*", "marks of notes"),
    (r"\*not\*", r"\*not\*", "escaped"),
    ("*not\n\nso*", "*not\n\nso*", "not over an empty line"),
]


@pytest.mark.parametrize(("text", "read", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_emphasis_is_left_out(text, read, reason):
    assert without_emphasis(text) == read


def test_pasted_text_is_read_without_it():
    [part] = read_pasted("> USCIS, *not* the LEA").parts
    assert part.text == "USCIS, not the LEA"


@given(st.text(alphabet="ab *_.\n", max_size=60))
def test_only_signs_go(text):
    assert without_emphasis(text).replace("*", "").replace("_", "") == text.replace("*", "").replace("_", "")
