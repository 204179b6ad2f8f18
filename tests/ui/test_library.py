"""The Library page and what it is made of: lists, drawings, notices of the intake, generations, adding documents."""

import json
import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
import streamlit as st

import ui.components.clicks
from index.generations.read import current_generation, sized
from index.generations.retention import stored_generations
from ingest.report import IntakeRecord
from pinpoint.stored import StoredDocument
from tests.ui.driver import go, new_app, press, shown
from ui.components import uploading
from ui.html.library import coverage, intake
from ui.html.library.holdings import ORDERS, Holding, Share, between, holdings, periods, shares, standing
from ui.html.library.notices import corrected, grouped, not_indexed, recognised
from ui.pages import library as library_page
from ui.state import resources

HOSTILE = "<script>alert(1)</script>"
TODAY = date(2026, 11, 22)


def document(name, kind="regulation", begin=None, end=None, pages=0, collection="T visa"):
    return StoredDocument(
        id=name, file=f"{name}.pdf", title=name.title(), publisher="", kind=kind, collection=collection, cited_as="",
        url="", licence="", sha256="", key="", text="", pages=pages, effective_from=begin, effective_to=end,
    )  # fmt: skip


def record(file, *warnings, **fields):
    return IntakeRecord(file, fields.pop("status", "read"), file.removesuffix(".pdf"), warnings=warnings, **fields)


@pytest.mark.parametrize(
    ("kind", "begin", "end", "words", "reason"),
    [
        ("regulation", None, None, "No date recorded", "nothing is known"),
        ("regulation", date(2024, 8, 28), None, "In force from August 28, 2024", "begun; nobody says until when"),
        ("report", date(2024, 8, 28), None, "Current from August 28, 2024", "a report is not in force"),
        ("regulation", date(2026, 11, 22), None, "In force", "from that very day"),
        ("regulation", date(2026, 11, 23), None, "Not yet in force", "from tomorrow"),
        ("regulation", None, date(2026, 11, 22), "Not in force", "the end is the first day without"),
        ("regulation", None, date(2026, 11, 23), "In force until November 23, 2026", "the last day"),
    ],
)
def test_standing_of_a_document(kind, begin, end, words, reason):
    assert standing(document("a", kind, begin, end), TODAY)[0].startswith(words), reason


def test_what_was_left_out_and_pages_read_differently_are_named_with_their_pages():
    html = intake.intake(
        [
            record("bill.pdf", left_out=(("line number", 1, 25), ("line number", 2, 25), ("struck out", 0, 3))),
            record("scan.pdf", doubtful_pages=((4, 0.82), (9, 0.5))),
            record("plain.pdf"),
        ],
        {"bill", "scan"},
    )
    assert "3 words struck out; 50 line numbers on pages 1–2." in html
    assert "On 2 pages, as few as 50% of the words are the same." in html
    pages = re.findall(r'data-pp="library-page" data-pp-value="([^"]+)"', html)
    assert pages == ["scan:4", "scan:9", "bill:1", "bill:2"], "page 0 is none"
    assert "plain" not in html


def test_dates_are_said_as_far_as_they_are_known():
    assert between(date(2017, 1, 18), date(2024, 8, 28)) == "From January 18, 2017, until August 28, 2024"
    assert between(date(2017, 1, 18), None) == "From January 18, 2017"
    assert between(None, date(2024, 8, 28)) == "Start not recorded, until August 28, 2024"
    assert between(None, None, date(2024, 1, 1)) == "Copy current to January 1, 2024"
    assert between(date(2017, 1, 18), None, date(2024, 1, 1)).endswith(
        "January 18, 2017, copy current to January 1, 2024"
    )
    assert between(None, None) == ""


