"""Pages of the USCIS Policy Manual: the guidance without what stands around it, footnotes with their numbers."""

import html as escaping
from pathlib import Path

import pytest

from ingest.assembly import assemble
from ingest.readers.html.reader import html_reading
from ingest.readers.markdown import read_markdown
from ingest.readers.policy_manual import join_pages
from ingest.readers.registry import read_document
from ingest.readers.web_page import read_web_page, web_page_reading
from ingest.structure.sections import find_sections

REAL = Path(__file__).resolve().parents[4] / "shared" / "corpus-real"
MANUAL_MD = REAL / "uscis-pm-vol3-part-b-victims-of-trafficking.md"
SITE = "https://www.uscis.gov"
PART = f"{SITE}/policy-manual/volume-3-part-b"

# The frame of a page of the site: banner, menus, side menu of the manual, breadcrumb, tabs, feedback, footer.
FRAME = """<!DOCTYPE html>
<html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8"><link rel="canonical" href="{address}">
<meta property="og:url" content="{address}"><title>{title} | USCIS</title><style>.x {{ color: red }}</style></head>
<body class="path-node page-node-type-book">
<a href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a>
<section class="usa-banner" aria-label="Official government website">An official website of the United States</section>
<header role="banner"><div class="menu--main"><ul><li><a href="/forms">Forms</a></li></ul></div></header>
<div class="block-book-navigation sidebar"><ul>
<li><a href="/policy-manual/volume-1">Volume 1 - General Policies and Procedures</a></li>
<li><a href="/policy-manual/volume-3">Volume 3 - Humanitarian Protection and Parole</a>
<ul><li><a href="/policy-manual/volume-3-part-a">Part A - Protection and Parole Policies</a></li>
<li><a href="/policy-manual/volume-3-part-b">Part B - Victims of Trafficking</a></li></ul></li></ul></div>
<div class="region-breadcrumb"><h2>Breadcrumb</h2><ol><li>Home</li><li>Policy Manual</li></ol></div>
<main role="main"><a id="main-content"></a>
<div class="block-page-title"><h1 class="page-title"><span>{title}</span></h1></div>
<ul class="tabs-nav"><li><a href="#guidance">Guidance</a></li><li><a href="#res">Resources (36)</a></li>
<li><a href="#app">Appendices (1)</a></li><li><a href="#upd">Updates (9)</a></li>
<li><a href="#his">History (0)</a></li></ul>
<div id="guidance" class="tab-panel field--name-body">
{guidance}
</div>
<div id="resources" class="tab-panel"><h2>Resources</h2><h3>Legal Authorities</h3>
<p>22 U.S.C. 7102 - Definitions</p><h3>Forms</h3><p>I-914</p></div>
<div id="appendix-tab" class="panel"><h2>Appendices</h2><h3>Appendix: Case law</h3><p>Case text.</p></div>
<div class="pm-updates"><h2>Updates</h2><div class="pm-resource__update_header">POLICY ALERT - T visas</div>
<p>USCIS is updating guidance.</p><div class="pm-resource__associated_page__heading">Affected Sections</div>
<p class="affected-sections"><a href="/policy-manual/volume-3-part-b-chapter-1">3 USCIS-PM B.1</a></p></div>
<p>Current as of August 19, 2026</p>
<div class="feedback-block"><h2>Was this page helpful?</h2><form><input type="submit"></form></div>
</main>
<footer class="usa-footer"><p>Department of Homeland Security</p></footer><script>var token = "77";</script>
</body></html>"""

