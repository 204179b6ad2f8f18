"""A changed word, number or negation is never found, however brackets, ellipses and cuts hide it; legal style is."""

import pytest

from drafts.checking.comparing.brackets import read_pattern
from drafts.checking.comparing.matching import shortest
from drafts.checking.comparing.sought import Sought

CAP = "(a) DHS may not grant T-1 nonimmigrant status to more than 5,000 principal applicants in any fiscal year."
STAY = (
    "T-1 nonimmigrant status may be approved for a period not to exceed 4 years, except as provided in section "
    "214(o)(7)."
)
AGE = (
    "(1) *Minors.* An applicant who was under 18 years of age at the time is not required to comply with any request.\n"
    "(2) *Trauma.* An applicant who, due to trauma, is unable to cooperate with a request is not required to comply."
)
BAR = "(e) No applicant will be eligible to receive T status. USCIS, not the LEA, will determine if they are victims."
BOUND = "The officer will not be bound by previous factual determinations made elsewhere."
JOINED = "If status has expired, an applicant may ask for more time. (2) USCIS may approve an untimely request."
OVER = "The ellipsis leaves out the end of a sentence."
HIDDEN = [  # (quotation, text, reason)
    ("DHS may no[w] grant T-1 nonimmigrant status", CAP, "a negation taken for the stem of another word"),
    ("DHS may n[ow] grant T-1 nonimmigrant status", CAP, "a stem of one letter"),
    ("DHS may no[te] grant T-1 nonimmigrant status", CAP, "an ending that makes another word"),
    ("DHS may no[] grant T-1 nonimmigrant status", CAP, "an ending taken off a negation"),
    ("DHS m[ust] not grant T-1 nonimmigrant status", CAP, "a duty for a permission"),
    ("The employ[er] signs it", "The employee signs it.", "another noun with the same stem"),
    ("It is care[ful]", "It is careless.", "another adjective with the same stem"),
    ("four[teen] days", "four days", "a number for another"),
    ("not to exceed 4[0] years", STAY, "a digit behind a number"),
    ("to more than [1]5,000 principal applicants", CAP, "a digit before a number"),
    ("to more than 5,000[5] principal applicants", CAP, "a digit behind several"),
    ("to more than 5,000 [5] principal applicants", CAP, "a digit beside a number, with a blank"),
    ("to more than 5,000[,000] principal applicants", CAP, "a comma and digits"),
    ("DHS may not grant T-1[2] nonimmigrant status", CAP, "a digit behind a class"),
    ("[USCIS will] grant T-1 nonimmigrant status", CAP, "a bracket in front swallows the negation"),
    ("[USCIS is] bound by previous factual determinations", BOUND, "so it does over an auxiliary verb"),
    ("The officer will [be bound].", BOUND, "a bracket at the end swallows the negation"),
    ("a period not to exceed 4 [months]", STAY, "another unit at the end"),
    ("a period not to exceed 4 [instalments]", STAY, "another thing that is counted"),
    ("[Non-]T-1 nonimmigrant status may be approved", STAY, "a prefix in front"),
    ("the applicant is [un] lawful", "the applicant is lawful", "a prefix between words"),
    ("[ineligible] to receive T status", "All are eligible to receive T status.", "a prefix in the word in front"),
    ("[T-2] nonimmigrant status may be approved", STAY, "another class in front"),
    ("[U] nonimmigrant status may be approved", STAY, "another class without a number"),
    ("may not grant [U] nonimmigrant status", CAP, "another class between words"),
    ("An applicant who was [over] 18 years of age", AGE, "a limit for its opposite"),
    ("An applicant who was [aged] 18 years of age", AGE, "a limit taken off a number"),
    ("to [at least] 5,000 principal applicants", CAP, "another limit"),
    ("[some] 5,000 principal applicants", CAP, "a limit taken off in front"),
    ("at the time is not [permitted] to comply", AGE, "permission for duty in other words"),
    ("principal applicants in any [calendar] year", CAP, "another year"),
    ("DHS may not [deny] T-1 nonimmigrant status", CAP, "the opposite verb"),
    ("status to \u2026 5,000 principal applicants", CAP, "the limit before a number left out"),
    ("who was \u2026 18 years of age", AGE, "so is a limit of one word"),
    ("status to \u2026 [10,000] principal applicants", CAP, "a number beside an ellipsis"),
    ("not to exceed [ten years], except as provided", STAY, "a number in words for one in digits"),
    ("not to exceed [a year], except as provided", STAY, "a number left out"),
    ("not to exceed [the stay] except as provided", STAY, "a noun for a number with its unit"),
    ("as provided in section [245(l)].", STAY, "another section at the end"),
    ("except as provided in section 214[(p)](7)", STAY, "another paragraph"),
    ("[The] applicant will be eligible", BAR, "a bracket for a negation"),
    ("\u2026 applicant will be eligible", BAR, "an ellipsis for a negation"),
    ("[A]pplicant will be eligible", BAR, "a capital in brackets behind a negation"),
    ("Applicant will be eligible", BAR, "a capital behind a negation"),
    ("\u2026 the LEA, will determine", BAR, "an ellipsis for a negation before an article"),
    (
        "An applicant who was under 18 years of age \u2026 is unable to cooperate with a request",
        AGE,
        "two sentences joined",
    ),
]
LEGAL = [  # (quotation, text, what is told or "", reason)
    ("DHS may no[t] grant T-1 nonimmigrant status", CAP, "", "the letters that the text has"),
    ("[D]HS may not grant", CAP, "", "a bracketed initial"),
    ("[USCIS] may not grant T-1 nonimmigrant status", CAP, "", "another name in front"),
    ("[The agency may not] grant T-1 nonimmigrant status", CAP, "", "a bracket that has the negation"),
    ("may not grant [such] status", CAP, "", "a class that is not named"),
    ("status [of this kind] may be approved", STAY, "", "words put in"),
    ("for a period not to exceed 4 [years].", STAY, "", "a unit that is the text's"),
    ("[The rule] provides for it", "8 CFR 214.11 provides for it.", "", "a name for a citation"),
    ("is bound by [the rule]", "An officer is bound by 8 CFR 214.11.", "", "a name for a citation at the end"),
    ("[The applicant] who was under 18 years of age", AGE, "", "a bracket behind a heading"),
    ("An applicant \u2026 is not required to comply", AGE, "", "within a sentence"),
    ("to comply with any request\u2026. An applicant who, due to trauma", AGE, OVER, "from a sentence to the next"),
    ("under 18 years of age \u2026 [A]n applicant who, due to trauma", AGE, OVER, "so with a bracketed capital"),
    ("persons.[12] 5,000 visas", "persons. 5,000 visas", "", "the mark of a note before a number"),
    ("She cooperate[s] with any request", "She cooperated with any request.", "", "another ending"),
    ("They compl[ied] with it", "They comply with it.", "", "an ending that changes the stem"),
    ("applicant will be eligible", BAR, "The text has \u201cNo\u201d before these words.", "cut behind a negation"),
    ("the LEA, will determine", BAR, "The text has \u201cnot\u201d before these words.", "and before an article"),
    ("5,000 principal applicants", CAP, "The text has \u201cmore than\u201d before these words.", "cut behind a limit"),
    ("has expired \u2026. USCIS may approve", JOINED, OVER, "four points before a name in capitals"),
    ("DHS may \u2026", CAP, "The text goes on with \u201cnot\u201d.", "an ellipsis before a negation"),
    ("DHS may", CAP, "The text goes on with \u201cnot\u201d.", "cut before a negation"),
]