HELD = [
    Holding(document("b", "statute", pages=3), 5, 7),
    Holding(document("a", "report", date(2020, 1, 1)), 1, 9),
    Holding(document("c", "regulation", date(2024, 1, 1), pages=9), 2, 1),
]


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("Authority", "bca"),
        ("Title", "abc"),
        ("Newest effective date", "cab"),
        ("Most pages", "cba"),
        ("Most passages", "abc"),
    ],
)
def test_orders_of_the_list(order, ids):
    assert "".join(held.document.id for held in sorted(HELD, key=ORDERS[order])) == ids


def test_counts_come_from_the_intake_and_are_nought_without():
    held = holdings([document("a"), document("b")], {"a.pdf": record("a.pdf", sections=4, passages=6)})
    assert [(one.document.id, one.sections, one.passages) for one in held] == [("a", 4, 6), ("b", 0, 0)]


def test_shares_add_up():
    found = shares(HELD, lambda held: held.document.collection)
    assert found == [Share("T visa", 3, 17)]
    assert sum(share.passages for share in shares(HELD, lambda held: held.authority)) == 17


def test_documents_of_the_same_days_and_authority_share_a_bar():
    day = date(2024, 8, 28)
    held = [
        Holding(document(name, kind, begin), 1, 1)
        for name, kind, begin in [
            ("a", "training", day),
            ("b", "training", day),
            ("c", "statute", day),
            ("d", "statute", None),
        ]
    ]
    assert [(period.authority, period.titles) for period in periods(held)] == [
        ("Training digest", ("A", "B")),
        ("Statute", ("C",)),
    ]


def test_bars_lie_within_the_time_line():
    held = [
        Holding(found, 1, 1)
        for found in (
            document("a", "statute", date(1952, 6, 27)),
            document("b", end=date(2020, 5, 5)),
            document("c", begin=date(2031, 12, 31)),
        )
    ]
    drawn = coverage.time_line(periods(held), 2, TODAY)
    bars = [(float(left), float(width)) for left, width in re.findall(r"margin-left:([\d.]+)%;width:([\d.]+)%", drawn)]
    assert len(bars) == 3
    assert all(left >= 0 and width > 0 and left + width <= 100.5 for left, width in bars)
    assert (
        "2 documents record no date: from when to when they are the law is unknown." in drawn and 'role="img"' in drawn
    )


def test_drawings_have_their_figures_in_a_table():
    drawn = coverage.shares_chart("By authority", [Share("Statute", 1, 2345), Share(HOSTILE, 2, 0)])
    assert '<td class="pp-number">2,345</td>' in drawn and "Statute: 1 document, 2,345 passages" in drawn
    assert HOSTILE not in drawn and drawn.count("<tr>") == 3


WARNINGS = [  # (warning, kind, pages, reason)
    ("7 of 90 pages are blank (neither text nor picture): 8, 10.", "Blank pages", (8, 10), "from the record"),
    (
        "Damaged content on page 5, 19: its checksum fails, so words there may be wrong or missing.",
        "Damaged pages",
        (5, 19),
        "from the sentence",
    ),
    ("Page 3 cannot be read (KeyError).", "Pages that cannot be read", (3,), "one page"),
    (
        "Recognised from the picture, with mean confidence 0.97: page 40, 42. Compare.",
        "Pages read from their picture",
        (40, 42),
        "from the record",
    ),
    (
        "2 of 90 pages are scanned (a picture without text): 40, 42. Install text recognition with pip, then ingest.",
        "Scanned pages that were not read",
        (40, 42),
        "without text recognition",
    ),
    ("sha256 is 12, the manifest says 13: the file has changed.", "Files that changed", (), "12 is no page here"),
    (
        "Not listed in manifest.toml; title and dates were read from the file itself.",
        "Files that the manifest does not list",
        (),
        "unlisted",
    ),
    ("A new kind of remark about page 7.", "Other remarks", (7,), "unknown"),
    ("Something on page 700.", "Other remarks", (), "the file has no such page"),
]


