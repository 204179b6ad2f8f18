"""Lists of citations as files: read back by small readers of our own, that follow what each format asks for."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from collection.export.citation_lists.bibtex import bibtex_of
from collection.export.citation_lists.bluebook import bluebook_text
from collection.export.citation_lists.csl import csl_of
from collection.export.citation_lists.csv_table import COLUMNS, csv_of
from collection.export.citation_lists.entries import CitedEntry, clean, cleaned, keyed
from collection.export.citation_lists.lists import cited_hits
from collection.export.citation_lists.ris import ris_of
from collection.export.formats import LIST_FORMATS
from pinpoint.files import format_of
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
QUERY = "victim OR trafficking OR zebraword"

ENTRY = CitedEntry(
    key="8-cfr-214-202-c",
    number=1,
    citation="8 CFR 214.202(c)",
    bluebook="8 C.F.R. § 214.202(c) (2026)",
    full_citation="8 CFR 214.202(c), p. 7, The rule (effective August 28, 2024)",
    heading="§ 214.202 Eligibility",
    document="The rule",
    document_id="rule-now",
    publisher="DHS",
    kind="regulation",
    authority="Regulation",
    law=True,
    container="C.F.R.",
    volume="8",
    section="214.202(c)",
    text="(c) Compliance.\nThe applicant must comply.",
    page="7",
    file_page=9,
    effective_from=date(2024, 8, 28),
    effective_to=None,
    current_to=None,
    status="In force from August 28, 2024; later changes unknown",
    note="",
    url="https://www.ecfr.gov/a;b",
    as_of=date(2025, 1, 1),
)


def read_ris(content: bytes) -> list[dict[str, list[str]]]:
    """Records of a RIS file; each begins with TY and ends with ER, and every line has a tag."""
    records: list[dict[str, list[str]]] = []
    open_record = False
    for line in content.decode("utf-8").split("\r\n")[:-1]:
        tag = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert tag, line
        if tag[1] == "TY":
            assert not open_record
            records.append({})
            open_record = True
        assert open_record
        records[-1].setdefault(tag[1], []).append(tag[2])
        open_record = tag[1] != "ER"
    assert not open_record
    return records


def read_bibtex(content: bytes) -> dict[str, dict[str, str]]:
    """Entries of a BibTeX file by key; braces are counted as BibTeX counts them, whatever stands before them."""
    text, entries, position = content.decode("utf-8"), {}, 0
    while (start := text.find("@misc{", position)) >= 0:
        head = re.compile(r"@misc\{([^,{}\s]+),\n").match(text, start)
        assert head, text[start : start + 80]
        assert head[1] not in {key.lower() for key in entries}
        fields, at = {}, head.end()
        while (named := re.compile(r"  (\w+) = \{").match(text, at)) is not None:
            depth, end = 1, named.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            fields[named[1]] = text[named.end() : end - 1]
            assert text[end : end + 2] == ",\n"
            at = end + 2
        assert text[at] == "}"
        entries[head[1]], position = fields, at
    return entries


def unescaped(value: str) -> str:
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~"}
    names["textasciicircum"] = "^"
    return re.sub(r"\\(?:(\w+)\{\}|([&%$#_]))", lambda found: names[found[1]] if found[1] else found[2], value)


def unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def entries(tiny_index):
    hits = tiny_index.search(QUERY, TODAY, top_k=1000).hits
    assert len(hits) > 10
    return cited_hits(tiny_index, hits, TODAY.as_of)


def test_the_ris_of_one_entry():
    assert ris_of([ENTRY]).decode() == "\r\n".join(
        [
            "TY  - LEGAL",
            "ID  - 8-cfr-214-202-c",
            "TI  - 8 CFR 214.202(c): § 214.202 Eligibility",
            "T2  - The rule",
            "SE  - 214.202(c)",
            "VL  - 8",
            "PB  - DHS",
            "PY  - 2026",
            "SP  - 7",
            "UR  - https://www.ecfr.gov/a%3Bb",
            "M3  - Regulation",
            "AB  - (c) Compliance. The applicant must comply.",
            "N1  - 8 CFR 214.202(c), p. 7, The rule (effective August 28, 2024)",
            "N1  - In the form of the Bluebook: 8 C.F.R. § 214.202(c) (2026)",
            "N1  - In force from August 28, 2024; later changes unknown, law as of 2025-01-01",
            "ER  - ",
            "",
        ]
    )


def test_the_bibtex_of_one_entry():
    assert bibtex_of([replace(ENTRY, text="50% of {a} \\ b_c")]).decode() == (
        "@misc{8-cfr-214-202-c,\n"
        "  title = {{8 CFR 214.202(c): § 214.202 Eligibility}},\n"
        "  howpublished = {8 CFR 214.202(c)},\n"
        "  booktitle = {The rule},\n"
        "  organization = {DHS},\n"
        "  year = {2026},\n"
        "  pages = {7},\n"
        "  url = {https://www.ecfr.gov/a;b},\n"
        "  type = {Regulation},\n"
        "  note = {8 CFR 214.202(c), p. 7, The rule (effective August 28, 2024). In the form of the "
        "Bluebook: 8 C.F.R. § 214.202(c) (2026). In force from August 28, 2024; later changes unknown, law as of "
        "2025-01-01.},\n"
        "  abstract = {50\\% of \\textbraceleft{}a\\textbraceright{} \\textbackslash{} b\\_c},\n"
        "}\n"
    )


def test_the_csl_json_of_one_entry():
    assert json.loads(csl_of([ENTRY])) == [
        {
            "id": "8-cfr-214-202-c",
            "type": "legislation",
            "title": "§ 214.202 Eligibility",
            "container-title": "C.F.R.",
            "collection-title": "The rule",
            "volume": "8",
            "section": "214.202(c)",
            "page": "7",
            "publisher": "DHS",
            "issued": {"date-parts": [[2026]]},
            "URL": "https://www.ecfr.gov/a;b",
            "abstract": "(c) Compliance.\nThe applicant must comply.",
            "note": "8 CFR 214.202(c), p. 7, The rule (effective August 28, 2024). In the form of the Bluebook: "
            "8 C.F.R. § 214.202(c) (2026). In force from August 28, 2024; later changes unknown, law as of 2025-01-01. "
            "Regulation.",
        }
    ]


@pytest.mark.parametrize(
    ("text", "cell", "reason"),
    [
        ("=1+1", "'=1+1", "a formula"),
        ("+1-888-373-7888", "'+1-888-373-7888", "a telephone number"),
        ("-x", "'-x", "a dash"),
        ("@SUM(A1)", "'@SUM(A1)", "a function of old spreadsheets"),
        ("\t=1", "'\t=1", "behind a tab"),
        ("＝1", "'＝1", "a full-width sign"),
        ("'tis", "''tis", "an apostrophe of the document, so that taking one away gives the text"),
        ("(a) = b", "(a) = b", "within a text nothing is computed"),
    ],
)
def test_cells_are_never_computed(text, cell, reason):
    content = csv_of([replace(ENTRY, text=text)])
    assert content.startswith(b"\xef\xbb\xbf"), "the mark by which Excel knows UTF-8"
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row["text"] == cell, reason
    assert unmarked(row["text"]) == text


def test_every_format_has_the_words_of_the_documents(tiny_index, entries):
    assert {entry.text for entry in entries} <= {passage.text for passage in tiny_index.store.all_passages()}
    rows = list(csv.DictReader(io.StringIO(csv_of(entries).decode("utf-8-sig"), newline="")))
    assert [unmarked(row["text"]) for row in rows] == [entry.text for entry in entries]
    assert [record["AB"] for record in read_ris(ris_of(entries))] == [[one_line(entry.text)] for entry in entries]
    assert [item["abstract"] for item in json.loads(csl_of(entries))] == [entry.text for entry in entries]
    bibtex = read_bibtex(bibtex_of(entries))
    assert [unescaped(fields["abstract"]) for fields in bibtex.values()] == [one_line(entry.text) for entry in entries]


@pytest.mark.parametrize(
    ("bluebook", "year", "reason"),
    [
        ("8 C.F.R. § 214.202(c) (2026)", 2026, "the copy's; that it has been in force since 2024 is no year of it"),
        ("8 U.S.C. § 1101(a)(15)(T)", None, "the code in force has none"),
        ("U.S. Dep't of Homeland Sec., Strategy, at 12 (Jan. 2020)", 2020, "the one that the title states"),
        ("S. 2012, § 3 (114th Cong.)", None, "a Congress is no year"),
        ("Report on 2012", None, "a number within a title"),
    ],
)
def test_every_format_has_the_year_of_the_bluebook_form(bluebook, year, reason):
    entry = replace(ENTRY, bluebook=bluebook)
    (record,), (item,) = read_ris(ris_of([entry])), json.loads(csl_of([entry]))
    (fields,) = read_bibtex(bibtex_of([entry])).values()
    found = (record.get("PY", [""])[0], fields.get("year", ""), item.get("issued", {"date-parts": [[""]]}))
    assert found == (str(year or ""), str(year or ""), {"date-parts": [[year or ""]]}), reason
    assert "DA" not in record and "date" not in fields, "a day of effect would be read as the year"


def test_the_number_of_a_page_in_its_file_is_no_page_of_a_citation():
    entry = replace(ENTRY, page="", file_page=9)
    (record,), (item,) = read_ris(ris_of([entry])), json.loads(csl_of([entry]))
    (fields,) = read_bibtex(bibtex_of([entry])).values()
    assert not {"SP", "page", "pages"} & {*record, *item, *fields}
    (row,) = csv.DictReader(io.StringIO(csv_of([entry]).decode("utf-8-sig"), newline=""))
    assert (row["page"], row["file_page"]) == ("", "9")


def test_nothing_unknown_is_written_and_nothing_of_the_query(entries):
    for one in LIST_FORMATS:
        content = one.write(entries).decode()
        assert "None" not in re.findall(r"\bNone\b(?! of)", content), one.title
        assert "zebraword" not in content, "what was searched for stays with who searched"


def test_keys_differ_in_more_than_capitals(entries):
    assert len({entry.key for entry in entries}) == len(entries)
    assert all(re.fullmatch(r"[a-z0-9-]+", entry.key) for entry in entries)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_is_read_back_as_it_was_written(texts):
    made = [replace(ENTRY, key=f"k{n}", text=clean(text), heading=clean(text)) for n, text in enumerate(texts)]
    rows = list(csv.DictReader(io.StringIO(csv_of(made).decode("utf-8-sig"), newline="")))
    assert [unmarked(row["text"]) for row in rows] == [entry.text for entry in made]
    assert list(rows[0]) == list(COLUMNS)
    assert [record.get("AB", [""])[0] for record in read_ris(ris_of(made))] == [one_line(one.text) for one in made]
    bibtex = read_bibtex(bibtex_of(made))
    assert [unescaped(fields.get("abstract", "")) for fields in bibtex.values()] == [one_line(one.text) for one in made]
    assert [item.get("abstract", "") for item in json.loads(csl_of(made))] == [entry.text for entry in made]


@pytest.mark.parametrize(
    ("name", "title"),
    [("a.CSV", "Table (CSV)"), ("a.ris", "RIS"), ("a.bib", "BibTeX"), ("a.txt", "Bluebook text"), ("csv", None)],
)
def test_the_end_of_a_name_says_which_format(name, title):
    found = format_of(name, LIST_FORMATS)
    assert (found.title if found else None) == title


HOSTILE = [  # (title, reason)
    ("{unbalanced", "a brace opens"),
    ("closes} and more }}", "a brace closes what the value stands in"),
    ("100% of fees", "what TeX takes for a comment"),
    ("back\\slash \\end{document}", "commands of TeX"),
    ("§ 214.202 – “quoted” ’s", "signs beyond ASCII"),
    ("two\nlines\r\nand TY  - FAKE\nER  - \nTY  - LEGAL", "lines that would be records"),
    ("\ufeffmark", "a byte order mark"),
    ("form\x0cfeed \x00\x1b[31m", "control characters"),
    ("\u202eturned", "a mark of writing direction"),
    ("x" * 20_000, "a very long one"),
    ("@misc{a, title = {b}}", "an entry within an entry"),
    ('=HYPERLINK("http://x")', "a formula"),
    ("a\x85b\u2028c", "other ends of lines"),
]


@pytest.mark.parametrize(("title", "reason"), HOSTILE)
def test_hostile_titles_stay_values_in_every_format(title, reason):
    made = keyed([cleaned(replace(ENTRY, heading=title, document=title, own_note=title, bluebook=title))] * 2)
    shown = one_line(f"8 CFR 214.202(c): {clean(title)}")
    assert [record["TI"] for record in read_ris(ris_of(made))] == [[shown]] * 2, reason
    assert [record["title"] for record in rispy.loads(ris_of(made).decode())] == [shown] * 2, reason
    fields = read_bibtex(bibtex_of(made))
    assert [unescaped(one["title"][1:-1]) for one in fields.values()] == [shown] * 2, reason
    assert [item["title"] for item in json.loads(csl_of(made))] == [clean(title)] * 2, reason
    rows = list(csv.DictReader(io.StringIO(csv_of(made).decode("utf-8-sig"), newline="")))
    assert [unmarked(row["heading"]) for row in rows] == [clean(title)] * 2, reason
    assert not any(row["own_note"].startswith("=") for row in rows), reason
    assert len(bluebook_text(made).decode().split("\n")) == 2, "one line, and the same citation once"


def test_words_that_were_never_verified_are_marked_in_every_format():
    claim = replace(ENTRY, verified=False, warning="From a file, never verified here.")
    for one in LIST_FORMATS:
        content = one.write([claim]).decode()
        assert "ever verified" in content and "never verified" not in one.write([ENTRY]).decode().lower(), one.title
