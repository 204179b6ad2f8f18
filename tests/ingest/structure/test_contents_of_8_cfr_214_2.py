"""8 CFR 214.2 in the printed volume: four lists of contents stand in it, before the paragraphs that they list.

The addresses are those by which rules and briefs cite these paragraphs. The section's own references are a
second witness: nobody refers to a paragraph that is not there.
"""

import re
from pathlib import Path

import pypdf
import pytest

from ingest.assembly import assemble
from ingest.readers.pdf.reader import read_pdf
from ingest.records import AssembledDocument, FoundSection
from ingest.structure.sections import find_sections

_FIRST, _LAST = 307, 470  # pages of the file on which the section stands
_REFERENCE = re.compile(r"paragraphs? ((?:\([A-Za-z0-9]{1,5}\))+) of this section")
_RESOLVED = 0.98  # of the references; four of 354 lead nowhere in print, as "(1)(17)(i)" for "(l)(17)(i)"
ADDRESSES = [  # (paragraph, words with which it begins)
    ("(a)(1)", "(1) General. The determination by a consular officer"),
    ("(b)(1)", "(1) General. Any B\u20131 visitor for business"),
    ("(e)(2)", "(2) Treaty investor."),
    ("(f)(10)(ii)(C)", "(C) 24-month extension of post-completion OPT"),
    ("(g)(11)", "(11) Special provision."),
    ("(h)(2)(i)(E)", "(E) Amended or new petition."),
    ("(h)(2)(i)(G)", "(G) Multiple H\u20131B petitions."),
    ("(h)(4)(iii)(A)", "(A) Standards for specialty occupation position."),
    ("(h)(4)(iii)(A)(1)", "(1) A baccalaureate or higher degree"),
    ("(h)(13)(iii)(A)", "(A) Alien in a specialty occupation"),
    ("(l)(1)(ii)(D)", "(D) Specialized knowledge means"),
    ("(m)(9)", "(9) Full course of study."),
    ("(o)(3)(iii)", "(iii) Evidentiary criteria for an O\u20131 alien of extraordinary ability"),
    ("(p)(1)(i)", "(i) General."),
    ("(r)(3)", "(3) Definitions."),
    ("(w)(1)", "(1) Definitions."),
]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def section(real_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> AssembledDocument:
    target = tmp_path_factory.mktemp("cfr") / "part.pdf"
    writer = pypdf.PdfWriter()
    writer.append(real_corpus / "cfr-2024-title8-vol1.pdf", pages=(_FIRST - 1, _LAST))
    writer.write(target)
    return assemble(read_pdf(target))


@pytest.fixture(scope="module")
def tree(section: AssembledDocument) -> dict[str, FoundSection]:
    found = find_sections(section, cited_as="8 CFR", title="8 CFR")
    return {one.citation.removeprefix("8 CFR 214.2"): one for one in found if one.citation.startswith("8 CFR 214.2")}


@pytest.mark.parametrize(("paragraph", "words"), ADDRESSES)
def test_a_paragraph_has_its_address(section, tree, paragraph, words):
    found = tree[paragraph]
    assert section.text[found.start : found.end].startswith(words)


def test_paragraphs_follow_each_other(tree):
    top = [paragraph for paragraph in tree if re.fullmatch(r"\([a-z]\)", paragraph)]
    assert top == [f"({one})" for one in "abcdefghijklmnopqrstuvw"]


def test_the_paragraphs_to_which_the_section_refers_are_there(section, tree):
    whole = tree[""]
    referred = [match[1] for match in _REFERENCE.finditer(section.text, whole.start, whole.end)]
    assert len(referred) > 300
    missing = [paragraph for paragraph in referred if paragraph not in tree]
    assert len(missing) <= (1 - _RESOLVED) * len(referred), missing
