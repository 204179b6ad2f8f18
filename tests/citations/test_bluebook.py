"""Provisions in the form of the Bluebook: a case each, with the rule of the 21st edition that it follows."""

import pytest

from citations.bluebook import of_manual, page_number, provision_form

FORMS = [  # (cited form, Bluebook, reason)
    ("8 CFR 214.202(c)(1)", "8 C.F.R. \u00a7 214.202(c)(1)", "rule 14.2: title, abbreviation, section"),
    ("8 CFR 214", "8 C.F.R. pt. 214", "a part is no section"),
    (
        "8 CFR 214.11(a) \u201cLaw Enforcement Agency (LEA)\u201d",
        "8 C.F.R. \u00a7 214.11(a)",
        "a definition by its paragraph",
    ),
    ("12 CFR Part 1005, Appendix A", "12 C.F.R. pt. 1005, app. A", "rule 3.4: appendices"),
    ("12 CFR Part 1026, Supplement I, comment 36(a)-1", "12 C.F.R. pt. 1026, supp. I, cmt. 36(a)-1", "comments"),
    ("8 U.S.C. 1101(a)(15)(T)(i)", "8 U.S.C. \u00a7 1101(a)(15)(T)(i)", "rule 12.3: no year of the federal code"),
    ("22 U.S.C. 7101 note", "22 U.S.C. \u00a7 7101 note", "a note below a section"),
    (
        "INA 101(a)(15)(T)",
        "Immigration and Nationality Act \u00a7 101(a)(15)(T), 8 U.S.C. \u00a7 1101(a)(15)(T)",
        "12.3.1: by name",
    ),
    (
        "INA 240A(b)(2)",
        "Immigration and Nationality Act \u00a7 240A(b)(2), 8 U.S.C. \u00a7 1229b(b)(2)",
        "other letters in the code",
    ),
    (
        "INA 212 fn 163",
        "Immigration and Nationality Act \u00a7 212 n.163",
        "rule 3.2(b): a note of the compilation alone",
    ),
    ("INA 109", "Immigration and Nationality Act \u00a7 109", "no code section is made up"),
    ("TVPA 107(e)", "Trafficking Victims Protection Act of 2000 \u00a7 107(e), 22 U.S.C. \u00a7 7105(e)", "as the INA"),
    (
        "TVPA 103(8)",
        "Trafficking Victims Protection Act of 2000 \u00a7 103(8), 22 U.S.C. \u00a7 7102",
        "renumbered paragraphs",
    ),
    ("Pub. L. 106-386", "Pub. L. No. 106-386", "rule 12.4"),
    ("Pub. L. 114-113, div. A, sec. 5(a)", "Pub. L. No. 114-113, div. A, \u00a7 5(a)", "a division"),
    ("114 Stat. 1464", "114 Stat. 1464", "rule 12.4: session laws"),
    ("123 Stat. 12,345", "123 Stat. 12,345", "with its comma"),
    ("89 FR 34864", "89 Fed. Reg. 34,864", "rule 14.2, and 6.2 for the comma"),
    ("44 FR 4652", "44 Fed. Reg. 4652", "four digits have none"),
    ("Executive Order 13773", "Exec. Order No. 13,773", "rule 14.7"),
    ("H.R. 644 (114th), sec. 910(a)", "H.R. 644, 114th Cong., \u00a7 910(a)", "rule 13.2"),
    (
        "Trade Facilitation and Trade Enforcement Act of 2015, sec. 910(a)",
        "Trade Facilitation and Trade Enforcement Act of 2015 \u00a7 910(a)",
        "an act by its name",
    ),
    ("8 CFR", "", "a code alone is no provision"),
    ("INA, ADJUSTMENT OF STATUS", "", "a heading is none"),
    ("See 8 CFR 214.2", "", "a title that names one further on"),
    ("8 CFR 214.1 and 214.2", "", "two are not one"),
    ("GAO-23-106826 snapshot", "", "a document"),
    ("Form I-914 Supplement B", "", "a form is cited as a document"),
    ("", "", "nothing"),
]
MANUAL = [  # (cited form, Bluebook, reason)
    ("3 USCIS-PM B", "vol. 3, pt. B", "a part"),
    ("3 USCIS-PM B.2", "vol. 3, pt. B, ch. 2", "a chapter"),
    ("3 USCIS-PM B.2(C)(1)", "vol. 3, pt. B, ch. 2, \u00a7 C.1", "as the manual names its sections"),
    ("3 USCIS-PM B.2 fn 12", "vol. 3, pt. B, ch. 2 n.12", "a footnote of a chapter"),
    ("8 CFR 214.2", "", "no manual"),
]


@pytest.mark.parametrize(("cited", "form", "reason"), FORMS)
def test_the_form_of_a_provision(cited, form, reason):
    assert provision_form(cited, lambda _: True) == form, reason


@pytest.mark.parametrize(
    ("has", "code", "reason"),
    [
        ({"8 U.S.C. 1182(o)", "8 U.S.C. 1182(o)(2)"}, "8 U.S.C. \u00a7 1182(o)(2)", "all of it"),
        ({"8 U.S.C. 1182(o)"}, "8 U.S.C. \u00a7 1182(o)", "as deep as the Code goes"),
        (set(), "8 U.S.C. \u00a7 1182", "the section alone"),
    ],
)
def test_paragraphs_of_the_code_are_not_made_up(has, code, reason):
    form = provision_form("INA 212(o)(2)", has.__contains__)
    assert form == f"Immigration and Nationality Act \u00a7 212(o)(2), {code}", reason


@pytest.mark.parametrize(("cited", "form", "reason"), MANUAL)
def test_the_parts_of_the_policy_manual(cited, form, reason):
    assert of_manual(cited) == form, reason


@pytest.mark.parametrize(
    ("page", "written", "reason"),
    [
        ("34864", "34,864", "five digits"),
        ("9741", "9741", "four"),
        ("iv", "iv", "no digits"),
        ("A-12345", "A-12345", "of an appendix"),
        ("34,864", "34,864", "with its comma already"),
    ],
)
def test_commas_in_numbers(page, written, reason):
    assert page_number(page) == written, reason
