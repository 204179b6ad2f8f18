"""Reports of changes: the same in all forms, complete, escaped, readable without colour."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from changes.commands.printing import report_lines
from changes.records import (
    Changes,
    DocumentChange,
    DocumentFacts,
    FactChange,
    ParagraphChange,
    SectionChange,
    SectionText,
    Side,
    Touched,
    Watched,
)
from changes.reports.formats import FORMATS, format_of
from changes.reports.plain import json_of
from changes.reports.web_page import web_page_of
from changes.reports.word import word_of
from changes.reports.wording import said_of
from pinpoint.errors import PinpointError

GOLDEN = Path(__file__).with_name("report.txt")
HOSTILE = "<script>alert(1)</script> & \x00\x0b"


def section(name, text="Text.", document="new"):
    return SectionText(
        document_id=document, section=name, heading=name, section_path=(name,), text=text, start=0, end=9,
        effective_from=None, effective_to=None,
    )  # fmt: skip


def facts(name, title="Ledgers"):
    return DocumentFacts(
        document_id=name, title=title, file=f"{name}.md", publisher="", kind="regulation", collection="Rules",
        authority="Regulation", effective_from=date(2024, 8, 28), effective_to=None, current_to=None, sha256="0" * 64,
    )  # fmt: skip


WORDS = (("same", "It "), ("removed", "may"), ("added", "must"), ("same", " be closed."))
SECTIONS = (
    SectionChange(
        kinds=("moved", "words"), sentence="It moved from 8 CFR 1.1(a) to 8 CFR 1.2 and changed in words.",
        old=section("8 CFR 1.1(a)", "It may be closed.", "old"), new=section("8 CFR 1.2", "It must be closed."),
        paragraphs=(ParagraphChange(words=WORDS),), likeness=0.8,
    ),
    SectionChange(
        kinds=("moved",), sentence="It moved with the section above it.",
        old=section("8 CFR 1.1(a)(1)", document="old"), new=section("8 CFR 1.2(1)"),
        paragraphs=(ParagraphChange(words=(("same", "Unchanged text."),)),), along=True, likeness=1.0,
    ),
    SectionChange(
        kinds=("added",), sentence="8 CFR 1.3 was added.", old=None, new=section("8 CFR 1.3"),
        paragraphs=(ParagraphChange(words=(("added", "New text."),), where="moved from 8 CFR 1.1(b)"),),
    ),
    SectionChange(
        kinds=("removed",), sentence="8 CFR 1.1(c) was removed.", old=section("8 CFR 1.1(c)", document="old"), new=None,
        paragraphs=(ParagraphChange(words=(("removed", "Old text."),)),),
    ),
)  # fmt: skip


@pytest.fixture
def changes():
    return Changes(
        old=Side(name="old", generation="00001", made="2026-01-02T03:04:05+00:00"),
        new=Side(name="new", generation="00002", made="2026-02-03T04:05:06+00:00"),
        documents=(
            DocumentChange(
                state="changed",
                old=facts("old"),
                new=facts("new"),
                facts=(FactChange("In force from", "none", "August 28, 2024"),),
                sections=SECTIONS,
                unchanged=7,
            ),
            DocumentChange(state="renamed", old=facts("a"), new=facts("b", HOSTILE)),
        ),
        unchanged=3,
        filters="Only the collection Rules.",
        watched=(
            Watched(
                file="handout.json",
                of="excerpts",
                looked_at=2,
                touched=(
                    Touched(
                        number=1,
                        text="It may be closed.",
                        citation="8 CFR 1.1(a)",
                        kinds=("words",),
                        sentence="It changed.",
                        words=WORDS,
                    ),
                ),
                notes=("Excerpt 2 is not in the old documents.",),
            ),
        ),
    )


def word_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_report_on_a_terminal_is_as_it_was(changes):
    """Write ``report.txt`` anew when it is to read otherwise; read it then."""
    assert "\n".join(report_lines(changes)) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_every_form_says_the_same(changes):
    forms = {
        "word": word_text(word_of(changes)),
        "html": web_page_of(changes).decode(),
        "json": json_of(changes).decode(),
    }
    said = ["8 CFR 1.1(a)", "8 CFR 1.2", "8 CFR 1.3", "must", "may", "New text.", "Old text.", "handout.json"]
    for form, text in forms.items():
        assert [one for one in said if one not in text] == [], form
    for form in ("word", "html"):
        assert "Only the collection Rules." in forms[form]
        assert "In force from: none before, August 28, 2024 now." in forms[form]
        assert "1 of 2 excerpts touched" in forms[form]
        assert "Unchanged text." not in forms[form], "the text of what only moved is as it was"


def test_differences_are_told_without_colour(changes):
    assert "It [removed: may][added: must] be closed." in word_text(word_of(changes))
    html = web_page_of(changes).decode()
    assert '<del><span class="pc-sr">[removed: </span>may<span class="pc-sr">]</span></del>' in html
    assert '<ins><span class="pc-sr">[added: </span>must<span class="pc-sr">]</span></ins>' in html


def test_text_of_documents_is_escaped(changes):
    html = web_page_of(changes).decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "default-src 'none'" in html
    assert "http" not in html.replace("http-equiv", ""), "nothing is loaded from elsewhere"


def test_the_word_file_has_headings_and_tables(changes):
    document = docx.Document(io.BytesIO(word_of(changes)))
    levels = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert levels.count("Heading 3") == len(SECTIONS)
    assert levels.count("Heading 1") == 4, "summary, watched files, two documents"
    assert [row.cells[0].text for row in document.tables[1].rows][1:] == ["8 CFR 1.1(a)", "8 CFR 1.1(a)(1)"]
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.strike] == ["may", "may", "Old text."]


def test_json_has_counts_and_both_texts(changes):
    read = json.loads(json_of(changes))
    assert read["counts"] == {"added": 1, "removed": 1, "moved": 2, "words": 0, "dates": 0, "notes": 0}
    first = read["documents"][0]["sections"][0]
    assert first["kinds"] == ["moved", "words"]
    assert (first["old"]["text"], first["new"]["text"]) == ("It may be closed.", "It must be closed.")
    assert first["paragraphs"][0]["words"][1] == ["removed", "may"]


def test_nothing_changed_is_said_in_every_form(changes):
    none = replace(changes, documents=(), watched=())
    assert "Nothing changed." in word_text(word_of(none))
    assert "Nothing changed." in web_page_of(none).decode()
    assert [*report_lines(none)][-1] == "Nothing changed."


def test_a_file_of_another_kind_is_refused_with_those_there_are():
    assert [format_of(Path(f"a.{one.suffix.upper()}")) for one in FORMATS] == [*FORMATS]
    with pytest.raises(PinpointError, match=r"\.docx, \.html, \.json or \.atom"):
        format_of(Path("report.pdf"))


SAID = [  # (citation, sentence, what is said behind the citation, reason)
    (
        "Local policy, Local policy",
        "Local policy, Local policy changed in words.",
        "It changed in words.",
        "named once",
    ),
    ("8 CFR 1", "8 CFR 1(a) changed in words.", "8 CFR 1(a) changed in words.", "a part of it is named"),
    ("", "The title changed.", "The title changed.", "without a citation"),
]


@pytest.mark.parametrize(("citation", "sentence", "said", "reason"), SAID, ids=[row[-1] for row in SAID])
def test_what_is_touched_is_named_once(citation, sentence, said, reason):
    touched = Touched(number=1, text="x", citation=citation, kinds=("words",), sentence=sentence)
    assert said_of(touched) == said, reason
    after = replace(touched, before="Found", after="Differs from the text")
    assert said_of(after) == f"{said} Before: Found; now: Differs from the text."


@pytest.mark.browser
@pytest.mark.enable_socket
def test_no_number_is_broken_in_a_narrow_window(changes, browser):
    many = replace(changes, documents=(replace(changes.documents[0], sections=changes.documents[0].sections * 12),))
    page = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    page.set_content(web_page_of(many).decode())
    lines = page.evaluate(
        "[...document.querySelectorAll('th[scope=row] + td')].map(cell => { const range = document.createRange(); "
        "range.selectNodeContents(cell); return [cell.innerText, range.getClientRects().length] })"
    )
    assert "12" in dict(lines), "a number of two digits is there"
    assert [cell for cell, count in lines if count > 1] == []