@pytest.mark.parametrize(("warning", "kind", "pages", "reason"), WARNINGS, ids=[row[3] for row in WARNINGS])
def test_warnings_are_sorted_and_their_pages_named(warning, kind, pages, reason):
    one = record(
        "a.pdf",
        warning,
        pages=90,
        pages_without_text=(8, 10),
        scanned_pages=(40, 42),
        ocr_pages=((40, 0.97), (42, 0.85)),
    )
    [(found, [notice])] = grouped([one])
    assert (found.title, notice.pages, notice.text) == (kind, pages, warning), reason


def test_a_scanned_page_that_was_read_is_reported_once():
    one = record(
        "a.pdf",
        "1 of 9 pages are scanned (a picture without text): 4.",
        "Recognised from the picture, with mean confidence 0.80: page 4. Compare.",
        pages=9,
        scanned_pages=(4,),
        ocr_pages=((4, 0.8),),
    )
    assert [kind.title for kind, _ in grouped([one])] == ["Pages read from their picture"]
    drawn = intake.intake([one], {"a"})
    assert "80.0% \u2013 doubtful" in drawn and "1 page below 90%" in drawn


def test_the_least_sure_page_comes_first_and_repairs_are_added_up():
    records = [
        record("a.pdf", ocr_pages=((1, 0.9), (2, 0.5)), repairs={"ligatures": 2, "special spaces": 0}),
        record("b.pdf", ocr_pages=((7, 0.7),), repairs={"ligatures": 3}),
    ]
    assert [page.page for page in recognised(records)] == [2, 7, 1]
    assert corrected(records) == [("ligatures", 5, 2)]


def test_what_could_not_be_read_comes_first_and_is_inert():
    records = [
        record("a.pdf", "Page 3 cannot be read (x).", pages=4),
        record(f"{HOSTILE}.pdf", status="damaged", reason=f"Broken {HOSTILE}"),
    ]
    drawn = intake.intake(records, {"a"})
    assert drawn.index("Not indexed") < drawn.index("Pages that cannot be read")
    assert HOSTILE not in drawn and len(not_indexed(records)) == 1
    assert 'data-pp="library-page" data-pp-value="a:3"' in drawn and "Show page 3 of a.pdf" in drawn
    assert 'data-pp="library-page"' not in intake.intake(records, ()), "no button for a page that cannot be shown"


