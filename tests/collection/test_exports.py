"""A collection as Word, Markdown and a web page: what is quoted, cited and noted, and that nothing in it is active."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from collection.changes import Change, compare_excerpt
from collection.excerpts import make_excerpt
from collection.export.handout import ABOUT, Entry, Handout, lay_out, writable
from collection.export.markdown import as_it_is, markdown_of
from collection.export.web_page import web_page_of
from collection.export.word import word_of
from collection.quiz_export.paper import paper_of
from collection.quiz_export.web_page import web_page_of as quiz_page_of
from collection.quizzes.cards import cards_of_collection
from collection.records import Collection
from pinpoint.records import Span
from pinpoint.text import contained

DAY = date(2026, 11, 22)
INDEX = ("20261122-1", "cd" * 32)
HOSTILE = (
    "<script>alert(1)</script> $x$ **bold** [link](javascript:alert(1)) ![i](x) # h | & \u202e\x01\x0b ]]> --> end"
)
NOTES, LINK = "word/footnotes.xml", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
WORDS = ("(a) Victim.", "(b) Physical presence.", "(d) Hardship.")


@pytest.fixture(scope="module")
def collection(tiny_index):
    """Three elements under two headings, one with a note, from a document with an address."""
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    starts = [text.index(words) for words in WORDS]
    cut = [make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), DAY) for start in starts]
    url = "https://www.ecfr.gov/current/title-8/section-214.202?a=1&b=2"
    return Collection(
        "The elements",
        (
            replace(cut[0], heading="Who", url=url, page=14, page_label="12"),
            replace(cut[1], heading="Who"),
            replace(cut[2], heading="Harm", note="Ask for examples.\nThen list them.", url="javascript:alert(1)"),
        ),
    )


@pytest.fixture(scope="module")
def handout(tiny_index, collection):
    changes = {one.key: compare_excerpt(tiny_index, one, DAY) for one in collection.excerpts}
    return lay_out(collection, changes, DAY, INDEX)


def entry(text):
    return Entry(number=1, quotation=text, note=text, warning=text, citation=text, url="")


def hostile_handout():
    text = writable(HOSTILE)
    return Handout(title=text, made=DAY, parts=((text, (entry(text),)),), about=(text,))


def parts(content):
    """The parts of a Word file, each parsed: a part that is not well-formed fails here."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith((".xml", ".rels"))}


def test_a_footnote_has_the_full_citation(handout):
    first, second, third = handout.entries
    assert first.citation == (
        "8 CFR 214.202(a), p. 12 (file page 14), 8 CFR Part 214 Subpart C: T Nonimmigrant Status (effective August 28, "
        "2024). U.S. Department of Homeland Security. In force from August 28, 2024; later changes unknown."
    )
    assert first.url.startswith("https://www.ecfr.gov") and second.url == third.url == ""
    assert [entry.number for entry in handout.entries] == [1, 2, 3]


def test_the_last_part_says_what_the_document_is(handout):
    about = " ".join(handout.about)
    for words in (
        "unofficial compilation",
        "compared, character by character",
        "All of them stand there",
        f"index {INDEX[0]}, corpus digest {INDEX[1]}",
        "no part of any quotation",
    ):
        assert words in about


def test_what_changed_is_said_in_the_document(collection):
    changes = {one.key: Change("changed", "It reads differently.") for one in collection.excerpts}
    changed = lay_out(collection, changes, DAY, INDEX)
    assert {entry.warning for entry in changed.entries} == {"It reads differently."}
    assert all("In force" not in entry.citation for entry in changed.entries)
    assert "3 quotations do not stand there in the same words" in " ".join(changed.about)
    for content in (markdown_of(changed).decode(), web_page_of(changed).decode()):
        assert content.count("Check:") == 3
    assert "Check: It reads differently." in [p.text for p in docx.Document(io.BytesIO(word_of(changed))).paragraphs]


def test_what_only_a_file_claims_is_said_in_every_format(tiny_index, collection):
    invented = replace(collection.excerpts[0], text="Every applicant is eligible.", checked=False)
    both = Collection("T", (invented, collection.excerpts[1]))
    made = lay_out(both, {one.key: compare_excerpt(tiny_index, one, DAY) for one in both.excerpts}, DAY, INDEX)
    claim, quoted = made.entries
    assert not claim.verified and quoted.verified and claim.url == ""
    assert claim.citation.startswith("The file gives this as: 8 CFR 214.202(a)")
    assert "In force" not in claim.citation and "Homeland Security" not in claim.citation
    about = " ".join(made.about)
    assert "1 quotation comes from a file and was never verified" in about and "Of the others: all of them" in about
    markdown, page = markdown_of(made).decode(), web_page_of(made).decode()
    word = [paragraph.text for paragraph in docx.Document(io.BytesIO(word_of(made))).paragraphs]
    before = word[word.index("Every applicant is eligible.") - 1]
    assert before == "From a file, never verified here:" and word.count(before) == 1
    assert markdown.index("**From a file, never verified here:**") < markdown.index("> Every applicant is eligible")
    assert '<blockquote class="claim">Every applicant' in page and page.count('class="claim"') == 1
    for content in (markdown, page, "\n".join(word)):
        assert "Check" in content and "never verified here." in content


