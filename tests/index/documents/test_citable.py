"""What may be quoted of a passage: whole sentences, items and rows, and nothing that says nothing."""

import pytest

from index.documents.citable import citable_spans

CASES = [  # (text, what may be quoted, reason)
    ("See INA 212(d)(13).\nSee 8 CFR 103.3(a)(2).", [], "citations alone, as in footnotes"),
    ("v. Thornburgh, 760 F. Supp. 796 (D.D.C. 1991).", [], "the rest of a running case name"),
    ("Matter of Martinez (PDF), 21 I&N Dec. 1035, 1036 (BIA 1997).", [], "a case by its name"),
    ("AUTHORITY: 8 U.S.C. 1103, 1187; 8 CFR part 2.", [], "the authority line of a part"),
    (
        "See INA 101(i)(2) (mandating employment authorization for principals).",
        ["See INA 101(i)(2) (mandating employment authorization for principals)."],
        "a citation that says what the law does",
    ),
    (
        "(3) Criminal law changes\nThe amendments made by section 1706 shall apply.",
        ["The amendments made by section 1706 shall apply."],
        "the heading of a paragraph of a statute",
    ),
    ("(f) Transfer of Forfeited Assets.\nThe court shall act.", ["The court shall act."], "a heading with a point"),
    ("5 USCIS-PM - Volume 5 - Adoptions of Children", [], "a line of a table of contents"),
    (
        "(C) The employer, at the time of filing the application\n(i) has filed with the agency; and",
        ["(C) The employer, at the time of filing the application", "(i) has filed with the agency; and"],
        "a lead-in whose dash was lost is no heading",
    ),
    (
        "Although the agency allows submission of\nany credible evidence and assesses it, more helps.",
        ["Although the agency allows submission of\nany credible evidence and assesses it, more helps."],
        "a sentence that a page divides",
    ),
    (
        "Footnotes\nunder the purview of the branch, and are discretionary.",
        [],
        "a fragment whose beginning is elsewhere",
    ),
    (
        "The operator should file only after\nThe office opens at nine in the morning.",
        ["The office opens at nine in the morning."],
        "a fragment whose end is elsewhere",
    ),
    (
        "the age of the boiler;\nthe number of people who work there; and\nthe record of the operator.",
        [
            "the age of the boiler;",
            "the number of people who work there; and",
            "the record of the operator.",
        ],
        "items in small characters",
    ),
    (
        "Such evidence may include:\nGovernment agency findings;[57] or\nAny other credible evidence.",
        ["Such evidence may include:", "Government agency findings;[57] or", "Any other credible evidence."],
        "items without a verb",
    ),
    (
        "Seal | Fee. No refund | Day\nbrass | 40 crowns. Paid at once | any day",
        ["Seal | Fee. No refund | Day", "brass | 40 crowns. Paid at once | any day"],
        "a row is one span, whatever stands in its cells",
    ),
    (
        "Item Number 5. Date of Birth. Provide your date of birth in numbers.",
        ["Item Number 5. Date of Birth. Provide your date of birth in numbers."],
        "the caption of an entry of a form is quoted with what it is about",
    ),
    (
        "3. Answer all questions. They must be answered in ink, and nothing is left out.",
        None,
        "a short numbered sentence is quoted with what follows it",
    ),
    (
        "Draining of an Aged Vessel\nPressure | Interval | Day\nany | a week | Monday",
        ["Draining of an Aged Vessel", "Pressure | Interval | Day", "any | a week | Monday"],
        "the caption of a table leads to it",
    ),
    ("(7) Petition under section 203(b) of the INA\u2014$2,500.", None, "an amount answers without a verb"),
    ("USCIS, 75 Lower Welden Street, St. Albans, VT 05479", None, "an address answers without a verb"),
    ("Mr. Chairman, I move the resolution.", None, "a short title is no number of an item"),
    ("Whom does it bind, and from which day on?", [], "a question"),
    ("These are the words of it.", None, "an ordinary sentence"),
]


@pytest.mark.parametrize(("text", "quoted", "reason"), CASES, ids=[case[2] for case in CASES])
def test_what_may_be_quoted(text, quoted, reason):
    found = [text[start:end] for start, end in citable_spans(text, ())]
    assert found == ([text] if quoted is None else quoted), reason


def test_a_table_of_contents_and_a_heading_are_left_out():
    text = "Duties of the operator of a boiler\nThe operator must be at hand."
    assert citable_spans(text, ("Contents",)) == []
    (only,) = citable_spans(text, ("Duties of the operator of a boiler",))
    assert text[slice(*only)] == "The operator must be at hand."
