"""Flush text (A8): the left edges of blocks, where the file states them, tell to which level a block belongs."""

import math
from dataclasses import replace

import pytest

from index.documents.section_tree import SpanTree
from ingest.assembly import assemble
from ingest.records import Reading, raw_block
from ingest.structure.sections import find_sections

N = math.nan
A, ONE, TWO, IN_A, IN_B = "(a) One:", "(1) first:", "(2) second.", "(A) item; or", "(B) item,"
ROWS = [  # ([(left edge, line, address)], reason)
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (2, IN_A, "(a)(1)(A)"), (2, IN_B, "(a)(1)(B)"), (0, "All of it.", "(a)")],
        "at the edge of the subsection",
    ),
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (2, IN_A, "(a)(1)(A)"), (2, IN_B, "(a)(1)(B)"), (1, "All.", "(a)(1)")],
        "at the edge of the paragraph",
    ),
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (2, IN_A, "(a)(1)(A)"), (2, IN_B, "(a)(1)(B)"),
         (2, "It goes on.", "(a)(1)(B)"), (4, "It says so.", "(a)(1)(B)"), (0, "All of it.", "(a)")],
        "a paragraph of the item itself, and a quotation in it",
    ),
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (2, IN_A, "(a)(1)(A)"), (2, "(B) item of this facility\u2014", "(a)(1)(B)"),
         (1, "but only so far.", "(a)(1)"), (1, TWO, "(a)(2)")],
        "words behind an item that ends with a dash",
    ),
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (1, "(2) second,", "(a)(2)"), (1, "shall be so.", "(a)")],
        "words that go on with a sentence, at the edge of the items: not sure to be the item's",
    ),
    (
        [(0, A, "(a)"), (1, "(1) the following:", "(a)(1)"), (0, "\u201cThe form.\u201d", "(a)(1)")],
        "what an item leads in stays in it, wherever it stands",
    ),
    (
        [(1, A, "(a)"), (2, ONE, "(a)(1)"), (2, TWO, "(a)(2)"), (0, "This section is law.", "")],
        "further left than all: the section's",
    ),
    (
        [(0, "In general:", ""), (1, "(a) one;", "(a)"), (1, "(b) two.", "(b)"), (0, "All of it.", "")],
        "at the edge of the section's own text",
    ),
    (
        [(0, "In general:", ""), (1, "(a) one;", "(a)"), (0, "amid the list,", ""), (1, "(b) two.", "(b)")],
        "amid a list",
    ),
    (
        [(0, A, "(a)"), (0, ONE, "(a)(1)"), (0, TWO, "(a)(2)"), (0, "All of it.", "(a)")],
        "one edge for all tells nothing: the list is that of (a)",
    ),
    (
        [(2, A, "(a)"), (2, ONE, "(a)(1)"), (2, TWO, "(a)(2)"), (0, "All of it.", "(a)")],
        "nor does a block beside levels that stand at one edge",
    ),
    (
        [(2, A, "(a)"), (0, ONE, "(a)(1)"), (0, TWO, "(a)(2)"), (2, "All of it.", "(a)")],
        "levels that stand further left than those that hold them tell nothing",
    ),
    (
        [(N, A, "(a)"), (1, ONE, "(a)(1)"), (1, TWO, "(a)(2)"), (1, "All of it.", "(a)")],
        "a level without a known edge",
    ),
    (
        [(0, A, "(a)"), (1, ONE, "(a)(1)"), (1, TWO, "(a)(2)"), (N, "All of it.", "(a)")],
        "a block without a known edge",
    ),
    (
        [(0, "(a)(1) One:", "(a)"), (1, IN_A, "(a)(1)(A)"), (1, IN_B, "(a)(1)(B)"), (0, "It is so.", "(a)(1)")],
        "levels that begin in one line have one edge: the list is that of the inner one",
    ),
    (
        [(0, A, "(a)"), (5, ONE, "(a)(1)"), (0, TWO, "(a)(2)"), (3, "(b) Two.", "(b)")],
        "a block with a designator has its address wherever it stands",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "reason"), ROWS, ids=[row[1] for row in ROWS])
@pytest.mark.parametrize("code", ["14 CFR", "14 U.S.C."])
def test_flush_text_belongs_to_the_level_at_whose_edge_it_stands(code, rows, reason):
    head = "§ 1.1 Title." if code.endswith("CFR") else "§ 1. Title"
    blocks = [raw_block("heading", head, level=2)]
    blocks += [replace(raw_block("paragraph", line), indent=float(edge)) for edge, line, _ in rows]
    document = assemble(Reading(tuple(blocks)))
    sections = find_sections(document, cited_as=code, title="T")
    tree, base = SpanTree(sections), sections[1].citation
    found = [sections[tree.deepest(block.start, block.start + 1)].citation for block in document.blocks[1:]]
    assert [citation.removeprefix(base) for citation in found] == [address for _, _, address in rows], reason
