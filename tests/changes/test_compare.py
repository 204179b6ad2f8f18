"""What changed between two versions of a small regulation: every kind of change, and what is none."""

import pytest

A = "(a) Each officer shall keep a quetzal ledger for every referral received at the office."
B = "(b) The ledger is closed after seven years and sent to the central archive in Toledo."
C = "(c) A copy of the closed ledger is given to the applicant on request without any fee."
D = "(d) Nobody may inspect a ledger unless the director has signed a written permission."


def lines(*paragraphs):
    return "\n\n".join(paragraphs) + "\n"


def found(changes):
    """Each section that changed: its name as "OLD > NEW" where it moved, and its kinds."""
    return {
        section.name.replace("8 CFR ", "").replace(" \u2192 ", " > "): "+".join(section.kinds)
        for document in changes.documents
        for section in document.sections
    }


CASES = [
    (lines(A, B, C), lines(A, B, C), {}, "nothing changed"),
    (lines(A, B), lines(A, B, C), {"299.1(c)": "added"}, "a paragraph was added at the end"),
    (lines(A, B, C), lines(A, B), {"299.1(c)": "removed"}, "a paragraph was removed at the end"),
    (
        lines(A, B, C),
        lines(A, B.replace("seven", "nine"), C),
        {"299.1(b)": "words"},
        "a number is a word that changed",
    ),
    (lines(A, B, C), lines(A, B.replace("is closed", "is not closed"), C), {"299.1(b)": "words"}, "a negation"),
    (
        lines(A, B, C),
        lines(A, D.replace("(d)", "(b)"), B.replace("(b)", "(c)"), C.replace("(c)", "(d)")),
        {"299.1(b)": "added", "299.1(b) > 299.1(c)": "moved", "299.1(c) > 299.1(d)": "moved"},
        "a paragraph came in between: those behind it are renumbered, not rewritten",
    ),
    (
        lines(A, B, C),
        lines(A, C.replace("(c)", "(b)")),
        {"299.1(b)": "removed", "299.1(c) > 299.1(b)": "moved"},
        "the one behind a removed paragraph takes its address, and is not that one in other words",
    ),
    (
        lines(A, B, C),
        lines(B.replace("(b)", "(a)"), A.replace("(a)", "(b)"), C),
        {"299.1(b) > 299.1(a)": "moved", "299.1(a) > 299.1(b)": "moved"},
        "two paragraphs changed places",
    ),
    (
        lines(A, B, C),
        lines(A, C.replace("(c)", "(b)").replace("without any fee", "for a fee of $5"), B.replace("(b)", "(c)")),
        {"299.1(c) > 299.1(b)": "moved+words", "299.1(b) > 299.1(c)": "moved"},
        "moved and changed at once",
    ),
    (
        lines(A, B, C, D),
        lines(A, "(b) Closed ledgers.", B.replace("(b)", "(1)"), C.replace("(c)", "(2)"), D.replace("(d)", "(c)")),
        {
            "299.1(b)": "added",
            "299.1(b) > 299.1(b)(1)": "moved",
            "299.1(c) > 299.1(b)(2)": "moved",
            "299.1(d) > 299.1(c)": "moved",
        },
        "two paragraphs became parts of a new one",
    ),
    (
        lines(A, B.replace("ledger is", "\u201cledger\u201d is"), C),
        lines(A, B.replace("ledger is", '"ledger" is'), C),
        {},
        "the shape of quotation marks is no change",
    ),
    (lines(A, B, C), lines(A, B.replace(" after ", "  after\u00a0"), C), {}, "the kind of white space is no change"),
]


@pytest.mark.parametrize(("old", "new", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_each_kind_of_change(compared, old, new, expected, reason):
    assert found(compared(old, new)) == expected, reason


def test_the_words_that_changed_are_told_apart(compared):
    (document,) = compared(lines(A, B), lines(A, B.replace("seven", "nine"))).documents
    (section,) = document.sections
    changed = [run for paragraph in section.paragraphs for run in paragraph.words if run[0] != "same"]
    assert changed == [("removed", "seven"), ("added", "nine")]
    assert section.sentence == "8 CFR 299.1(b) changed in words."


def test_a_section_that_is_divided_is_no_new_text(compared):
    whole = "(a) Each officer shall keep a quetzal ledger for every referral received at the office. The ledger is closed after seven years and sent to the central archive in Toledo."
    parts = "(a) Duties."
    new = lines(parts, A.replace("(a)", "(1)"), B.replace("(b)", "(2)"))
    kinds = found(compared(lines(whole), new))
    assert kinds["299.1(a)(1)"] == kinds["299.1(a)(2)"] == "moved", kinds
    assert "added" not in kinds.values()


def test_text_that_became_part_of_another_section_is_not_removed(compared):
    joined = f"{A} {B.removeprefix('(b) ')}"
    changes = compared(lines(A, B, C), lines(joined, C.replace("(c)", "(b)")))
    kinds = found(changes)
    assert kinds.get("299.1(b)") == "moved", kinds
    (gone,) = [one for one in changes.documents[0].sections if one.new is None]
    assert gone.parts == ("8 CFR 299.1(a)",)


DATES = [
    ("effective_from = 2024-01-01\n", "effective_from = 2024-01-01\neffective_to = 2025-01-01\n", "an end was recorded"),
    ("effective_from = 2024-01-01\n", "effective_from = 2024-02-01\n", "another first day"),
]


@pytest.mark.parametrize(("old", "new", "reason"), DATES, ids=[case[-1] for case in DATES])
def test_dates_alone_are_said_once_and_not_at_every_section(compared, old, new, reason):
    changes = compared(lines(A, B), lines(A, B), old, new)
    (document,) = changes.documents
    assert [fact.name for fact in document.facts][0].startswith(("In force", "No longer")), reason
    assert not [one for one in document.sections if "words" in one.kinds]
    assert len(document.sections) <= 1, "the whole document at most"


NOTES = [
    (
        lines(A, B, "[56 FR 619, Jan. 7, 1991]"),
        lines(A, B, "[56 FR 619, Jan. 7, 1991, as amended at 62 FR 10337, Mar. 6, 1997]"),
        "notes",
        "a source credit",
    ),
    (
        lines("Current to January 1, 2024", A),
        lines("Current to June 11, 2026", A),
        "dates",
        "the line that says until when the text is current",
    ),
    (
        lines(A.replace("received", "received before January 1, 2024")),
        lines(A.replace("received", "received before June 11, 2026")),
        "words",
        "a date of the law itself is a word of it",
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "reason"), NOTES, ids=[case[-1] for case in NOTES])
def test_notes_and_dates_are_told_from_words(compared, old, new, kind, reason):
    assert set(found(compared(old, new)).values()) == {kind}, reason


def test_a_version_against_itself_and_the_other_way_round(compared):
    assert not compared(lines(A, B, C), lines(A, B, C)).any
    there = found(compared(lines(A, B, C), lines(A, C.replace("(c)", "(b)"))))
    back = found(compared(lines(A, C.replace("(c)", "(b)")), lines(A, B, C)))
    assert there == {"299.1(b)": "removed", "299.1(c) > 299.1(b)": "moved"}
    assert back == {"299.1(b)": "added", "299.1(b) > 299.1(c)": "moved"}
