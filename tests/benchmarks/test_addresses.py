"""The address benchmark: what it takes for true, the plain forms it makes, and that it notices a wrong address."""

from dataclasses import replace

import pytest

from benchmarks.addresses.forms import as_html, as_markdown, as_text
from benchmarks.addresses.score import read_as_ingest, score
from benchmarks.addresses.truth import read_law

USLM = """<?xml version="1.0" encoding="UTF-8"?>
<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0" identifier="/us/usc/t6"><main>
<title identifier="/us/usc/t6"><num value="6">Title 6—</num><heading>DOMESTIC SECURITY</heading>
<section identifier="/us/usc/t6/s1396r–8"><num value="1396r–8">§ 1396r–8.</num><heading> Payment for goods</heading>
<subsection identifier="/us/usc/t6/s1396r–8/a"><num value="a">(a)</num><heading> In general</heading>
<chapeau>The Secretary shall pay for goods that are—</chapeau>
<paragraph identifier="/us/usc/t6/s1396r–8/a/1"><num value="1">(1)</num>
<content> delivered on the day agreed;</content></paragraph>
<paragraph identifier="/us/usc/t6/s1396r–8/a/2"><num value="2">(2)</num>
<content> free of every fault,</content></paragraph>
<continuation>unless a court of the United States has ordered otherwise.</continuation></subsection>
<subsection identifier="/us/usc/t6/s1396r–8/b"><num value="b">(b)</num>
<content> Nothing is paid for goods that were lost.</content></subsection>
<notes><note><heading>Amendments</heading><p>1999—Subsection (a) was amended.</p></note></notes></section></title>
</main></uscDoc>"""


@pytest.fixture
def law(tmp_path):
    file = tmp_path / "usc06.xml"
    file.write_text(USLM, encoding="utf-8")
    return read_law(file)


def test_the_truth_is_what_the_file_states(law):
    assert law.code == "6 U.S.C."
    assert [(p.kind, p.section, "".join(f"({d})" for d in p.path)) for p in law.paragraphs] == [
        ("division", "", ""),
        ("section", "1396r-8", ""),
        ("paragraph", "1396r-8", "(a)"),
        ("paragraph", "1396r-8", "(a)(1)"),
        ("paragraph", "1396r-8", "(a)(2)"),
        ("flush", "1396r-8", "(a)"),  # behind the list, of the subsection
        ("paragraph", "1396r-8", "(b)"),
        ("note", "1396r-8", ""),
        ("note", "1396r-8", ""),
    ]


@pytest.mark.parametrize("make", [as_html, as_markdown, as_text])
def test_every_paragraph_is_in_every_form(law, make):
    printed = make(law)
    assert all(p.text in printed for p in law.paragraphs)
    assert "(a) In general.—The Secretary" in printed


def test_a_wrong_address_is_counted(tmp_path):
    file, plain = tmp_path / "usc06.xml", tmp_path / "law.md"
    file.write_text(USLM.replace("1396r–8", "101"), encoding="utf-8")
    law = read_law(file)
    plain.write_text(as_markdown(law), encoding="utf-8")
    parsed = read_as_ingest(plain, law.code)
    moved = replace(
        parsed,
        sections=tuple(
            replace(s, citation=f"{s.citation}(9)") if s.citation.endswith("(b)") else s for s in parsed.sections
        ),
    )
    right, wrong = score(law, parsed), score(law, moved)
    assert wrong.right == right.right - 1
    assert wrong.true == right.true - 1
    assert right.lost == wrong.lost == 0
