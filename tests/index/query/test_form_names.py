"""Parts of forms by the few letters that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.parse import parse_citations
from index.query.form_names import named_forms

A, B = "Form I-914 Supplement A", "Form I-914 Supplement B"
U_B = "Form I-918 Supplement B"
TYPED = [  # (text, as it is searched, reason)
    ("who signs Supp B", f"who signs {B}", "two words"),
    ("who signs supp. b?", f"who signs {B}?", "small letters and a point"),
    ("is sup b required", f"is {B} required", "another abbreviation"),
    ("I-914 and Supplement B", f"I-914 and {B}", "in full"),
    ("Supp A and Supp B", f"{A} and {B}", "both"),
    ("760 F. Supp. 796", "760 F. Supp. 796", "a reporter of court decisions"),
    ("12 F. Supp. B", "12 F. Supp. B", "a reporter, whatever is behind it"),
    ("supp bills", "supp bills", "the beginning of a word"),
    ("who signs supplement b", f"who signs {B}", "small letters, with a word that goes with a form"),
    ("who signs supp a?", f"who signs {A}?", "no article stands at the end"),
    ("supp a and supp b", f"{A} and {B}", "nor before a conjunction"),
    ("SUPP B SIGNATURE DATE", f"{B} SIGNATURE DATE", "loud"),
    ("sup B signature date", f"{B} signature date", "keywords"),
    ("I914A", A, "glued"),
    ("can I supplement a pending case", "can I supplement a pending case", "a verb and an article"),
    ("Supplement a declaration now", "Supplement a declaration now", "at the beginning, with a form's word"),
    ("CAN I SUPPLEMENT A PENDING CASE", "CAN I SUPPLEMENT A PENDING CASE", "loud, capitals say nothing"),
    ("may she supplement B's record", "may she supplement B's record", "a verb and a person"),
    ("a vitamin sup a day", "a vitamin sup a day", "a noun and an article"),
    ("is the I-914 a petition", "is the I-914 a petition", "a number and an article"),
    ("760 Fed. Supp. a 796", "760 Fed. Supp. a 796", "a reporter by another name"),
    ("12 Fed. Supp. B", "12 Fed. Supp. B", "the same, with a capital"),
    ("Form I-129F and Supp B", "Form I-129F and Supp B", "of another form"),
    ("I-485 Supplement A", "I-485 Supplement A", "the part of another form"),
    ("8 CFR 214.204: Supp B", f"8 CFR 214.204: {B}", "behind a citation"),
]

OF_A_CLASS = [  # (text, as it is searched, reason)
    ("who signs the Supp B for a U visa", f"who signs the {U_B} for a U visa", "U is named"),
    ("who signs supp b for a u-visa", f"who signs {U_B} for a u-visa", "in small letters, with a hyphen"),
    (
        "Is Supplement B required for U Nonimmigrant Status?",
        f"Is {U_B} required for U Nonimmigrant Status?",
        "capitals",
    ),
    ("Supp A for a U-3 child", "Form I-918 Supplement A for a U-3 child", "the class by its number"),
    ("the U Supp B", f"the U {U_B}", "the class before the part"),
    ("Supp B for T visa and U visa", f"{B} for T visa and U visa", "both: that of T"),
    ("Supp B for an H-1B visa", "Supp B for an H-1B visa", "another class has no such part"),
    ("A petitioner with Supp B", f"A petitioner with {B}", "an article is no class"),
    ("is Supp B status needed", f"is {B} status needed", "the part is no class"),
    ("Form I-918 and Supp B", f"Form I-918 and {U_B}", "the form that is cited"),
    ("I-918 B", U_B, "the number of the form"),
    ("I-918 and I-914, which Supp B", f"I-918 and I-914, which {B}", "both forms: that of T"),
]


@pytest.mark.parametrize(("text", "searched", "reason"), TYPED + OF_A_CLASS)
def test_short_names_are_written_out(text, searched, reason):
    assert named_forms(text, parse_citations(text))[0] == searched, reason


def test_what_the_form_is_called_is_searched_and_shown(tiny_index):
    expanded = tiny_index.read("who signs supp b").expanded
    assert "Declaration for Trafficking Victim" in expanded.phrases
    assert expanded.note.startswith("Searched also for: supp b: Form I-914 Supplement B or Declaration")
    cited = tiny_index.read("who signs Form I-914, Supp. B?").expanded
    assert "Form I-914 Supplement B: Declaration for Trafficking Victim" in cited.note


@given(st.lists(st.sampled_from(["Supp B", "8 CFR 214.204(e)", "who", "sup. A", "§ 214.11", "Form I-914"]), max_size=6))
def test_citations_stay_where_they_stand(words):
    text = " and ".join(words)
    written, moved, _ = named_forms(text, parse_citations(text))
    again = parse_citations(written)
    assert {(str(c), written[c.start : c.end]) for c in moved} == {(str(c), written[c.start : c.end]) for c in again}
