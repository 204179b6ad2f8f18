"""In what two paragraphs differ: words, dates alone, notes, or nothing."""

import pytest

from changes.kinds import difference, heads_notes

LAW = "A ledger filed before {} is closed on the day on which the director signs it."
CASES = [
    ("(a) The same.", "(b) The same.", "", "a label is its address"),
    ("and so on; or", "and so on;", "words", "a conjunction binds"),
    ("It ends here;", "It ends here.", "", "the mark at the end"),
    ("a, b", "a b", "words", "a comma inside"),
    ("It may be so.", "It must be so.", "words", "may and must"),
    ("Text.[12]", "Text.[13]", "", "the mark of a note is renumbered"),
    ("Text.", "Text.[13]", "notes", "the mark of a new note"),
    ("Current to January 1, 2024.", "Current to June 11, 2026.", "dates", "until when a copy is current"),
    ("Last updated: 5 May 2024", "Last updated: 6 June 2025", "dates", "when a page was updated"),
    ("Current to January 1, 2024.", "Current to June 11, 2026, in part.", "words", "more than dates differs"),
    (LAW.format("January 1, 2024"), LAW.format("June 11, 2026"), "words", "a date of the law is a word of it"),
    ("[56 FR 619, Jan. 7, 1991]", "[56 FR 619, Jan. 7, 1991, as amended]", "notes", "a source credit"),
    ("Source: 1 FR 1.", "Source: 2 FR 2.", "notes", "a source line"),
    ("Source: 1 FR 1.", "The source is 2 FR 2.", "words", "a note became text"),
]


@pytest.mark.parametrize(("old", "new", "kind", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_differences(old, new, kind, reason):
    assert difference(old, new) == kind, reason
    assert difference(new, old) == kind, "either way"


def test_what_stands_in_a_note_is_a_note():
    assert difference("See A.", "See B.", note=True) == "notes"
    assert difference("See A.", "See A.", note=True) == ""


def test_capitals_count_in_a_text_and_not_in_a_heading():
    assert difference("Legal Framework", "LEGAL FRAMEWORK", heading=True) == ""
    assert difference("the act", "the Act") == "words"


@pytest.mark.parametrize(
    ("path", "notes", "reason"),
    [
        (("\u00a7 7101", "Editorial Notes", "Amendments"), True, "below a heading of notes"),
        (("\u00a7 7101", "(b) Amendments to the plan"), False, "a heading of the text"),
    ],
)
def test_headings_of_notes(path, notes, reason):
    assert heads_notes(path) is notes, reason
