"""The code that a document gives the text of, as its opening says."""

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.records import Reading, raw_block
from ingest.structure.provisions.naming import find_code

ROWS = [  # (lines, code, reason)
    (["TITLE 8—ALIENS AND NATIONALITY", "§ 214.1 Requirements."], "8 CFR", "numbers with a point"),
    (["Title 26— INTERNAL REVENUE CODE", "§ 1. Tax imposed"], "26 U.S.C.", "numbers without one"),
    (["12 CFR Part 1005 (up to date)", "§ 1005.1 Authority."], "12 CFR", "the line of an official page"),
    (["42 U.S.C. § 1396r–8 - Payment for drugs", "(a) In general"], "42 U.S.C.", "the code stands in the head"),
    (["Notes", "See 8 CFR 214.2.", "§ 5 of the lease"], "", "a sentence cites a code"),
    (["42 U.S. Code", "§ 1396r–8. Payment for drugs"], "42 U.S.C.", "in words"),
    (["Code of Federal Regulations", "Title 29 - Labor", "§ 1910.1 Purpose."], "29 CFR", "a title of its own"),
    (["AGENCY: Office.", "ACTION: Rule.", "SUMMARY: It amends 8 CFR 214.", "§ 214.1 [Amended]"], "",
     "a rule in the Register"),
    (["A memorandum on 8 CFR 214.2", "It says what the rule is."], "", "no section stands in it"),
    (["Notes", "§ 5 of the lease"], "", "no title is named"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_the_code_of_a_document(lines, code, reason):
    assert find_code(Reading(tuple(raw_block("paragraph", line) for line in lines))) == code, reason


def test_a_file_that_no_manifest_lists_has_the_addresses_of_its_code(tmp_path):
    file = tmp_path / "title26.txt"
    file.write_text("Title 26—TAXES\n\n§ 1. Tax imposed\n\n(a) Rates. Ten.\n\n(b) Base. All.\n", encoding="utf-8")
    entry = ManifestEntry(id="t", file=file.name, title="title26", listed=False)
    parsed = parse_file(file, entry, sha256="", crosswalk=()).parsed
    assert [section.citation for section in parsed.sections][-3:] == ["26 U.S.C. 1", "26 U.S.C. 1(a)", "26 U.S.C. 1(b)"]


def test_a_listed_code_without_sections_is_named_in_the_report(tmp_path):
    file = tmp_path / "tax.txt"
    file.write_text("Nothing here begins like a section.\n", encoding="utf-8")
    entry = ManifestEntry(id="t", file=file.name, title="Tax", cited_as="26 USC")
    parsed = parse_file(file, entry, sha256="", crosswalk=())
    assert parsed.parsed.document.cited_as == "26 U.S.C."
    assert any("No section of 26 U.S.C." in warning for warning in parsed.warnings)