CHAPTER_1 = """<h2 id="S-A">A. Purpose</h2>
<p>Human trafficking involves the exploitation of persons.<a href="#footnote-1" id="fn-link"><sup>[1]</sup></a></p>
<h2 id="S-B">B. Background</h2>
<h3>1. General</h3>
<p>USCIS has sole jurisdiction.<sup><a href="#footnote-2">[2]</a></sup> It provides:</p>
<ul><li>Status for up to 4 years; and</li><li>Work authorization.<a href="#footnote-3">[3]</a></li></ul>
<p><strong>Acts and Amendments</strong></p>
<table><thead><tr><th>Acts</th><th>Key Changes</th></tr></thead>
<tbody><tr><td>TVPA of 2000</td><td>Established status.</td></tr></tbody></table>
<h2>Footnotes</h2>
<p id="footnote-1"><a href="#footnotelink-1">[^ 1]</a> See INA 101(a)(15)(T).</p>
<p id="footnote-2">[^ 2] See 8 CFR 214.204(a).</p><p>A second paragraph of it.</p>
<p id="footnote-3">[^ 3] <em>See</em> INA 214(o).</p>"""
CHAPTER_2 = """<h2>A. Victim<a id="S-A"></a></h2><p>The applicant must be a victim.<sup>[1]</sup></p>
<h3>1. General Definition</h3><p>It is defined.</p><h4>Threats of Serious Harm</h4><p>Harm may be of many kinds.</p>
<h2>Footnotes</h2><div class="footnotes"><ol><li id="fn-1">[^ 1] See 22 U.S.C. 7102(11).</li></ol></div>"""
MARKDOWN = """# Volume 3 - Humanitarian Protection and Parole

## Part B - Victims of Trafficking

### Chapter 1 - Purpose and Background

#### A. Purpose

Human trafficking involves the exploitation of persons.<sup>[1]</sup>

#### B. Background

### 1. General

USCIS has sole jurisdiction.<sup>[2]</sup> It provides:

* Status for up to 4 years; and
* Work authorization.[3]

**Acts and Amendments**

<table><thead><tr><th>Acts</th><th>Key Changes</th></tr></thead>
<tbody><tr><td>TVPA of 2000</td><td>Established status.</td></tr></tbody></table>

## Footnotes

[^ 1] See INA 101(a)(15)(T).

[^ 2] See 8 CFR 214.204(a).<br/>A second paragraph of it.

[^ 3] See INA 214(o).

### Chapter 2 - Eligibility Requirements

#### A. Victim

The applicant must be a victim.<sup>[1]</sup>

## 1. General Definition

It is defined.

## Threats of Serious Harm

Harm may be of many kinds.

## Footnotes

[^ 1] See 22 U.S.C. 7102(11).
"""


def _page(number, title, guidance, site=PART):
    return FRAME.format(address=f"{site}-chapter-{number}", title=title, guidance=guidance).encode()


def _joined():
    pages = [
        (f"{PART}-chapter-1", _page(1, "Chapter 1 - Purpose and Background", CHAPTER_1)),
        (f"{PART}-chapter-2", _page(2, "Chapter 2 - Eligibility Requirements", CHAPTER_2)),
    ]
    return join_pages(pages, title="Part B", url=PART)


def _tree(reading):
    document = assemble(reading)
    sections = find_sections(document, cited_as="3 USCIS-PM B", title="Part B")
    return [(s.citation, s.heading, s.depth, document.text[s.start : s.end]) for s in sections]


def test_joined_chapters_have_the_tree_of_the_same_part_in_markdown(tmp_path):
    (tmp_path / "part.html").write_bytes(_joined())
    (tmp_path / "part.md").write_text(MARKDOWN, encoding="utf-8")
    tree = _tree(read_web_page(tmp_path / "part.html"))
    assert tree == _tree(read_markdown(tmp_path / "part.md"))
    assert [citation for citation, *_ in tree[3:]] == [
        "3 USCIS-PM B.1",
        "3 USCIS-PM B.1(A)",
        "3 USCIS-PM B.1(B)",
        "3 USCIS-PM B.1(B)(1)",
        "3 USCIS-PM B.1(B)(1)",
        "3 USCIS-PM B.1 Footnotes",
        "3 USCIS-PM B.1 fn 1",
        "3 USCIS-PM B.1 fn 2",
        "3 USCIS-PM B.1 fn 3",
        "3 USCIS-PM B.2",
        "3 USCIS-PM B.2(A)",
        "3 USCIS-PM B.2(A)(1)",
        "3 USCIS-PM B.2(A)(1)",
        "3 USCIS-PM B.2 Footnotes",
        "3 USCIS-PM B.2 fn 1",
    ]


def test_what_stands_around_the_guidance_is_left_out():
    text = "\n".join(block.text for block in web_page_reading(_joined(), "part.html").blocks)
    for chrome in (
        "Skip to main",
        "official website",
        "Forms",
        "Volume 1",
        "Part A",
        "Breadcrumb",
        "Guidance",
        "Resources",
        "7102 - Definitions",
        "Appendi",
        "Case text",
        "POLICY ALERT",
        "updating guidance",
        "Affected Sections",
        "Current as of",
        "helpful",
        "Homeland Security",
        "token",
    ):
        assert chrome not in text


