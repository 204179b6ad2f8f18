"""A quotation on the clipboard: its footnote as Word writes it, and as LibreOffice reads it."""

import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser

import pytest

from collection.clipboard import with_footnote

QUOTE = "(a) Victim. A <severe> form & “more”;\nsecond line § 214.202 … é"
CITATION = "8 CFR 214.202(a), p. 7, The rule (effective August 28, 2024). DHS. In force, copy current to June 11, 2026."
URL = "https://www.ecfr.gov/current/title-8/section-214.202?a=1&b=2"
HOSTILE = "<script>alert(1)</script><![endif]> --> \"' \u202e\x01 </div></body>"


class Reader(HTMLParser):
    """Elements in order, each with its attributes; a link that leads nowhere is no footnote."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("br", "meta", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize(
    ("quotation", "citation", "url"),
    [(QUOTE, CITATION, URL), (HOSTILE, HOSTILE, "javascript:alert(1)"), ("a", "b", "")],
)
def test_it_has_what_both_programs_tell_a_footnote_by(quotation, citation, url):
    page = Reader(with_footnote(quotation, citation, url))
    assert page.open == [], "every element is closed"
    anchors = [one for one in page.of("a") if "mso-footnote-id" in one.get("style", "")]
    assert [one["class"] for one in anchors] == ["sdfootnoteanc", "sdfootnotesym"]
    assert {one["style"] for one in anchors} == {"mso-footnote-id:ftn1"}, "both name the note"
    assert [one["href"][1:] for one in anchors] == [one["name"] for one in reversed(anchors)], "they lead to each other"
    word, libre = [one for one in page.of("div") if "id" in one]
    assert word == {"style": "mso-element:footnote", "id": "ftn1"}
    assert f"{libre['id']}sym" == anchors[1]["name"], "LibreOffice takes the id from the link"
    assert [one["style"] for one in page.of("div") if "id" not in one] == ["mso-element:footnote-list"]
    assert not page.of("script")


def test_conditions_are_balanced_whatever_is_quoted():
    page = with_footnote(HOSTILE, HOSTILE)
    assert re.findall(r"<!\[(if|endif)", page) == ["if", "endif"] * 2


def test_the_words_are_there_with_quotation_marks_and_no_link_but_to_the_web():
    page = Reader(with_footnote(QUOTE, CITATION, URL))
    text = "".join(page.words)
    assert f"“{QUOTE.replace(chr(10), '')}”" in text and f"[1]\xa0{CITATION} Official source: {URL}" in text
    assert "Official source" not in with_footnote("a", "b", "file:///etc/passwd")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.timeout(180)
def test_libreoffice_reads_a_real_footnote(tmp_path):
    """Word is not at hand: its half of the dialect is held by structure alone, above."""
    (tmp_path / "pasted.html").write_text(with_footnote(QUOTE, CITATION, URL), encoding="utf-8")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--infilter=HTML (StarWriter)"]
    subprocess.run(
        [*command, "--convert-to", "odt", "--outdir", str(tmp_path), str(tmp_path / "pasted.html")],
        check=True,
        capture_output=True,
        timeout=150,
    )
    content = zipfile.ZipFile(tmp_path / "pasted.odt").read("content.xml").decode()
    (note,) = re.findall(r"<text:note .*?</text:note>", content, re.DOTALL)
    words = re.sub(r"<[^>]+>", "", note).replace("&amp;", "&")
    assert 'text:note-class="footnote"' in note and words == f"1\xa0{CITATION} Official source: {URL}"
    body = re.sub(r"<[^>]+>", "", content.replace(note, "")).replace("&lt;", "<").replace("&gt;", ">")
    assert f"“{QUOTE.replace(chr(10), '')}”" in body.replace("&amp;", "&") and CITATION not in body
