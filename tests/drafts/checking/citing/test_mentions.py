"""The citations of a draft: one finding each, whatever form they have, and those that lean on an earlier one."""

import pytest

from drafts.checking.citing.acts import Acts
from drafts.checking.citing.mentions import DECISION, find_citations
from drafts.checking.quoting.quotations import find_quotations
from drafts.reading.pasted import read_pasted
from pinpoint.stopping import Stopped, stoppable

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
        [("8 CFR 214.1", "8 CFR 214.1"), ("Id. \u00a7 214.201", "\u00a7 214.201")],
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
    (
        "8 CFR \u00a7 214.\n204(l)(4) here",
        [("8 CFR \u00a7 214.\n204(l)(4)", "8 CFR 214.204(l)(4)")],
        "a number that a line end divides",
    ),
    (
        "8 CFR part 214. 204(l)(4) of the Act",
        [("8 CFR part 214", "8 CFR 214"), ("204(l)(4) of the Act", "INA 204(l)(4)")],
        "a part and a section behind it",
    ),
    (
        "8 CFR 214.202(a), et seq.",
        [("8 CFR 214.202(a), et seq.", "8 CFR 214.202(a)")],
        "with what follows",
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
    ("TVPRA \u00a7 235(d)", [("TVPRA \u00a7 235(d)", "TVPRA, sec. 235(d)")], "of an act that capitals name"),
    (
        "Under section 205 of the TVPRA of 2008, it is so.",
        [("section 205 of the TVPRA of 2008", "TVPRA of 2008, sec. 205")],
        "of an act that is named behind it",
    ),
    (
        "Cal. Penal Code \u00a7 1184",
        [("Cal. Penal Code \u00a7 1184", "Cal. Penal Code, sec. 1184")],
        "of a code of a state",
    ),
    (
        "Penal Code section 236.1",
        [("Penal Code section 236.1", "Penal Code, sec. 236.1")],
        "with a point in its number",
    ),
    (
        "See the Immigration Act of 1990 \u00a7 205.",
        [("Immigration Act of 1990 \u00a7 205", "Immigration Act of 1990, sec. 205")],
        "an act with a year, without what leads to it",
    ),
    (
        "VAWA 2013 \u00a7\u00a7 1221, 1222",
        [("VAWA 2013 \u00a7\u00a7 1221", "VAWA 2013, sec. 1221"), ("1222", "VAWA 2013, sec. 1222")],
        "so are the others of a list",
    ),
    (
        "sections 101 and 212 of the VAWA",
        [("sections 101", "VAWA, sec. 101"), ("212 of the VAWA", "VAWA, sec. 212")],
        "named behind a list",
    ),
    (
        "TVPRA \u00a7 235(d) and section 107(e) of the TVPA",
        [("TVPRA \u00a7 235(d)", "TVPRA, sec. 235(d)"), ("107(e) of the TVPA", "TVPA 107(e)")],
        "each of its own act, though joined as a list",
    ),
    ("Under the Code \u00a7 1182", [("\u00a7 1182", "\u00a7 1182")], "of a code that may be any"),
    ("a USCIS section 214 unit", [("section 214", "\u00a7 214")], "an agency is no act"),
    ("Under the Final Rule \u00a7 214.202(b)", [("\u00a7 214.202(b)", "\u00a7 214.202(b)")], "a rule is in the CFR"),
    ("WAIVER UNDER SECTION 212(d)", [("SECTION 212(d)", "\u00a7 212(d)")], "all in capitals"),
    ("section 205 of this memo", [("section 205", "")], "of the draft itself"),
    ("see \u00a7 212 below", [("\u00a7 212", "")], "of what follows"),
    ("Part 3, section 245", [("section 245", "")], "of a part of the draft"),
    ("part 214, section 214.202", [("section 214.202", "\u00a7 214.202")], "a part of the CFR bears its number"),
    (
        "8 U.S.C. 1184(o)(2) note.",
        [("8 U.S.C. 1184(o)(2) note", "8 U.S.C. 1184(o)(2) note")],
        "a note is not what it is under",
    ),
    ("8 U.S.C. 1184(o)(2) notes it.", [("8 U.S.C. 1184(o)(2)", "8 U.S.C. 1184(o)(2)")], "a verb"),
    ("8 CFR 214.202[a] and", [("8 CFR 214.202[a]", "")], "a paragraph that is not read is told"),
    ("8 CFR 214.202.a and", [("8 CFR 214.202.a", "")], "nor is one behind a point"),
    ("8 CFR 214.202[1] and", [("8 CFR 214.202", "8 CFR 214.202")], "the mark of a note"),
    ("No citation at all, and 5,000 pages.", [], "none"),
]


