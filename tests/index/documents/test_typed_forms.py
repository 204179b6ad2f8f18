"""What people type leads to the provision that a file holds, in every form of its number."""

from datetime import date

import pytest

from citations.parse import parse_citations
from index.documents.resolver import CitationResolver
from index.documents.store import DocumentStore
from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from pinpoint.records import Filters

CREDIT = """# PART 1026—TRUTH IN LENDING

## § 1026.36 Prohibited acts.

(a) Definitions. A creditor lends.

(b) Scope. This section applies to all loans.

## Appendix A to Part 1026—Forms

(a) A letter.

(b) A notice.

A-7—Clauses

(a) First clause.

(b) Second clause.

## Supplement I to Part 1026—Official Interpretations

### Section 1026.36—Prohibited Acts

36(b) Scope

1. All loans. It applies to all.

i. Loans at sea.

ii. Loans on land.
"""
RULES = """# PART 60—AIR

## § 60.1 Scope.

(a) Boilers.

(b) Kilns.

## Appendix A-1 to Part 60—Methods

(a) One.

## Addendum A to Part 60—Fees

(a) Two.

## Appendix I-A to Part 60—Maps

(a) Three.

## Table 1 to Part 60—Limits

(a) Four.

## Appendix to Part 60—Rest

(a) Five.

# Subpart of odds—Ends

## § 60.9 Other.

(a) Boilers.
"""
TRADE = "§ 240.10b–5 Devices.\n\n(a) To employ a device.\n\n(b) To make a statement.\n\n(c) To engage in an act.\n"
CODE = """# Title 42

## § 1396r–8. Payment for drugs

(a) In general. It is paid.

(b) Definitions.

(1) Average price. A price.

(2) Covered drug. A drug.

(Pub. L. 101–508, Nov. 5, 1990, 104 Stat. 1388.)

### Effective Date

The section takes effect in 1991.

## §§ 1397 to 1397f. Omitted
"""
FILES = (
    ("credit.md", CREDIT, "12 CFR"),
    ("trade.txt", TRADE, "17 CFR"),
    ("code.md", CODE, "42 USC"),
    ("air.md", RULES, "40 CFR"),
)
TYPED = [  # (what is typed, the section found, reason)
    ("12 CFR Part 1026, Appendix A, A-7(b)", "12 CFR Part 1026, Appendix A, A-7(b)", "a model form"),
    ("Appendix A to Part 1026 of 12 CFR", "12 CFR Part 1026, Appendix A", "the appendix first"),
    ("12 CFR 1026 App. A", "12 CFR Part 1026, Appendix A", "abbreviated"),
    ("12 CFR Part 1026, Appendix A (b)", "12 CFR Part 1026, Appendix A (b)", "a paragraph of it"),
    ("comment 36(b)-1", "12 CFR Part 1026, Supplement I, comment 36(b)-1", "a comment alone"),
    ("comment 36(b)–1.ii", "12 CFR Part 1026, Supplement I, comment 36(b)-1.ii", "a part of it, with an en dash"),
    (
        "Supplement I to part 1026, comment 36(b)-1",
        "12 CFR Part 1026, Supplement I, comment 36(b)-1",
        "without the title",
    ),
    ("12 CFR 1026.36(b)", "12 CFR 1026.36(b)", "the section has its own paragraph"),
    ("12 CFR part 1026", "12 CFR Part 1026", "the part"),
    ("17 CFR 240.10b-5(b)", "17 CFR 240.10b-5(b)", "a hyphen for the en dash"),
    ("Rule 240.10b–5(c)", "17 CFR 240.10b-5(c)", "without the code"),
    ("42 U.S.C. § 1396r–8(b)(2)", "42 U.S.C. 1396r-8(b)(2)", "a statute"),
    ("42 USC 1396r-8 note", "42 U.S.C. 1396r-8 note", "its notes"),
    ("42 USC 1397", "42 U.S.C. 1397 to 1397f", "several sections under one heading"),
    ("12 CFR part 1026 app. A-7(b)", "12 CFR Part 1026, Appendix A, A-7(b)", "a form for its appendix"),
    ("12 CFR part 1026, app. A-9", "12 CFR Part 1026, Appendix A", "a form that is not there"),
    ("40 CFR Part 60, Appendix A-1 (a)", "40 CFR Part 60, Appendix A-1 (a)", "an appendix with a number"),
    ("40 CFR Part 60, Addendum A (a)", "40 CFR Part 60, Addendum A (a)", "an addendum"),
    ("Appendix I-A to 40 CFR Part 60", "40 CFR Part 60, Appendix I-A", "a roman number"),
    ("Table 1 to Part 60 of 40 CFR", "40 CFR Part 60, Table 1", "a table of the part"),
    ("40 CFR Part 60, Appendix (a)", "40 CFR Part 60, Appendix (a)", "without a letter"),
    ("40 CFR 60.1, Effective Date Note", "40 CFR 60.1", "a note that is not there"),
    ("42 USC 1397f", "42 U.S.C. 1397 to 1397f", "the last of them"),
]


@pytest.fixture
def resolver(tmp_path, write_tiny):
    documents = []
    for name, text, code in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
        entry = ManifestEntry(id=name, file=name, title=name, kind="regulation", cited_as=code)
        documents.append(parse_file(tmp_path / name, entry, sha256="", crosswalk=()).parsed)
    return CitationResolver(DocumentStore(write_tiny(documents)))


def test_typed_forms_lead_to_what_they_name(resolver):
    found = {}
    for typed, _, _ in TYPED:
        named = parse_citations(typed)
        found[typed] = [section.citation for section in resolver.resolve(named[0])] if named else []
    assert found == {typed: [citation] for typed, citation, _ in TYPED}


def test_what_is_typed_is_read_to_its_ends():
    # A citation that is read from its middle is taken for a question with a citation in it.
    read = {typed: [(c.start, c.end) for c in parse_citations(typed)] for typed, _, _ in TYPED}
    assert read == {typed: [(0 if not typed.startswith("Rule") else 5, len(typed))] for typed in read}


def test_a_cited_form_that_no_grammar_reads_is_found_by_its_words(resolver):
    typed = "40 CFR, Subpart of odds—Ends"
    assert not [one for one in parse_citations(typed) if str(one) == typed]
    assert [one.citation for one in resolver.typed(f" {typed} ", (), Filters(as_of=date(2024, 5, 1)))] == [typed]
    assert [one.citation for one in resolver.with_citation(typed)] == [typed]
    assert resolver.typed("40 CFR 60.1", parse_citations("40 CFR 60.1"), Filters(as_of=date(2024, 5, 1))) == []