def test_generations_are_listed_newest_first(tmp_path):
    facts = {"format": 3, "sizes": {}, "documents": 1, "sections": 2, "passages": 3, "embedded": 3}
    for number in (1, 2):
        folder = tmp_path / f"g{number}"
        folder.mkdir()
        made = {**facts, "made": f"2026-11-0{number}T10:00:00+00:00"}
        (folder / "generation.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "generation.json").write_text("{", encoding="utf-8")
    found = stored_generations(tmp_path)
    assert [generation.name for generation in found] == ["g2", "g1"]
    assert found[0].size == (tmp_path / "g2" / "generation.json").stat().st_size
    assert (sized(3 * 2**20), sized(2048), sized(1)) == ("3.0 MB", "2 KB", "1 KB")


@pytest.fixture
def library(tiny_index_dir, make_embedder, monkeypatch):
    """``library(index_dir, click=…)``: the Library page and its HTML."""
    monkeypatch.setattr(resources, "new_embedder", lambda _: make_embedder())
    st.cache_resource.clear()

    def run(index_dir=tiny_index_dir, click=""):
        heard = {"action": "library-page", "value": click} if click else None
        monkeypatch.setattr(
            ui.components.clicks, "_component", lambda: lambda **_: SimpleNamespace(click=heard, arrival=None)
        )
        monkeypatch.setenv("INDEX_DIR", str(index_dir))
        return go(new_app().run(), "library")

    yield run
    st.cache_resource.clear()


def titles(app):
    return re.findall(r'class="pp-title">([^<]*)</a>', shown(app))


def test_the_page_lists_documents_coverage_intake_and_generation(library, tiny_index_dir):
    page = shown(library())
    for part in ("documents", "coverage", "intake", "index-in-use", "add-documents"):
        assert f'<h2 id="{part}"' in page and f'href="#{part}"' in page
    assert 'href="browse?document=rule-now" data-pp="open"' in page
    assert "scans/broken.pdf" in page.partition("Not indexed")[2].partition("</section>")[0]
    assert current_generation(tiny_index_dir).name in page
    assert "From January 18, 2017, until August 28, 2024" in page


def test_the_list_is_sorted_and_narrowed(library):
    app = library()
    everything = titles(app)
    assert unescape(everything[0]).startswith("8 U.S.C. 1184"), "the statute binds most"
    app.selectbox(key="library_sort").set_value("Title").run()
    assert sorted(everything, key=str.lower) == titles(app)
    app.selectbox(key="library_kind").set_value("Regulation").run()
    assert len(titles(app)) == 2 and f"2 of {len(everything)} documents" in shown(app)
    app.selectbox(key="library_collection").set_value("Training").run()
    assert "No document is of this authority" in shown(app)


@pytest.mark.parametrize("click", ["nothing:1", "statute:1", "statute:-1", "statute:x", ":", "statute:\u0661"])
def test_a_page_that_is_not_there_is_not_shown(library, click):
    assert 'id="documents"' in shown(library(click=click))


def test_a_page_can_be_shown_and_closed(library, monkeypatch):
    monkeypatch.setattr(
        library_page,
        "draw_page_view",
        lambda index, name, start, end, key, page: st.html(f"<p>{name} {start}-{end} {page} {key}</p>"),
    )
    monkeypatch.setattr(library_page, "_page_named", lambda _, value: ("statute", 7) if value else None)
    app = library(click="statute:7")
    assert "Page 7 of statutes/8usc-1184.md" in shown(app) and "<p>statute 0-0 7 library-1</p>" in shown(app)
    monkeypatch.setattr(library_page, "_page_named", lambda *_: None)
    next(one for one in app.button if one.label == "Close the page").click().run()
    assert "Page 7 of" not in shown(app)


def test_adding_is_off_by_default_and_says_how(library, monkeypatch, tmp_path):
    app = library()
    assert "PINPOINT_UPLOADS=1" in shown(app) and "pinpoint ingest" in shown(app)
    assert not app.get("file_uploader")
    monkeypatch.setenv("PINPOINT_UPLOADS", "1")
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    assert library().get("file_uploader")


def test_what_was_typed_stays_when_a_file_is_refused_and_goes_when_it_is_added(library, monkeypatch, tmp_path):
    monkeypatch.setenv("PINPOINT_UPLOADS", "1")
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    monkeypatch.setattr(uploading, "_start", lambda *_, **__: None)
    (tmp_path / "rule.md").write_bytes(b"old")
    app = library()
    app.file_uploader[0].set_value(("rule.md", b"new", "text/markdown"))
    field(app, "Title, for one document").set_value("A rule")
    press(app, "Add and read")
    assert "tick the box" in shown(app) and field(app, "Title, for one document").value == "A rule"
    assert (tmp_path / "rule.md").read_bytes() == b"old"
    app.checkbox[0].set_value(True)
    press(app, "Add and read")
    app.run()
    assert (tmp_path / "rule.md").read_bytes() == b"new" and "A rule" in (tmp_path / "manifest.toml").read_text("utf-8")
    assert field(app, "Title, for one document").value == "" and not app.checkbox[0].value


def field(app, label):
    return next(one for one in app.text_input if one.label == label)


def test_without_an_index_an_administrator_can_add_the_first_documents(library, monkeypatch, tmp_path):
    monkeypatch.setenv("PINPOINT_UPLOADS", "1")
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    app = library(tmp_path / "none")
    assert "No index to search yet" in shown(app) and app.get("file_uploader")
