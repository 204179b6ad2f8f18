"""The graph of citations: links found at ingest, what cites what, footnotes and their sentences."""

import pytest
from click.testing import CliRunner

from answer.supporting import delegated, name_of
from citations.parse import parse_citations
from index.__main__ import main as index_command
from ingest.assembly import assemble
from ingest.links import find_links
from ingest.readers.markdown import read_markdown
from ingest.structure.sections import find_sections
from pinpoint.records import Filters

RULE = """\
# Subpart C

## § 214.202 Eligibility.

An applicant is eligible under section 101(a)(15)(T)(i) of the Act if they demonstrate all of the following:

(a) *Victim.* The applicant is a victim, according to § 214.206.

(b) *Request.* The request is judged under paragraph (a) of this section and 22 U.S.C. 7102(11).

(c) *Form.* The applicant files Form I-914.

## § 214.206 Victim.

(a) *In general.* See § 214.202(b) and §§ 214.207–214.209.
"""


@pytest.fixture(scope="module")
def rule(tmp_path_factory):
    file = tmp_path_factory.mktemp("rule") / "rule.md"
    file.write_text(RULE, encoding="utf-8")
    document = assemble(read_markdown(file))
    return document, find_sections(document, cited_as="8 CFR", title="Rule")


@pytest.mark.parametrize(
    ("written", "target", "reason"),
    [
        ("section 101(a)(15)(T)(i) of the Act", "INA 101(a)(15)(T)(i)", "the Act of 8 CFR is the INA"),
        ("§ 214.206", "8 CFR 214.206", "the code is that of the section in which it stands"),
        ("paragraph (a) of this section", "8 CFR 214.202(a)", "relative to the section"),
        ("22 U.S.C. 7102(11)", "22 U.S.C. 7102(11)", "another code keeps its name"),
        ("Form I-914", "Form I-914", "forms are cited too"),
        ("§ 214.202(b)", "8 CFR 214.202(b)", "back to the section before"),
    ],
)
def test_a_citation_becomes_a_link_to_its_whole_address(rule, written, target, reason):
    document, sections = rule
    links = find_links(document, sections, document_id="rule")
    found = {document.text[link.start : link.end]: link.target for link in links}
    assert found[written] == target, reason


def test_a_range_links_to_every_section_in_it(rule):
    document, sections = rule
    targets = {link.target for link in find_links(document, sections, document_id="rule")}
    assert {"8 CFR 214.207", "8 CFR 214.208", "8 CFR 214.209"} <= targets


def test_a_heading_does_not_link_to_itself(rule):
    document, sections = rule
    starts = {section.start for section in sections}
    assert not {link.start for link in find_links(document, sections, document_id="rule")} & starts


def section(index, cited):
    return index.resolver.resolve(parse_citations(cited)[0])[0]


def cites(index, cited):
    found = section(index, cited)
    return index.references.cites(found.span)


def test_a_section_knows_what_it_cites(tiny_index):
    targets = {reference.link.target: reference for reference in cites(tiny_index, "8 CFR 214.202")}
    assert targets["8 CFR 214.206"].exact and targets["8 CFR 214.206"].sections[0].citation == "8 CFR 214.206"
    statute = targets["INA 214(o)"]
    assert statute.exact and statute.sections[0].citation == "8 U.S.C. 1184(o)", "under its parallel name"
    assert not targets["8 CFR 214.209"].sections, "what the corpus lacks stays a name"


def test_a_section_knows_what_cites_it_and_its_parts(tiny_index):
    by = tiny_index.references.cited_by(section(tiny_index, "8 CFR 214.202"))
    assert {(link.document_id, link.target) for link in by} == {("manual", "8 CFR 214.202(c)(1)")}
    own = tiny_index.references.cited_by(section(tiny_index, "8 CFR 214.202(c)(1)"))
    assert [link.target for link in own] == ["8 CFR 214.202(c)(1)"]
    assert not tiny_index.references.cited_by(section(tiny_index, "8 CFR 214.202(e)"))


def test_a_footnote_and_its_sentence_know_each_other(tiny_index):
    manual = section(tiny_index, "3 USCIS-PM B.2(B)(1)")
    notes = tiny_index.references.footnotes(manual.span)
    assert [note.section.citation for note in notes] == ["3 USCIS-PM B.2 fn 2"]
    back = tiny_index.references.footnote(notes[0].section)
    assert back is not None and back.sentence == notes[0].sentence
    sentence = tiny_index.store.text(back.sentence)
    assert sentence.startswith("An applicant should have at least one contact") and "[2]" in sentence
    assert tiny_index.references.footnote(manual) is None, "a section that is no footnote has no sentence"


def test_delegation_is_followed_and_a_mere_mention_is_not(tiny_index, as_of_today):
    quoted = section(tiny_index, "8 CFR 214.202(a)")
    hits = delegated(tiny_index, [quoted.span], as_of_today)
    assert [hit.section for hit in hits] == ["8 CFR 214.206"]
    assert name_of(hits[0]).startswith("§ 214.206") and hits[0].note == "8 CFR 214.202(a) refers to it."
    statute = section(tiny_index, "8 U.S.C. 1184(o)(1)")  # "under section 1101(a)(15)(T) of this title"
    assert not delegated(tiny_index, [statute.span], as_of_today)


@pytest.fixture
def as_of_today():
    from datetime import date  # noqa: PLC0415 - one use

    return Filters(date(2026, 1, 1))


def test_an_answer_names_what_its_quotations_delegate_to(tiny_assistant, as_of_today):
    answer = tiny_assistant.ask("8 CFR 214.202", filters=as_of_today)
    assert [hit.section for hit in answer.related] == ["INA 214(o)", "8 CFR 214.206"] or [
        hit.section for hit in answer.related
    ] == ["8 U.S.C. 1184(o)", "8 CFR 214.206"]


@pytest.mark.parametrize(
    ("citation", "code", "words"),
    [
        ("8 CFR 214.202(a)", 0, ["cites 1", "8 CFR 214.206"]),
        ("3 USCIS-PM B.2 fn 2", 0, ["belongs to: An applicant should have"]),
        ("8 CFR 999.1", 1, ["is not in these documents"]),
        ("hardship", 2, ["is not a citation"]),
    ],
)
def test_the_links_command(tiny_index_dir, citation, code, words):
    result = CliRunner().invoke(index_command, ["links", citation, "--index", str(tiny_index_dir)])
    assert result.exit_code == code
    assert all(word in result.output + result.stderr for word in words)