def test_word_has_headings_quotations_and_notes_in_their_styles(handout):
    document = docx.Document(io.BytesIO(word_of(handout)))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert styled[:2] == [("Title", "The elements"), ("Subtitle", "November 22, 2026")]
    assert [text for style, text in styled if style == "Heading 1"] == ["Who", "Harm", ABOUT]
    assert [text for style, text in styled if style == "Quote"] == [entry.quotation for entry in handout.entries]
    assert ("Trainer's note", "Trainer\u2019s note: Ask for examples.\nThen list them.") in styled
    properties = document.core_properties
    assert (properties.title, properties.language, properties.author) == ("The elements", "en-US", "Pinpoint")
    languages = document.styles.element.iter(qn("w:lang"))
    assert {language.get(qn("w:val")) for language in languages} == {"en-US"}


def test_word_footnotes_are_real(handout):
    found = parts(word_of(handout))
    used = [int(one.get(qn("w:id"))) for one in found["word/document.xml"].iter(qn("w:footnoteReference"))]
    notes = {int(note.get(qn("w:id"))): note for note in found[NOTES].iter(qn("w:footnote"))}
    assert used == [1, 2, 3] and sorted(notes) == [-1, 0, 1, 2, 3]
    assert [notes[n].get(qn("w:type")) for n in (-1, 0)] == ["separator", "continuationSeparator"]
    for entry_ in handout.entries:
        text = "".join(one.text for one in notes[entry_.number].iter(qn("w:t")))
        assert text.strip() == entry_.citation + (f" Official source: {entry_.url}" if entry_.url else "")
        assert next(notes[entry_.number].iter(qn("w:pStyle"))).get(qn("w:val")) == "FootnoteText"
        assert len(list(notes[entry_.number].iter(qn("w:footnoteRef")))) == 1
    styles = {one.get(qn("w:styleId")) for one in found["word/styles.xml"].iter(qn("w:style"))}
    used_styles = {
        one.get(qn("w:val"))
        for part in ("word/document.xml", NOTES)
        for name in ("w:pStyle", "w:rStyle")
        for one in found[part].iter(qn(name))
    }
    assert used_styles <= styles, "every style that is used is there"


def test_word_parts_are_related_and_typed(handout):
    found = parts(word_of(handout))
    related = {one.get("Type").rpartition("/")[2]: one.get("Target") for one in found["word/_rels/document.xml.rels"]}
    assert related["footnotes"] == "footnotes.xml"
    typed = {one.get("PartName"): one.get("ContentType") for one in found["[Content_Types].xml"]}
    assert typed[f"/{NOTES}"].endswith("wordprocessingml.footnotes+xml")
    links = [
        (one.get("Id"), one.get("Type"), one.get("TargetMode"), one.get("Target"))
        for one in found["word/_rels/footnotes.xml.rels"]
    ]
    (link,) = found[NOTES].iter(qn("w:hyperlink"))
    assert links == [(link.get(qn("r:id")), LINK, "External", handout.entries[0].url)]
    settings = [one.get(qn("w:id")) for one in found["word/settings.xml"].find(qn("w:footnotePr"))]
    assert settings == ["-1", "0"]


def test_many_handouts_in_one_run_do_not_share_footnotes(handout):
    assert len(list(parts(word_of(handout))[NOTES])) == len(list(parts(word_of(handout))[NOTES])) == 5


@settings(max_examples=15)  # each makes a Word file
@given(st.text(st.characters(exclude_categories=[]), max_size=40))
def test_whatever_stands_in_a_text_can_be_written(text):
    one = Handout(title=writable(text), made=DAY, parts=((writable(text), (entry(writable(text)),)),), about=())
    parts(word_of(one))
    etree.fromstring(
        web_page_of(one).decode().replace("<!doctype html>", "").replace('lang="en"', ""), etree.HTMLParser()
    )
    markdown_of(one)


def test_hostile_text_is_inert_in_word():
    found = parts(word_of(hostile_handout()))
    assert NOTES in found and "word/_rels/footnotes.xml.rels" not in found, "no link is made of it"
    shown = "".join(one.text or "" for one in found["word/document.xml"].iter(qn("w:t")))
    assert "<script>alert(1)</script> $x$ **bold**" in shown
    fields = [
        one.get(qn("w:instr"))
        for name, part in found.items()
        if "footer" in name
        for one in part.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "NUMPAGES"], "nor a field"


