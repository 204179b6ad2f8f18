"""Old and new text side by side: pairing of paragraphs, marking of words, pinpoints where text moved."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from citations.parse import parse_citations
from index.__main__ import main as index_command
from index.documents.comparison import changed_words, compare

WORDS = [
    ("equal", "A victim is here.", "A victim is here.", [("same", "A victim is here.")]),
    (
        "one word",
        "The alien files.",
        "The applicant files.",
        [("same", "The "), ("removed", "alien"), ("added", "applicant"), ("same", " files.")],
    ),
    (
        "changed words stay one phrase",
        "he or she shows",
        "they show",
        [("removed", "he or she shows"), ("added", "they show")],
    ),
    ("a dash of another shape is no change", "T\u20131 status", "T-1 status", [("same", "T-1 status")]),
    ("a line break is no change", "one\ntwo", "one two", [("same", "one two")]),
    (
        "a section number is one word",
        "see § 214.11",
        "see § 214.202",
        [("same", "see § "), ("removed", "214.11"), ("added", "214.202")],
    ),
    (
        "a number with commas is one word",
        "more than 5,000 persons",
        "more than 6,000 persons",
        [("same", "more than "), ("removed", "5,000"), ("added", "6,000"), ("same", " persons")],
    ),
    (
        "and so is a longer one",
        "at most 5,000",
        "at most 5,0001",
        [("same", "at most "), ("removed", "5,000"), ("added", "5,0001")],
    ),
    ("nothing before", "", "New text.", [("added", "New text.")]),
    ("nothing after", "Old text.", "", [("removed", "Old text.")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_changed_words(old, new, expected):
    assert list(changed_words(old, new)) == expected


@given(st.text(alphabet="ab (1).\u2013\n", max_size=40), st.text(alphabet="ab (1).-\n", max_size=40))
def test_the_marked_words_are_both_texts(old, new):
    runs = changed_words(old, new)
    assert "".join(text for change, text in runs if change != "removed") == new
    bare = "".join(text for change, text in runs if change != "added")
    assert "".join(bare.split()).replace("\u2013", "-") == "".join(old.split()).replace("\u2013", "-")


@pytest.mark.parametrize(
    ("cited", "old", "new", "reason"),
    [
        ("8 CFR 214.11(b)", "8 CFR 214.11(b)", "8 CFR 214.202", "the entry itself"),
        ("8 CFR 214.202", "8 CFR 214.11(b)", "8 CFR 214.202", "asked from the new side"),
        ("8 CFR 214.11(b)(2)", "8 CFR 214.11(b)(2)", "8 CFR 214.202(b)", "a part goes to the part most like it"),
        ("8 CFR 214.11(b)(3)", "8 CFR 214.11(b)(3)", "8 CFR 214.202(c)(1)", "also where it stands deeper now"),
        ("8 CFR 214.202(b)", "8 CFR 214.11(b)(2)", "8 CFR 214.202(b)", "and back"),
    ],
)
def test_a_provision_is_compared_with_its_counterpart(tiny_index, cited, old, new, reason):
    found = compare(tiny_index.store, tiny_index.crosswalk, parse_citations(cited)[0])
    assert found is not None
    assert (found.old.citation, found.new.citation) == (old, new), reason


@pytest.mark.parametrize("cited", ["8 CFR 214.11(c)", "8 U.S.C. 1184(o)", "8 CFR 214.206", "8 CFR 999.9"])
def test_what_did_not_move_is_not_compared(tiny_index, cited):
    assert compare(tiny_index.store, tiny_index.crosswalk, parse_citations(cited)[0]) is None


def test_every_paragraph_of_both_versions_is_shown_once(tiny_index):
    found = compare(tiny_index.store, tiny_index.crosswalk, parse_citations("8 CFR 214.11(b)")[0])
    olds = [pair.old.section.citation for pair in found.pairs if pair.old]
    news = [pair.new.section.citation for pair in found.pairs if pair.new]
    assert olds == ["8 CFR 214.11(b)", *(f"8 CFR 214.11(b)({n})" for n in (1, 2, 3))]
    assert news == [
        "8 CFR 214.202",
        *(f"8 CFR 214.202{p}" for p in ("(a)", "(b)", "(c)", "(c)(1)", "(c)(2)", "(d)", "(e)")),
    ]
    paired = {pair.old.section.citation: pair.new.section.citation for pair in found.pairs if pair.old and pair.new}
    assert paired["8 CFR 214.11(b)(2)"] == "8 CFR 214.202(b)"


def run(tiny_index_dir, *arguments):
    return CliRunner().invoke(index_command, ["compare", *arguments, "--index", str(tiny_index_dir)])


def test_the_command_marks_what_changed(tiny_index_dir):
    result = run(tiny_index_dir, "8 CFR 214.11(b)(2)")
    shown = " ".join(result.output.replace("\u2502", " ").split())
    assert result.exit_code == 0 and "8 CFR 214.11(b)(2)" in shown and "[-alien-]" in shown and "{+applicant+}" in shown


def test_the_command_gives_json_and_lists_all_moves(tiny_index_dir):
    (one,) = json.loads(run(tiny_index_dir, "8 CFR 214.11(b)(2)", "--json").output)
    assert one["new"] == "8 CFR 214.202(b)" and one["effective"] == "2024-08-28" and 0 < one["similarity"] < 1
    assert {entry["old"] for entry in json.loads(run(tiny_index_dir, "--json").output)} == {
        "8 CFR 214.11(b)",
        "8 CFR 214.11(d)",
    }
    assert "8 CFR 214.204" in run(tiny_index_dir).output


@pytest.mark.parametrize(
    ("citation", "code", "words"),
    [
        ("8 CFR 214.206", 1, "is not in the crosswalk"),
        ("nothing", 2, "is not a citation"),
    ],
)
def test_the_command_says_why_it_compares_nothing(tiny_index_dir, citation, code, words):
    result = run(tiny_index_dir, citation)
    assert result.exit_code == code and words in result.output + result.stderr