@pytest.mark.parametrize(("quotation", "text", "reason"), HIDDEN, ids=[row[-1] for row in HIDDEN])
def test_nothing_hides_what_was_changed(quotation, text, reason):
    assert shortest(read_pattern(quotation), Sought(text)) is None


@pytest.mark.parametrize(("quotation", "text", "told", "reason"), LEGAL, ids=[row[-1] for row in LEGAL])
def test_legal_style_is_found_and_what_matters_is_told(quotation, text, told, reason):
    match = shortest(read_pattern(quotation), Sought(text))
    assert match is not None
    assert match.beside == ((told,) if told else ())


def test_an_ending_in_brackets_is_told():
    match = shortest(read_pattern("She cooperate[s] with it"), Sought("She cooperated with it."))
    assert match.exchanged == (("cooperate[s]", "cooperated"),)
    assert match.changed


def test_what_nothing_stands_beside_comes_first():
    text = "No applicant will be eligible. Every good and patient applicant will be eligible."
    assert not shortest(read_pattern("applicant will be eligible"), Sought(text)).beside


def test_short_runs_may_stand_apart_in_a_short_provision_and_beside_a_long_run():
    apart = "and others of any kind, " * 13
    provision = f"(A) sex trafficking {apart}or by force, or (B) labor for the purpose of debt bondage, or slavery."
    assert shortest(read_pattern("sex trafficking \u2026 or slavery"), Sought(provision))
    long = f"{provision} {'Another rule says nothing. ' * 90}"
    assert not shortest(read_pattern("sex trafficking \u2026 or slavery"), Sought(long))
    assert shortest(read_pattern("sex trafficking \u2026 for the purpose of debt bondage, or slavery"), Sought(long))
