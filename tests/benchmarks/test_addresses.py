"""The address benchmark: what it takes for true, the plain forms it makes, and that it notices a wrong address."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from benchmarks.addresses.__main__ import main as addresses
from benchmarks.addresses.forms import as_html, as_markdown, as_text
from benchmarks.addresses.queries import main as queries
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


def test_the_table_names_each_form_and_what_went_wrong(tmp_path):
    file = tmp_path / "usc06.xml"
    file.write_text(USLM, encoding="utf-8")
    result = CliRunner().invoke(addresses, [str(file), "--examples", "3"])
    assert result.exit_code == 0, result.output
    rows = [line.split()[:3] for line in result.output.splitlines()[1:] if line.startswith("usc06")]
    assert rows == [["usc06", form, "5"] for form in ("XML", "HTML", "Markdown", "text")]


def test_addresses_that_do_not_come_first_are_named(tmp_path, monkeypatch):
    file = tmp_path / "usc06.xml"
    file.write_text(USLM, encoding="utf-8")
    found = {"6 U.S.C. 1396r-8(b)": "6 U.S.C. 1396r-8(b)", "6 U.S.C. 1396r-8(a)": "6 U.S.C. 1396r-8"}

    def search(address, filters, *, top_k):
        return SimpleNamespace(hits=[SimpleNamespace(section=found[address])] if address in found else [])

    monkeypatch.setattr("benchmarks.addresses.queries.load_index", lambda folder: SimpleNamespace(search=search))
    result = CliRunner().invoke(queries, [str(file), "--index", str(tmp_path)])
    lines = result.output.splitlines()
    assert lines[-1] == "1 of 5 first"
    assert f"{'6 U.S.C. 1396r-8(a)':40} first is 6 U.S.C. 1396r-8" in lines
    assert f"{'6 U.S.C. 1396r-8':40} first is nothing" in lines