def cited(text, acts=None):
    parts = read_pasted(text).parts
    return find_citations(parts, find_quotations(parts), acts)


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_citations_are_found_and_completed(text, expected, reason):
    assert [(one.text, ", ".join(map(str, one.named))) for one in cited(text)] == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("8 CFR 214.202(b) (2020).", 2020),
        ("8 C.F.R. \u00a7 214.202(b) (2020 ed.).", 2020),
        ("8 CFR 214.202(b) (1).", 0),
        ("8 CFR 214.202(b). (2020)", 0),
    ],
)
def test_the_year_of_an_edition_is_read(text, year):
    assert cited(text)[0].year == year


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


BROKEN = [  # (paragraph, the next one, what the first and the next name, reason)
    ("By 8 CFR \u00a7 214.", "204(l)(4) it is so.", "8 CFR 214.204(l)(4)", [""], "behind the point"),
    ("By 8 CFR \u00a7 214.", "204 it is so.", "8 CFR 214.204", [], "without a paragraph"),
    ("By 8 CFR \u00a7 214.204(", "l)(4) it is so.", "8 CFR 214.204(l)(4)", [], "within the parentheses"),
    ("By 8 CFR part 214.", "12 people came.", "8 CFR 214", [], "a part, and a number of people"),
    ("By 8 CFR \u00a7 214.", "12. The next item.", "8 CFR 214", [], "the number of an item"),
    ("By 8 CFR 214.", "INA 204(l)(4) says so.", "8 CFR 214", ["INA 204(l)(4)"], "a citation of its own"),
]


@pytest.mark.parametrize(("one", "below", "whole", "rest", "reason"), BROKEN, ids=[row[-1] for row in BROKEN])
def test_a_number_that_goes_on_in_the_next_paragraph_is_one(one, below, whole, rest, reason):
    first, *others = find_citations(read_pasted(f"{one}\n\n{below}").parts)
    assert [str(named) for named in first.named] == [whole], reason
    assert ["".join(map(str, other.named)) for other in others] == rest, reason


LEANING = [  # (text, what the last one may name, reason)
    ("8 CFR 214.1(a); see also 8 CFR 214.2(b). Id.", ["8 CFR 214.2(b)", "8 CFR 214.1(a)"], "of one string"),
    ("8 CFR 214.1(a) is old. It is 8 CFR 214.2(b). Id.", ["8 CFR 214.2(b)"], "of the last sentence"),
    (
        "8 CFR 214.1(a), (b). Id. at (c). Id. at (d)",
        ["8 CFR 214.1(d)"],
        "of one that leans itself",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), LEANING, ids=[row[-1] for row in LEANING])
def test_what_id_may_stand_for(text, expected, reason):
    last = find_citations(read_pasted(text).parts)[-1]
    assert [str(one) for one in dict.fromkeys(map(str, (*last.named, *last.others)))] == expected, reason


@pytest.mark.parametrize("read", [find_citations, lambda parts, _: find_quotations(parts)], ids=["cited", "quoted"])
def test_a_draft_that_nobody_waits_for_is_read_no_further(read):
    """A long draft is split for seconds before the documents are read the first time."""
    parts = read_pasted('"words of a law" 8 CFR 214.1(a). ' * 50).parts
    looks = []
    with stoppable(lambda: looks.append(1) or len(looks) > 1), pytest.raises(Stopped):
        for _ in range(2):
            read(parts, [])
