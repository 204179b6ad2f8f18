"""Parts of forms by the few letters that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.parse import parse_citations
from index.query.form_names import named_forms

B = "Form I-914 Supplement B"
TYPED = [  # (text, as it is searched, reason)
    ("who signs Supp B", f"who signs {B}", "two words"),
    ("who signs supp. b?", f"who signs {B}?", "small letters and a point"),
    ("is sup b required", f"is {B} required", "another abbreviation"),
    ("I-914 and Supplement B", f"I-914 and {B}", "in full"),
    ("Supp A and Supp B", f"Form I-914 Supplement A and {B}", "both"),
    ("760 F. Supp. 796", "760 F. Supp. 796", "a reporter of court decisions"),
    ("12 F. Supp. B", "12 F. Supp. B", "a reporter, whatever is behind it"),
    ("supp bills", "supp bills", "the beginning of a word"),
    ("Form I-129F and Supp B", "Form I-129F and Supp B", "of another form"),
    ("I-485 Supplement A", "I-485 Supplement A", "the part of another form"),
    ("8 CFR 214.204: Supp B", f"8 CFR 214.204: {B}", "behind a citation"),
]


@pytest.mark.parametrize(("text", "searched", "reason"), TYPED)
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