class _Page(HTMLParser):
    """Tags with their attributes, and the text outside of the styles."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self._style = [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_endtag(self, tag):
        self._style = False

    def handle_data(self, data):
        if not self._style:
            self.text.append(data)


def read_page(content):
    page = _Page()
    page.feed(content.decode())
    return page


def test_the_web_page_stands_alone_and_its_notes_lead_back(handout):
    page = read_page(web_page_of(handout))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} == set(ids)
    assert [link for link in links if not link.startswith("#")] == [handout.entries[0].url]
    assert [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h2", "h2", "h2"]
    assert ("html", {"lang": "en"}) in page.tags
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in page.tags}
    assert all(handout.entries[n].quotation in page.text for n in range(3))
    assert "@media print" in web_page_of(handout).decode()


def test_hostile_text_is_inert_on_the_web_page():
    page, plain = (
        read_page(web_page_of(hostile_handout())),
        read_page(web_page_of(replace(hostile_handout(), parts=()))),
    )
    assert contained(writable(HOSTILE)) in page.text, "with the mark that ends what its direction marks begin"
    tags = {tag for tag, _ in page.tags}
    assert "script" not in tags and tags - {tag for tag, _ in plain.tags} <= {
        "blockquote",
        "sup",
        "a",
        "strong",
        "ol",
        "li",
    }
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert all(attrs["href"].startswith("#") for tag, attrs in page.tags if tag == "a")


def test_markdown_quotes_and_cites(handout):
    written = markdown_of(handout).decode()
    assert written.startswith("# The elements\n\nNovember 22, 2026\n\n## Who\n\n> (a) Victim.")
    assert "according to § 214.206.[^1]\n" in written
    assert re.findall(r"^\[\^(\d)\]: ", written, re.MULTILINE) == ["1", "2", "3"]
    assert f"Official source: <{handout.entries[0].url}>" in written and "javascript" not in written
    assert "**Trainer\u2019s note:** Ask for examples.\\\nThen list them." in written


def shown(markdown):
    """The text that a reader of Markdown sees, and the kinds of fragments that it was read as."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown)
    inline = [child for token in tokens for child in (token.children or ())]
    text = "".join("\n" if child.type in ("softbreak", "hardbreak") else child.content for child in inline)
    return text, {token.type for token in tokens} | {child.type for child in inline}


ACTIVE = st.text(
    st.sampled_from("ab12 \n\t\\`*_{}[]()<>#+-.!|~$&=:^\"'/@;")
    | st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
    max_size=40,
)
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "hardbreak", "text_special"}


@given(ACTIVE)
def test_markdown_shows_text_as_it_is(text):
    found, kinds = shown(as_it_is(writable(text)))
    assert "".join(found.split()) == "".join(writable(text).split())
    assert kinds <= PLAIN


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "1. one\n2) two",
        "- a\n+ b",
        "a\n===",
        "a\n---",
        "```\nx",
        "    code",
        "<https://a.example>",
        "&amp;",
        "a  \nb",
        "| a |\n| - |",
        "[^1]: note",
        "> q",
        "~~s~~",
        "***",
        "[a]: b",
        "http://a.example/_x_",
    ],
)
def test_markdown_that_would_act_is_shown(text):
    found, kinds = shown(as_it_is(writable(text)))
    assert found.split() == writable(text).split() and kinds <= PLAIN


def test_a_quiz_prints_questions_before_answers(tiny_index, collection):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("An applicant is eligible for T-1")
    whole = make_excerpt(tiny_index, Span("rule-now", start, text.index("§ 214.204 Application.")), DAY)
    cards = cards_of_collection(tiny_index, [whole], DAY)
    content = quiz_page_of(paper_of(HOSTILE, cards, DAY)).decode()
    assert (
        content.index("Questions")
        < content.index("It has 5 parts")
        < content.index("Answers")
        < content.index("(d) Hardship.")
    )
    assert "<script" not in content and "8 CFR 214.202" in content


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_word_processor_opens_it(handout, tmp_path):
    (tmp_path / "handout.docx").write_bytes(word_of(handout))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "handout.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfium.PdfDocument(tmp_path / "handout.pdf") as made:
        text = " ".join("".join(page.get_textpage().get_text_bounded() for page in made).split())
    assert "The elements" in text and "(a) Victim." in text
    assert all(f"{entry.number} {entry.citation[:40]}" in text for entry in handout.entries), "footnotes, numbered"


@pytest.mark.parametrize(
    ("in_use", "words"),
    [
        (None, ["Saved from, and compared with: index "]),
        (("20270101-1", "ef"), ["Compared with: index 20270101-1, corpus digest ef.", "They were saved from: index "]),
    ],
)
def test_the_index_that_was_saved_from_is_told_from_the_one_in_use(tiny_index, collection, in_use, words):
    changes = {one.key: Change("unchanged") for one in collection.excerpts}
    saved = (tiny_index.folder.name, tiny_index.facts["corpus_digest"])
    about = lay_out(collection, changes, DAY, in_use or saved).about
    assert all(any(line.startswith(begin) for line in about) for begin in words)
    assert sum("index " in line and "corpus digest" in line for line in about) == len(words)
