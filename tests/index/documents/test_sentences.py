"""Sentence boundaries in legal text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.sentences import sentence_spans

CASES = [
    ("One. Two.", ["One.", "Two."], "the plain case"),
    (
        "See 8 U.S.C. 1101(a)(15)(T). It applies.",
        ["See 8 U.S.C. 1101(a)(15)(T).", "It applies."],
        "U.S.C. ends nothing",
    ),
    ("See 8 C.F.R. § 214.202 for the rule.", ["See 8 C.F.R. § 214.202 for the rule."], "C.F.R. § neither"),
    ("Under Sec. 214.202 the applicant must comply.", ["Under Sec. 214.202 the applicant must comply."], "Sec."),
    ("In Roe v. Wade the court held. It did.", ["In Roe v. Wade the court held.", "It did."], "v. in a case name"),
    ("Enacted as Pub. L. 106-386 in 2000.", ["Enacted as Pub. L. 106-386 in 2000."], "Pub. L."),
    (
        "It is bona fide.[12] Officers then decide.",
        ["It is bona fide.[12]", "Officers then decide."],
        "a footnote reference belongs to the sentence before it",
    ),
    (
        "It is bona fide.[1][2] Officers then decide.",
        ["It is bona fide.[1][2]", "Officers then decide."],
        "two of them",
    ),
    ("Heading\nThe text.", ["Heading", "The text."], "a line break always ends a sentence"),
    (
        "“Coercion” means threats. “Child” means a person.",
        ["“Coercion” means threats.", "“Child” means a person."],
        "quotation marks open a sentence",
    ),
    ("Is it in force? Yes.", ["Is it in force?", "Yes."], "a question mark"),
    ("  padded.  ", ["padded."], "white space belongs to no sentence"),
    ("", [], "no text"),
    (" \n ", [], "nothing but white space"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES)
def test_sentences(text, expected, reason):
    assert [text[start:end] for start, end in sentence_spans(text)] == expected, reason


@given(st.text(st.sampled_from("Ab1. \n[]()“”§?;,—"), max_size=80))
def test_spans_are_trimmed_ordered_and_lose_no_character(text):
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() and start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    retained = "".join(text[start:end] for start, end in spans)
    assert "".join(retained.split()) == "".join(text.split())
