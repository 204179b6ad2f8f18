"""Sections of acts under their own names, and of bills."""

import pytest

from citations.parse import ancestors, parse_citations

READ = [  # (text, canonical forms, reason)
    ("H.R. 644 (114th), sec. 910(a)", ["H.R. 644 (114th), sec. 910(a)"], "a section of a bill"),
    ("H. R. 644 (114th Congress), section 910(a)", ["H.R. 644 (114th), sec. 910(a)"], "as people write it"),
    ("see S. 1325 (118th) of last year", ["S. 1325 (118th)"], "a bill as a whole"),
    ("S.J. Res. 1 (115th), sec. 1", ["S.J. Res. 1 (115th), sec. 1"], "a joint resolution"),
    ("H. Con. Res. 18 (115th)", ["H. Con. Res. 18 (115th)"], "a concurrent resolution"),
    (
        "Intelligence Reform and Terrorism Prevention Act of 2004, sec. 7202(a)(1)",
        ["Intelligence Reform and Terrorism Prevention Act of 2004, sec. 7202(a)(1)"],
        "an act by its short title",
    ),
    (
        "Under the Toxic Substances Control Act, sec. 4(b), a rule is made.",
        ["Toxic Substances Control Act, sec. 4(b)"],
        "what leads in is not its name",
    ),
    ("IRTPA, sec. 7202(a)", ["IRTPA, sec. 7202(a)"], "an abbreviation"),
    ("Pub. L. 114-125, sec. 910(a)", ["Pub. L. 114-125, sec. 910(a)"], "a public law is read as before"),
    ("the S. 4 meeting (5th)", [], "no bill"),
]


@pytest.mark.parametrize(("text", "cited", "reason"), READ, ids=[row[2] for row in READ])
def test_acts_and_bills(text, cited, reason):
    assert [str(citation) for citation in parse_citations(text)] == cited, reason


def test_the_immigration_act_has_its_own_code():
    assert [citation.code for citation in parse_citations("Immigration and Nationality Act, sec. 101(a)(15)")] == [
        "INA"
    ]


def test_what_lies_above_a_paragraph_of_an_act():
    (found,) = parse_citations("IRTPA, sec. 7202(a)(1)")
    assert [str(level) for level in ancestors(found)][:3] == [
        "IRTPA, sec. 7202(a)(1)",
        "IRTPA, sec. 7202(a)",
        "IRTPA, sec. 7202",
    ]
