"""The citations of a draft: one finding each, whatever form they have, and those that lean on an earlier one."""

import pytest

from drafts.checking.citing.acts import Acts
from drafts.checking.citing.mentions import DECISION, find_citations
from drafts.checking.quoting.quotations import find_quotations
from drafts.reading.pasted import read_pasted

CASES = [  # (text, [(as it stands, what it names)], reason)
    ("See 8 CFR 214.202(c).", [("8 CFR 214.202(c)", "8 CFR 214.202(c)")], "a plain one"),
    (
        "See \u00a7\u00a7 214.206\u2013214.208.",
        [("\u00a7\u00a7 214.206\u2013214.208", "\u00a7 214.206, \u00a7 214.207, \u00a7 214.208")],
        "a range is one citation",
    ),
    (
        "8 CFR 214.202(a), (b).",
        [("8 CFR 214.202(a)", "8 CFR 214.202(a)"), ("(b)", "8 CFR 214.202(b)")],
        "a list is several",
    ),
    ("8 CFR 214.1. Id.", [("8 CFR 214.1", "8 CFR 214.1"), ("Id.", "8 CFR 214.1")], "the same again"),
    (
        "8 CFR 214.1(a). Id. at (c)(2).",
        [("8 CFR 214.1(a)", "8 CFR 214.1(a)"), ("Id. at (c)(2)", "8 CFR 214.1(c)(2)")],
        "at",
    ),
    (
        "8 CFR 214.1. *Id.* \u00a7 214.201.",
        [("8 CFR 214.1", "8 CFR 214.1"), ("*Id.* \u00a7 214.201", "\u00a7 214.201")],
        "another section of the same code",
    ),
    (
        "8 CFR 214.202(c)(1) and paragraph (b) of that section",
        [("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(1)"), ("paragraph (b) of that section", "8 CFR 214.202(b)")],
        "a paragraph of it",
    ),
    (
        "8 CFR 214.202(c)(1) and paragraph (2)",
        [("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(1)"), ("paragraph (2)", "8 CFR 214.202(c)(2)")],
        "at the level where it fits",
    ),
    ("Id. at (b).", [("Id. at (b)", "")], "nothing to lean on"),
    ("The meeting is in Room 214.202(c).", [("214.202(c)", "")], "the number of a room"),
    (
        "Matter of Acosta, 19 I&N Dec. 211 (BIA 1985).",
        [("Matter of Acosta, 19 I&N Dec. 211 (BIA 1985)", "")],
        "a decision",
    ),
    (
        "section 2(b) of the Homeland Security Act",
        [("section 2(b) of the Homeland Security Act", "Homeland Security Act, sec. 2(b)")],
        "an act by its title",
    ),
    ("No citation at all, and 5,000 pages.", [], "none"),
]


def cited(text, acts=None):
    parts = read_pasted(text).parts
    return find_citations(parts, find_quotations(parts), acts)


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_citations_are_found_and_completed(text, expected, reason):
    assert [(one.text, ", ".join(map(str, one.named))) for one in cited(text)] == expected


def test_what_is_quoted_is_nothing_to_lean_on():
    found = cited("8 CFR 214.1(a) says \u201cunder 22 U.S.C. 7102 and paragraph (b) it is\u201d so. Id. at (c).")
    assert [(one.text, one.quoted) for one in found] == [
        ("8 CFR 214.1(a)", False),
        ("22 U.S.C. 7102", True),
        ("Id. at (c)", False),
    ]
    assert str(found[-1].named[0]) == "8 CFR 214.1(c)"


def test_a_decision_says_why_it_is_not_looked_up():
    [found] = cited("Chevron v. NRDC, 467 U.S. 837, 842 (1984)")
    assert found.reason == DECISION


def test_an_act_of_the_index_is_read_with_its_own_title():
    title = "Intelligence Reform and Terrorism Prevention Act of 2004"
    [found] = cited(f"section 7201(d)(3) of the {title}", Acts([title]))
    assert str(found.named[0]) == f"{title}, sec. 7201(d)(3)"
