"""Lists of references as reference managers export them: what is read of them, and what is refused by name."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.export.citation_lists.csl import csl_of
from collection.export.citation_lists.ris import ris_of
from ingest.references.csl import read_csl
from ingest.references.dates import csl_date, written_day
from ingest.references.importing import read_references
from ingest.references.ris import read_ris
from pinpoint.errors import PinpointError
from tests.collection.export.citation_lists.test_formats import ENTRY, HOSTILE, clean, cleaned, keyed, one_line, replace

ZOTERO = """TY  - RPRT
TI  - Third Quadrennial Homeland Security Review
AU  - U.S. Department of Homeland Security
PB  -
DA  - 2023/04/20/
PY  - 2023
UR  - https://www.dhs.gov/a;b.pdf
L1  - files/12/qhsr;2023.pdf
AB  - One.
AB  - Two.
ER  -

TY  - STAT
T1  - INA
Y1  - 2025/01//
ER  -
"""


def test_what_a_ris_file_says():
    first, second = read_ris(ZOTERO, "a.ris")
    assert first.title == "Third Quadrennial Homeland Security Review"
    assert (first.kind, first.publisher, first.day) == (
        "report",
        "U.S. Department of Homeland Security",
        date(2023, 4, 20),
    )
    assert first.url == "https://www.dhs.gov/a;b.pdf", "rispy cuts it at the semicolon"
    assert first.files == ("files/12/qhsr;2023.pdf",), "a file too"
    assert (second.title, second.kind, second.dated, second.day) == ("INA", "statute", "2025/01//", None)


REFUSED = [  # (text, what the message says, reason)
    (
        "TY  - RPRT\nTI  - A\nTY  - RPRT\nTI  - B\nER  - \n",
        "record 1 (A) has no line ER before",
        "two would become one",
    ),
    (
        "TY  - RPRT\nTI  - A\nER  - \nTY  - RPRT\nTI  - B\n",
        "record 2 (B) has no line ER before the file ends",
        "the last",
    ),
    ("TI  - A\nER  - \n", "line 1: TI stands in no record", "no beginning"),
    ("TY  - RPRT\nER  - \nER  - \n", "line 3: ER stands in no record", "an end too many"),
    ("", "no record", "an empty file"),
    ("Hello\n", "no record", "another text"),
]


@pytest.mark.parametrize(("text", "said", "reason"), REFUSED)
def test_records_that_do_not_end_are_refused_by_name(text, said, reason):
    with pytest.raises(PinpointError) as refused:
        read_ris(text, "a.ris")
    assert said in str(refused.value) and "nothing was imported" in str(refused.value), reason


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_all_ends_of_lines_are_read(ends):
    assert len(read_ris(ZOTERO.replace("\n", ends), "a.ris")) == 2


def test_a_byte_order_mark_loses_no_record(tmp_path):
    (tmp_path / "a.ris").write_bytes(b"\xef\xbb\xbf" + ZOTERO.encode())
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf[{"title": "A"}]')
    assert len(read_references(tmp_path / "a.ris")) == 2
    assert len(read_references(tmp_path / "a.json")) == 1


@pytest.mark.parametrize(
    ("name", "content", "said", "reason"),
    [
        ("a.bib", b"@misc{a}", "RIS (.ris) or CSL-JSON (.json)", "another format"),
        ("a.ris", ZOTERO.encode("utf-16"), "not UTF-8 text (byte 0)", "another encoding"),
        ("a.json", b"{", "is not JSON", "half a file"),
        ("a.json", b"[" * 100_000, "nested too deeply", "a hostile one"),
        ("a.json", b"{}", "no list of references", "an object"),
        ("a.json", b"[]", "no list of references", "nothing in it"),
        ("a.json", b"[1]", "record 1 has to be an object, not 1", "no objects"),
        ("a.json", b'[{}, {"title": 7}]', "record 2, title: it has to be a text, not 7", "field and value are named"),
        ("a.json", b'[{"issued": "2024"}]', "record 1, issued", "a date that is no object"),
        ("gone.ris", None, "cannot be read", "no file"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, name, content, said, reason):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PinpointError) as refused:
        read_references(tmp_path / name)
    assert said in str(refused.value), reason


def test_what_a_csl_file_says():
    item = {
        "id": 1,
        "type": "legislation",
        "title": "Eligibility",
        "container-title": "C.F.R.",
        "author": [{"literal": "DHS"}],
        "issued": {"date-parts": [["2024", 8, "28"]]},
        "URL": "https://a.gov/b.pdf",
    }
    (read,) = read_csl(json.dumps([item]), "a.json")
    assert (read.kind, read.publisher, read.day) == ("regulation", "DHS", date(2024, 8, 28))
    assert read_csl(json.dumps({"items": [item]}), "a.json") == (read,), "as some programs wrap it"


DATES = [  # (issued of CSL, the day, reason)
    ({"date-parts": [[2024, 4, 30]]}, date(2024, 4, 30), "a day"),
    ({"date-parts": [[2024, 4]]}, None, "a month is no day"),
    ({"date-parts": [[2024]]}, None, "nor is a year"),
    ({"date-parts": [[2024, 4, 1], [2024, 5, 1]]}, None, "nor a span of days"),
    ({"date-parts": [[2024, 13, 45]]}, None, "no month 13"),
    ({"date-parts": [[2024, "spring", 1]]}, None, "no number"),
    ({"date-parts": [[10**30, 1, 1]]}, None, "no year"),
    ({"date-parts": []}, None, "empty"),
    ({"raw": "2024-04-30"}, date(2024, 4, 30), "as typed"),
    ({"literal": "n.d."}, None, "no date"),
]


@pytest.mark.parametrize(("issued", "day", "reason"), DATES)
def test_only_whole_days_are_days(issued, day, reason):
    assert csl_date(issued)[1] == day, reason


@pytest.mark.parametrize(
    ("text", "day"),
    [("2023/04/20/", date(2023, 4, 20)), ("2023/04//", None), ("2023", None), ("0000-00-00", None), ("soon", None)]
    + [("2023-4-2T00:00:00Z", date(2023, 4, 2)), ("2023/04/20/Spring", date(2023, 4, 20)), ("20/04/2023", None)],
)
def test_written_days(text, day):
    assert written_day(text) == day


@pytest.mark.parametrize(("title", "reason"), HOSTILE)
def test_what_pinpoint_exports_is_read_back(title, reason):
    made = keyed([cleaned(replace(ENTRY, heading=title, publisher=title))] * 2)
    for read in (read_ris(ris_of(made).decode(), "a.ris"), read_csl(csl_of(made).decode(), "a.json")):
        assert [(one.dated, one.day) for one in read] == [("2026", None)] * 2, "a year is no day"
        assert all(one_line(clean(title)) in one_line(one.title) for one in read), reason
        assert {one.kind for one in read} == {"regulation"}


KINDS = [  # (title, code, address, kind, reason)
    ("8 CFR 212.16: Applications", "", "", "regulation", "reference managers have one type for all law"),
    ("Applications", "", "https://www.ecfr.gov/current/title-8/section-212.16", "regulation", "where it stands"),
    ("Applications", "8 C.F.R.", "", "regulation", "the code that it is of"),
    ("Applications", "Code of Federal Regulations", "", "regulation", "its name in full"),
    ("8 U.S.C. 1101", "U.S.C.", "https://uscode.house.gov/", "statute", "a statute"),
    ("Act to amend 8 CFR 212.16", "Stat.", "", "statute", "what it amends is not what it is"),
]


@pytest.mark.parametrize(("title", "code", "url", "kind", "reason"), KINDS)
def test_a_regulation_of_the_type_of_statutes_is_one(title, code, url, kind, reason):
    ris = f"TY  - STAT\nTI  - {title}\nT2  - {code}\nUR  - {url}\nER  - \n"
    item = {"type": "legislation", "title": title, "container-title": code, "URL": url}
    assert [one.kind for one in (*read_ris(ris, "a.ris"), *read_csl(json.dumps([item]), "a.json"))] == [kind] * 2, (
        reason
    )


@given(st.text(max_size=200))
def test_no_text_ends_it_otherwise_than_with_a_sentence(text):
    for read in (read_ris, read_csl):
        try:
            read(text, "a")
        except PinpointError as refused:
            assert str(refused).endswith("nothing was imported.")  # noqa: PT017 - most texts are refused, some are lists
