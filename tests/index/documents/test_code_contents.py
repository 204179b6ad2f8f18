"""What of a code is law and what only leads to it, told by whether anything below a heading has a number."""

from collections.abc import Sequence

import pytest

from index.documents.code_contents import beside_the_law
from index.documents.section_tree import SectionTree
from pinpoint.stored import StoredSection

Row = tuple[str, int, str]
"""Heading, depth, and number of its own, "" for none; a heading in brackets is a definition."""


def made(rows: Sequence[Row]) -> SectionTree:
    """A tree of sections of one character each."""
    sections = [("Code", -1, "", "document"), *((name, depth, key, "") for name, depth, key in rows)]
    parents: list[int] = []
    line: list[int] = []
    for number, (_, depth, *_) in enumerate(sections):
        line = line[: depth + 1]
        parents.append(line[-1] if line else -1)
        line.append(number)
    last = len(sections)
    return SectionTree(
        [
            StoredSection(
                document_id="code",
                number=number,
                parent=parents[number],
                citation=f"9 CODE {key or name}",
                keys=(f"9 CODE {key}", f"\u00a7 {key}") if key else (f"9 CODE, {name}",) if number else (),
                heading=name,
                kind=kind or ("definition" if name.startswith("[") else "provision" if "(" in key else "heading"),
                start=number,
                own_end=number + 1,
                end=last if number == 0 else number + 1,
            )
            for number, (name, _, key, kind) in enumerate(sections)
        ]
    )


LAW = [("Part 1", 0, "1"), ("\u00a7 1.1", 1, "1.1"), ("(a)", 2, "1.1(a)"), ("(b)", 2, "1.1(b)"), ("(c)", 2, "1.1(c)")]
CODES = [  # (sections, headings that are not law, reason)
    (LAW, [], "a code without anything else"),
    ([("Front Matter", 0, ""), *LAW, ("Finding Aids", 0, "")], ["Front Matter", "Finding Aids"], "at both ends"),
    (
        [("Contents", 0, ""), ("Title I", 1, ""), *LAW],
        ["Contents", "Title I"],
        "a list of contents with headings of its own",
    ),
    (
        [("Title I", 0, ""), ("Title I", 0, ""), *((name, depth + 1, key) for name, depth, key in LAW)],
        ["Title I"],
        "a heading of the list and the same of the law, which is above it",
    ),
    ([*LAW, ("Appendix A", 1, ""), ("Table", 2, "")], [], "what stands in a numbered part"),
    ([*LAW, ("[Child]", 2, "")], [], "a definition"),
    ([("Reserved", 0, "2"), *LAW], [], "a number without text"),
    ([("One", 0, ""), ("Two", 0, ""), ("Three", 0, ""), ("(a)", 1, "1(a)")], [], "a report that has one number"),
    ([("Chapter 1", 0, "1"), ("Chapter 2", 0, "2"), ("Index", 0, "")], [], "a book whose chapters have numbers"),
    ([], [], "a document without sections"),
]


@pytest.mark.parametrize(("rows", "beside", "reason"), CODES, ids=[row[-1] for row in CODES])
def test_headings_below_which_nothing_has_a_number_are_beside_the_law(rows, beside, reason):
    contents = made(rows)
    found = [contents.sections[number].heading for number in sorted(beside_the_law(contents))]
    assert found == beside, reason


def test_of_two_headings_of_one_name_that_of_the_list_is_beside_the_law():
    contents = made(CODES[3][0])
    assert beside_the_law(contents) == {1}