def test_the_day_of_each_page_is_told():
    assert web_page_reading(_joined(), "part.html").warnings == (
        "Chapter 1 - Purpose and Background: Current as of August 19, 2026",
        "Chapter 2 - Eligibility Requirements: Current as of August 19, 2026",
    )


def test_a_single_page_is_known_by_its_address(tmp_path):
    (tmp_path / "chapter.html").write_bytes(_page(2, "Chapter 2 - Eligibility Requirements", CHAPTER_2))
    reading = read_document(tmp_path / "chapter.html")
    assert reading.title == "Volume 3 - Humanitarian Protection and Parole, Part B - Victims of Trafficking"
    assert [block.text for block in reading.blocks[:4]] == [
        "Volume 3 - Humanitarian Protection and Parole",
        "Part B - Victims of Trafficking",
        "Chapter 2 - Eligibility Requirements",
        "A. Victim",
    ]


FOOTNOTES = [  # (mark-up of the notes, [(number, text)], reason)
    ("<p>[^ 1] One.</p><p>[^ 2] Two.</p>", [("1", "One."), ("2", "Two.")], "paragraphs with labels"),
    ("<p>[1] One.</p>", [("1", "One.")], "labels without a caret"),
    ("<p>[^ 1] One.</p><ul><li>More.</li></ul><p>[^ 2] Two.</p>", [("1", "One.\nMore."), ("2", "Two.")], "a list"),
    ("<ol><li id='fn-1'>[^ 1] One.</li><li id='fn-2'>Two.</li></ol>", [("1", "One."), ("2", "Two.")], "list items"),
    ("<p>Strange.</p><p>[^ 1] One.</p>", [("1", "One.")], "text before the first note belongs to none"),
    ("<p>[^ 1] One.</p><p>Was this page helpful?</p>", [("1", "One.")], "chrome behind the last note"),
    ("<p>[^ 12] Twelve.</p><h2>Resources</h2><p>[^ 13] No.</p>", [("12", "Twelve.")], "the notes end with the chapter"),
]


@pytest.mark.parametrize(("notes", "expected", "reason"), FOOTNOTES)
def test_footnotes(notes, expected, reason):
    page = _page(1, "Chapter 1 - Purpose", f"<h2>A. Purpose</h2><p>Text.[1]</p><h2>Footnotes</h2>{notes}")
    blocks = web_page_reading(page, "chapter.html").blocks
    assert [(block.marker, block.text) for block in blocks if block.kind == "footnote"] == expected, reason


def test_a_heading_that_only_begins_like_a_tab_is_guidance():
    guidance = "<h2>A. Basis</h2><h3>History of Abuse</h3><p>Consider it.</p><h3>Resources of It</h3><p>Too.</p>"
    text = "\n".join(block.text for block in web_page_reading(_page(2, "Chapter 2 - X", guidance), "c.html").blocks)
    assert "Consider it." in text and "Too." in text


def test_text_before_the_first_note_is_retained():
    page = _page(1, "Chapter 1 - P", "<h2>A. P</h2><h2>Footnotes</h2><p>Strange.</p><p>[^ 1] One.</p>")
    kinds = [(block.kind, block.text) for block in web_page_reading(page, "c.html").blocks]
    assert ("paragraph", "Strange.") in kinds


def test_guidance_inside_an_element_with_a_name_of_chrome_stays():
    guidance = f'<div class="tab-resources-wrapper">{CHAPTER_2}</div>'
    text = "\n".join(block.text for block in web_page_reading(_page(2, "Chapter 2 - X", guidance), "c.html").blocks)
    assert "The applicant must be a victim" in text


def test_a_reserved_chapter_is_its_title():
    blocks = web_page_reading(_page(1, "Chapter 1 - Purpose [Reserved]", ""), "c.html").blocks
    assert [block.text for block in blocks][-1] == "Chapter 1 - Purpose [Reserved]"


