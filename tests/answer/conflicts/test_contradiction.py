"""Sources that differ: which sentences do, which only seem to, and what is said of it."""

import pytest

from answer.conflicts.contradiction import contradictions, difference
from answer.conflicts.modality import modalities, quantities
from answer.records import Citation
from pinpoint.records import Source, Span

DIFFER = [  # (one, other, what each has, reason)
    (
        "The operator must reply to the notice within 30 days of service.",
        "The operator must reply to the notice within 60 days of service.",
        ("30 days", "60 days"),
        "a period",
    ),
    (
        "The registration fee for a boiler inspection is $500 a year.",
        "The registration fee for a boiler inspection is $650 a year.",
        ("$500", "$650"),
        "an amount of money",
    ),
    (
        "A boiler is inspected by the district office every two years.",
        "A boiler is inspected by the district office every 3 years.",
        ("two years", "3 years"),
        "a number in words",
    ),
    (
        "A signed inspection report to the district office is optional for the operator.",
        "The operator must submit a signed inspection report to the district office.",
        ("optional", "must"),
        "no duty",
    ),
    (
        "The operator may start the boiler before the inspection report arrives.",
        "The operator may not start the boiler before the inspection report arrives.",
        ("may", "may not"),
        "leave, ban",
    ),
]
AGREE = [  # (one, other, reason)
    (
        "The operator must reply to the notice within 30 days of service.",
        "The operator must reply to the notice within thirty days of service.",
        "the same number in words",
    ),
    (
        "The operator must reply to the notice within 30 days of service.",
        "Inspectors keep the files of the district office for 60 days.",
        "another matter",
    ),
    (
        "An operator must submit an inspection report to the district office.",
        "An operator of small boilers is not required to submit an inspection report to the district office.",
        "an exception beside its rule",
    ),
    (
        "An operator must submit an inspection report to the district office.",
        "An operator need not submit an inspection report to the district office if the boiler is sealed.",
        "the exception is a condition",
    ),
    (
        "A holder of class B-1 boilers renews the operating licence after 2 years.",
        "A holder of class B-2 boilers renews the operating licence after 4 years.",
        "another class",
    ),
    (
        "The operator must reply to the notice of the 2019 inspection within the period.",
        "The operator must reply to the notice of the 2022 inspection within the period.",
        "years are no quantities",
    ),
    ("Reply within 30 days.", "Reply within 60 days.", "too little to know the matter"),
]


@pytest.mark.parametrize(("one", "other", "words", "reason"), DIFFER)
def test_sentences_that_cannot_both_hold_differ(one, other, words, reason):
    assert difference(one, other) == words, reason
    assert difference(other, one) == words[::-1], "whichever comes first"
    assert words[0] in one and words[1] in other, "the words are those of the sentences"


@pytest.mark.parametrize(("one", "other", "reason"), AGREE)
def test_sentences_that_can_both_hold_do_not_differ(one, other, reason):
    assert difference(one, other) == ("", ""), reason
    assert difference(other, one) == ("", ""), reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The operator need not reply.", {"no duty"}),
        ("A reply is not required.", {"no duty"}),
        ("No certificate of the mayor is required any longer.", {"no duty"}),
        ("The office does not require a reply.", {"no duty"}),
        ("The operator must not reply.", {"ban"}),
        ("The operator may not reply.", {"ban"}),
        ("The operator shall reply and may appeal.", {"duty", "leave"}),
        ("The boiler is red.", set()),
    ],
)
def test_a_sentence_says_what_is_required(text, expected):
    assert modalities(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within 30 calendar days", {"day": [30]}),
        ("1,000 boilers and twelve percent, or 12%", {"boiler": [1000], "percent": [12]}),
        ("a $1,500 fee", {"$": [1500]}),
        ("under 8 CFR 214.202(c)(1) and section 12 days", {}),
        ("on August 28, 2024, the 2024 rule", {}),
    ],
)
def test_quantities_are_read_and_citations_and_years_are_none(text, expected):
    assert {unit: list(values) for unit, values in quantities(text).items()} == expected


def _citation(marker, file, quote, **fields):
    span = Span(file, 0, 9)
    source = Source(
        span=span, file=file, title=file, kind="rule", section=f"Rule {marker}", authority="Regulation", **fields
    )
    return Citation(marker=marker, source=source, passage=span, quote=quote)


def test_quotations_that_differ_are_named_with_their_words_and_never_blended():
    one, other, _, _ = DIFFER[0]
    (conflict,) = contradictions([_citation(1, "a.md", one), _citation(2, "b.md", other)])
    assert conflict.markers == (1, 2)
    assert "Rule 1 (Regulation) has \u201c30 days\u201d" in conflict.sentence
    assert "Rule 2 (Regulation) has \u201c60 days\u201d" in conflict.sentence


@pytest.mark.parametrize(
    ("file", "in_force", "status", "reason"),
    [
        ("a.md", True, "in force", "one document means two things by it"),
        ("b.md", False, "ended", "what is no longer in force does not compete"),
        ("b.md", True, "no text of that day", "nor does the text of a later day"),
    ],
)
def test_no_conflict_within_a_document_or_with_the_law_of_another_day(file, in_force, status, reason):
    one, other, _, _ = DIFFER[0]
    pair = [_citation(1, "a.md", one), _citation(2, file, other, in_force=in_force, status=status)]
    assert contradictions(pair) == (), reason
