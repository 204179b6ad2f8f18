"""The Browse page through Streamlit's own test runner, over the small corpus."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from streamlit.testing.v1 import AppTest

from index.documents.span_names import span_name
from ingest.pipeline import IngestResult
from pinpoint.records import Span
from pinpoint.text import escape
from tests.ui.driver import go, new_app, shown
from ui.components import clicks
from ui.state import session

HOSTILE = "<script>alert(1)</script> $x$ **bold** <img src=x onerror=alert(1)>"
Open = Callable[..., AppTest]

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def browse(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The Browse page at an address: ``browse(document="rule-now", section="8 CFR 214.202")``."""

    def run(index_dir: Path = tiny_index_dir, **address: str) -> AppTest:
        monkeypatch.setenv("INDEX_DIR", str(index_dir))
        return move(go(new_app().run(), "browse"), **address)

    return run


def move(app: AppTest, **address: str) -> AppTest:
    """Open another address in the same session."""
    for name in ("document", "section", "passage", "date"):
        app.query_params.pop(name, None)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def words(page: str) -> str:
    """The text of a page, white space made single."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def alerts(page: str) -> list[str]:
    return [
        html.unescape(re.sub(r"<[^>]+>", "", found))
        for found in re.findall(r'<p class="pp-alert" role="alert">(.*?)</p>', page)
    ]


def show(app: AppTest, way: str) -> str:
    app.segmented_control(key="browse_show").set_value(way).run()
    return shown(app)


def test_without_a_document_all_are_listed_by_authority_with_links(browse):
    page = shown(browse())
    assert page.index("<h2>Statute</h2>") < page.index("<h2>Regulation</h2>") < page.index("<h2>Policy Manual</h2>")
    assert 'href="browse?document=rule-now" data-pp="open"' in page
    assert "Not in force" in page.partition("document=rule-old")[2].partition("</li>")[0]
    assert re.search(r"Effective August 28, 2024 · \d+ sections", page)


def test_the_filter_leaves_documents_that_contain_every_word(browse):
    app = browse()
    app.text_input(key="browse_filter").set_value("homeland review").run()
    page = shown(app)
    assert "1 document of" in page and "document=review" in page and "document=rule-now" not in page


@pytest.mark.parametrize(
    ("address", "said", "link", "reason"),
    [
        (
            {"document": "rule-new"},
            "There is no document “rule-new”. The nearest is 8 CFR Part 214 Subpart C",
            "rule-now",
            "an unknown document",
        ),
        (
            {"document": "rule-now", "section": "8 CFR 214.202(c)(9)"},
            "“8 CFR 214.202(c)(9)” is not in this document. This is 8 CFR 214.202(c), which would hold it.",
            "",
            "a part that is not there",
        ),
        (
            {"document": "rule-now", "section": "8 CFR 214.11(b)(1)"},
            "There is no “8 CFR 214.11(b)(1)” in this document. 8 CFR 214.11(b)(1) is in 8 CFR 214.11",
            "rule-old",
            "a provision of another document",
        ),
        (
            {"document": "rule-now", "section": "8 CFR 999.9"},
            "There is no “8 CFR 999.9” in this document. The nearest is",
            "rule-now",
            "a section that is nowhere",
        ),
        (
            {"document": "rule-now", "passage": "12-x"},
            "“12-x” is not a span of text; nothing is marked.",
            "",
            "no span",
        ),
        (
            {"document": "rule-now", "passage": "5-99999999.0123456789ab"},
            "The document has changed since this link",
            "",
            "a span behind the end",
        ),
        (
            {"document": "rule-now", "section": "8 CFR 214.202", "passage": "0-20"},
            "This link is of an older form, by which its words cannot be checked. Nothing is marked.",
            "",
            "no digest",
        ),
        (
            {"document": "rule-now", "section": "8 CFR 214.202", "passage": span_name(0, "Subpart C")},
            "The words that this link marks do not stand in 8 CFR 214.202",
            "",
            "words that stand elsewhere",
        ),
        ({"document": "rule-now", "date": "yesterday"}, "“yesterday” is not a date.", "", "no date"),
        ({"document": HOSTILE}, "There is no document “<script>alert(1)</script>", "", "markup as an id"),
        (
            {"document": "rule-now", "section": HOSTILE},
            "There is no “<script>alert(1)</script>",
            "",
            "markup as a section",
        ),
    ],
)
def test_what_an_address_names_wrongly_is_said_with_the_nearest_there_is(browse, address, said, link, reason):
    page = shown(browse(**address))
    assert any(alert.startswith(said) for alert in alerts(page)), (reason, alerts(page))
    assert not link or f'href="browse?document={link}' in page.partition('role="alert"')[2].partition("</p>")[0], reason
    assert "<script>alert" not in page and "<img" not in page, reason


@pytest.mark.parametrize(
    ("section", "reason"),
    [
        ("8 C.F.R. § 214.202(a)", "as people write it"),
        ("8 CFR 214.202(a)", "as it is stored"),
        ("§ 214.202(a)", "without its code"),
    ],
)
def test_a_section_is_found_however_it_is_written(browse, section, reason):
    page = shown(browse(document="rule-now", section=section))
    assert not alerts(page), reason
    assert 'pp-chosen" id="chosen" tabindex="-1"><p>(a) <a class="pp-term"' in page or "(a) Victim." in words(
        page.partition('id="chosen"')[2].partition("</div>")[0]
    ), reason


def test_a_paragraph_is_read_within_its_section(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202(c)(1)"))
    text = words(page)
    assert "§ 214.202 Eligibility for T-1 nonimmigrant status." in text
    assert "(a) Victim. The applicant is or has been a victim" in text
    assert "(1) Exemption for minor victims." in words(page.partition('id="chosen"')[2].partition("</div>")[0])
    assert page.count('id="chosen"') == 1


def test_the_contents_are_open_along_the_path_only(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202"))
    tree = page.partition('<nav class="pp-tree"')[2].partition("</nav>")[0]
    assert tree.count('aria-current="true"') == 1
    current = tree.partition('aria-current="true"')[2].partition("</a>")[0]
    assert "§ 214.202 Eligibility" in current
    assert "(c) Compliance with any reasonable request" in tree, "its own parts are listed"
    assert "(1) Exemption for minor" not in tree, "what lies deeper is not"
    assert "§ 214.204 Application" in tree and "(b) Filing" not in tree, "nor what lies below another section"


@pytest.mark.parametrize(
    ("typed", "found", "reason"),
    [
        ("physical", "(b) Physical presence", "a word of a heading"),
        ("214.204(b)(1)", "8 CFR 214.204(b)(1)", "a citation"),
        ("zebra", "No heading or citation holds “zebra”.", "no word of any"),
        (HOSTILE, "No heading or citation holds “<script>", "markup"),
    ],
)
def test_find_in_contents(browse, typed, found, reason):
    app = browse(document="rule-now")
    app.text_input(key="browse_find").set_value(typed).run()
    assert found in words(shown(app)), reason
    assert "<script>alert" not in shown(app)


def test_every_paragraph_can_be_cited_linked_and_collected(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202"))
    part = page.partition("(d) Hardship. ")[2].partition("</div>")[0]
    assert 'aria-label="Copy citation of 8 CFR 214.202(d)"' in part
    assert (
        'data-pp-copy="8 CFR 214.202(d), 8 CFR Part 214 Subpart C: T Nonimmigrant Status (effective August 28, 2024)"'
    ) in part
    assert "section=8+CFR+214.202%2528d%2529" in part, "clicks.js reads it back"
    assert 'aria-label="Copy with quotation: 8 CFR 214.202(d)" ' in part.replace(">", " ")
    assert "data-pp-rich=" in part, "as a footnote for word processors"
    collected = re.search(r'data-pp="collect" data-pp-value="rule-now:[-.\w]+" aria-label="Collect from 8', part)
    assert collected


def test_what_is_collected_here_is_retained_with_the_day_that_is_read(browse, monkeypatch):
    app = browse(document="rule-old", section="8 CFR 214.11(b)(2)", date="2024-02-10")
    value = re.search(
        r'data-pp="collect" data-pp-value="(rule-old:[-.\w]+)" aria-label="Collect from 8 CFR '
        r'214\.11\(b\)\(2\)"',
        shown(app),
    ).group(1)
    monkeypatch.setattr(clicks, "taken", lambda action: value if action == "collect" else "")
    app.run()
    (excerpt,) = app.session_state[session.COLLECTION].excerpts
    assert excerpt.section == "8 CFR 214.11(b)(2)" and excerpt.text.startswith("(2) The alien is physically present")


def test_cross_references_lead_to_sections_and_others_stay_text(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202"))
    text = page.partition('<article class="pp-reading">')[2].partition("</article>")[0]
    link = re.search(r'<a href="([^"]+)" data-pp="open"><span title="([^"]+)">§ 214\.206</span></a>', text)
    assert link and "section=8+CFR+214.206" in link.group(1)
    assert link.group(2).startswith("8 CFR 214.206, in 8 CFR Part")
    assert "§ 214.207" in text and ">§ 214.207</span>" not in text, "not in these documents"


def test_footnotes_stand_below_the_paragraph_that_refers_to_them(browse):
    page = shown(browse(document="manual", section="3 USCIS-PM B.2(B)(1)"))
    text = page.partition('<article class="pp-reading">')[2].partition("</article>")[0]
    reference = re.search(r'<a class="pp-ref" id="ref-\d+" href="#(note-\d+)" aria-label="Footnote 2">\[2\]</a>', text)
    assert reference and f'id="{reference.group(1)}"' in text
    positions = [
        text.index(part)
        for part in (
            'class="pp-ref"',
            "Minors are exempt from this requirement.",
            "In determining whether a request was reasonable",
        )
    ]
    assert positions == sorted(positions), "the note comes before the next paragraph"
    note = text.partition('role="note"')[2].partition("</div>")[0]
    assert "section=8+CFR+214.202%28c%29%281%29" in note, "its citations are links too"


def test_a_footnote_alone_leads_back_to_its_sentence(browse):
    page = shown(browse(document="manual", section="3 USCIS-PM B.2 fn 2"))
    assert "Minors are exempt from this requirement." in words(page)
    assert re.search(
        r"section=3\+USCIS-PM\+B\.2%28B%29%281%29&amp;passage=[-.\w]+\" "
        r'data-pp="open" aria-label="The sentence that 3 USCIS-PM B\.2 fn 2 belongs to">',
        page,
    )


def test_tables_are_tables(browse):
    page = shown(browse(document="manual", section="3 USCIS-PM B.2(C)"))
    assert '<th scope="col">Status</th><th scope="col">Initial period</th>' in page
    assert "<td>T-2 spouse</td><td>Until the T-1 status ends</td>" in page


def test_a_passage_is_marked_once_as_the_one_to_open(browse, tiny_index):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("unable to cooperate with a reasonable request")
    passage = span_name(start, "unable to cooperate")
    page = shown(browse(document="rule-now", section="8 CFR 214.202(c)(2)", passage=passage))
    assert '<mark id="passage" tabindex="-1">unable to cooperate</mark>' in page
    assert page.count('id="passage"') == 1


def test_neighbours_are_linked_above_and_below_the_text(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202"))
    steps = re.findall(r'<nav class="pp-steps".*?</nav>', page)
    assert len(steps) == 2
    for step in steps:
        assert "section=8+CFR+214.201" in step and "section=8+CFR+214.204" in step


def test_old_law_is_labelled_and_leads_to_the_law_of_today(browse):
    page = shown(browse(document="rule-old", section="8 CFR 214.11(b)(2)"))
    assert "Not in force – replaced on August 28, 2024 by 8 CFR 214.202(b)" in words(page)
    notes = page.partition("pp-versions")[2].partition("</ul>")[0]
    assert "document=rule-now&amp;section=8+CFR+214.202%28b%29" in notes


def test_a_day_before_it_began_shows_that_the_law_stood_elsewhere(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202", date="2024-02-10"))
    assert "it was not yet on February 10, 2024" in words(page)
    notes = page.partition("pp-versions")[2].partition("</ul>")[0]
    assert "document=rule-old&amp;section=8+CFR+214.11%28b%29&amp;date=2024-02-10" in notes


def test_the_day_chosen_goes_into_the_address_and_into_links(browse):
    app = browse(document="rule-old", section="8 CFR 214.11(b)(2)")
    app.date_input(key="browse_day").set_value(date(2024, 2, 10)).run()
    assert app.query_params["date"] == "2024-02-10"
    page = shown(app)
    assert "In force on February 10, 2024" in page and "date=2024-02-10" in page
    app.date_input(key="browse_day").set_value(date.today()).run()
    assert "date" not in app.query_params


def test_versions_are_compared_side_by_side(browse):
    app = browse(document="rule-now", section="8 CFR 214.202(b)")
    page = show(app, "Versions compared")
    assert "Until August 28, 2024" in page and "<del>alien</del>" in page and "<ins>applicant</ins>" in page


def test_a_list_is_shown_as_a_checklist_without_saying_what_is_required(browse):
    page = show(browse(document="rule-now", section="8 CFR 214.202"), "Checklist")
    text = words(page)
    assert "if they demonstrate all of the following, subject to section 214(o) of the Act:" in text
    assert page.count('<input type="checkbox"') == 5
    assert "Your ticks are not kept and decide nothing." in text
    for pinpoint in "abcde":
        assert f'aria-label="Copy citation of 8 CFR 214.202({pinpoint})"' in page
    assert 'Collect all of the list of 8 CFR 214.202"' in page
    exemption = page.partition("(1) Exemption for minor victims.")[0].rpartition("<li")[2]
    assert "checkbox" not in exemption, "an exemption is no item of the list"


def test_items_of_a_manual_are_a_checklist_too(browse):
    page = show(browse(document="manual", section="3 USCIS-PM B.2(B)(1)"), "Checklist")
    assert page.count('<input type="checkbox"') == 3 and "The severity of the trauma suffered;" in words(page)


def test_where_nothing_is_listed_there_is_no_choice(browse):
    app = browse(document="rule-now", section="8 CFR 214.206")
    assert "The applicant must submit evidence" in words(shown(app)) and not app.segmented_control


def test_another_section_is_shown_as_text_again(browse):
    app = browse(document="rule-now", section="8 CFR 214.202")
    show(app, "Checklist")
    move(app, document="manual", section="3 USCIS-PM B.2(B)(1)")
    assert app.segmented_control(key="browse_show").value == "Text"


def test_defined_terms_are_listed_and_linked_where_they_apply(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.204"))
    link = re.search(
        r'<a class="pp-term" href="#(term-\d+)" title="Defined in 8 CFR 214\.201[^"]*">law enforcement '
        "agency</a>",
        page,
        re.IGNORECASE,
    )
    assert link and f'id="{link.group(1)}"' in page
    listed = re.findall(r"<summary>([^<]+)</summary>", page.partition('class="pp-terms"')[2])
    assert listed[:2] == ["Coercion", "Law Enforcement Agency"]


def test_what_cites_a_section_is_a_link_to_the_very_words(browse):
    page = shown(browse(document="rule-now", section="8 CFR 214.202(c)(1)"))
    references = page.partition("<h3>Cited by</h3>")[2].partition("</ul>")[0]
    assert re.search(r"document=manual&amp;section=3\+USCIS-PM\+B\.2\+fn\+2&amp;passage=\d+-\d+", references)


def test_every_link_in_a_page_leads_to_what_exists(browse):
    app = browse(document="rule-now", section="8 CFR 214.202")
    for link in sorted(set(re.findall(r'href="(browse\?[^"]+)" data-pp="open"', shown(app))))[:40]:
        parameters = (parameter.split("=", 1) for parameter in html.unescape(link).partition("?")[2].split("&"))
        address = {name: unquote_plus(value) for name, value in parameters}
        assert not alerts(shown(move(app, **address))), link


def test_hostile_text_is_inert(browse, run_ingest: Callable[..., IngestResult], tmp_path: Path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bad.md").write_text(
        f"# {HOSTILE}\n\nAn applicant must show the following:\n\n- {HOSTILE}\n- two\n\n"
        f"| {HOSTILE} | b |\n|---|---|\n| {HOSTILE} | d |\n",
        encoding="utf-8",
    )
    (corpus / "manifest.toml").write_text(
        f"[[document]]\nid = 'bad'\nfile = 'bad.md'\ntitle = '{HOSTILE}'\npublisher = '{HOSTILE}'\n"
        f"kind = 'report'\ncollection = '{HOSTILE}'\nurl = 'javascript:alert(1)'\n",
        encoding="utf-8",
    )
    run_ingest(corpus, tmp_path / "index")
    app = browse(tmp_path / "index")
    pages = [shown(app), shown(move(app, document="bad"))]
    app.text_input(key="browse_find").set_value("alert").run()
    pages.append(shown(app))
    if app.segmented_control:
        pages.append(show(app, "Checklist"))
    for page in pages:
        assert escape("<script>alert(1)</script>") in page
        assert "<script>" not in page and "<img" not in page and 'href="javascript' not in page
    assert len(pages) == 4 and not app.markdown