OTHERS = [  # (page, reason)
    (_page(1, "Chapter 1 - X", CHAPTER_1).replace(b"uscis.gov/policy-manual", b"example.org/manual"), "another site"),
    (_page(1, "Updates", CHAPTER_1, site=f"{SITE}/policy-manual/updates"), "another page of the manual"),
    (_page(1, "Victims of Trafficking", CHAPTER_1), "a page of the manual without a chapter's title"),
    (b"<html><body><p>See https://www.uscis.gov/policy-manual/volume-3-part-b</p></body></html>", "a mention alone"),
]


@pytest.mark.parametrize(("page", "reason"), OTHERS)
def test_every_other_page_is_read_as_before(page, reason):
    assert web_page_reading(page, "page.html").blocks == html_reading(page, "page.html").blocks, reason


def test_other_pages_are_joined_by_their_main_part():
    page = b"<html><body><div>menu</div><main><p>%s</p><script>x()</script></main></body></html>"
    joined = join_pages([("https://a.gov/1", page % b"one"), ("https://a.gov/2", page % b"two")], title="T", url="u")
    assert [block.text for block in web_page_reading(joined, "t.html").blocks] == ["one", "two"]


def test_titles_and_addresses_are_escaped():
    joined = join_pages([("https://a.gov/?a=1&b='2'", b"<p>x</p>")], title="A < B & C", url="https://a.gov/?x=1&y=2")
    assert b"<title>A &lt; B &amp; C</title>" in joined
    assert b"x=1&amp;y=2" in joined
    assert web_page_reading(joined, "t.html").title == "A < B & C"


CODE_PAGE = b"""<html><head><title>U.S.C. Title 8</title></head><body><div>
<span>United States Code, 2023 Edition</span><br/>
<!-- documentid:8_1367 --><!-- field-start:head --><h3 class="section-head">&sect;1367. Penalties</h3>
<!-- field-end:head --><!-- field-start:statute --><h4 class="subsection-head">(a) In general</h4>
<p class="statutory-body">Except as provided:</p><p class="statutory-body-1em">(1) make no determination; or</p>
<p class="statutory-body-1em">(2) permit no use.</p><!-- field-end:statute -->
<!-- field-start:sourcecredit --><p class="source-credit">(Pub. L. 104&ndash;208.)</p><!-- field-end:sourcecredit -->
<!-- field-start:notes --><h4 class="note-head">Amendments</h4><p class="note-body">(3) No provision.</p>
<!-- field-end:notes --></div></body></html>"""


def test_editorial_notes_of_the_code_never_become_provisions():
    reading = web_page_reading(CODE_PAGE, "usc.html")
    document = assemble(reading)
    sections = find_sections(document, cited_as="8 U.S.C.", title="Code")
    assert [section.citation for section in sections[1:]] == [
        "8 U.S.C. 1367",
        "8 U.S.C. 1367(a)",
        "8 U.S.C. 1367(a)(1)",
        "8 U.S.C. 1367(a)(2)",
    ]
    assert "104–208" in document.text and "Amendments" not in document.text
    assert "Editorial notes" in reading.warnings[0]


@pytest.mark.skipif(not MANUAL_MD.is_file(), reason=f"{MANUAL_MD} is not there: the real Part B is needed")
def test_the_whole_part_has_the_same_tree_as_its_markdown():
    """The real part, put into the mark-up of the site chapter by chapter, and joined again."""
    plain = read_markdown(MANUAL_MD)
    chapters, inside = [], []
    for block in plain.blocks:
        text = escaping.escape(block.text, quote=False)
        if block.kind == "heading" and text.startswith("Chapter "):
            inside = []
            chapters.append((block.text, inside))
        elif block.kind == "heading":
            inside.append(f"<h4>{text}</h4>")
        elif block.kind == "footnote":
            inside.append(f'<p id="footnote-{block.marker}">[^ {block.marker}] {text.replace(chr(10), "<br>")}</p>')
        elif block.kind.startswith("table"):
            inside.append(f"<table><tr><td>{text.replace(chr(10), '<br>')}</td></tr></table>")
        else:
            inside.append(f"<div>{text.replace(chr(10), '<br>')}</div>")
    pages = [
        (f"{PART}-chapter-{number}", _page(number, escaping.escape(title), "\n".join(content)))
        for number, (title, content) in enumerate(chapters, start=1)
    ]
    reading = web_page_reading(join_pages(pages, title="Part B", url=PART), "part.html")
    ours, theirs = ([row[:3] for row in _tree(each)] for each in (reading, plain))
    assert len(theirs) > 400
    assert ours == theirs
