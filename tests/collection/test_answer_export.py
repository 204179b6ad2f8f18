"""An answer as a file: all its quotations and tables, what was searched, and the question only on request."""

import io
from datetime import date

import docx
import pytest

from answer.assistant import Assistant
from collection.excerpts import with_answer
from collection.export.answer import DECLINED, TITLE, answer_handout
from collection.export.formats import FORMATS
from collection.export.handout import rows_of
from collection.export.markdown import markdown_of
from collection.export.web_page import web_page_of
from collection.export.word import word_of
from collection.records import Collection
from index.search import load_index
from pinpoint.files import format_of
from pinpoint.records import Filters

DAY = date(2026, 11, 22)
MANIFEST = """\
[[document]]
id = "guide"
file = "guide.md"
title = "Boiler Guide"
kind = "guide"
publisher = "District Office"
cited_as = "Boiler Guide"
url = "https://example.org/guide"
effective_from = 2020-06-01
"""
GUIDE = """\
# Boiler Guide

## Fees

The following table shows the fee of a seal.

| Seal | Fee |
| --- | --- |
| brass | 40 crowns |
| lead | 20 crowns |

## Sealing

A boiler is sealed by the district office when:

- its valves are worn;
- its record is lost.
"""
ASKED = 'Which "fee of a seal" does this table show?'


@pytest.fixture(scope="module")
def index(tmp_path_factory, run_ingest, fake_embedder):
    corpus, folder = tmp_path_factory.mktemp("guide"), tmp_path_factory.mktemp("guide-index") / "index"
    for name, text in (("manifest.toml", MANIFEST), ("guide.md", GUIDE)):
        (corpus / name).write_text(text, encoding="utf-8")
    run_ingest(corpus, folder)
    return load_index(folder, fake_embedder)


@pytest.fixture(scope="module")
def answer(index):
    return Assistant(index).ask(ASKED, filters=Filters(DAY))


def test_a_handout_has_every_quotation_and_what_was_searched(index, answer):
    handout = answer_handout(index, answer, DAY, filters=Filters(DAY, kinds=("guide",)))
    assert handout.title == TITLE
    assert [entry.number for entry in handout.entries] == [citation.marker for citation in answer.citations]
    assert [entry.quotation for entry in handout.entries] == [statement.text for statement in answer.statements]
    assert all("District Office" in entry.citation and entry.url for entry in handout.entries)
    searched = " ".join(dict(handout.lists)["What was searched"])
    assert "1 document" in searched and "November 22, 2026" in searched and "guide only" in searched
    assert index.folder.name in searched


@pytest.mark.parametrize("one", FORMATS, ids=[one.suffix for one in FORMATS])
def test_the_question_stands_in_no_file_unless_it_is_asked_for(index, answer, one):
    def words(*, with_question):
        written = one.write(answer_handout(index, answer, DAY, with_question=with_question))
        if one.suffix == "docx":
            return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(written)).paragraphs)
        return written.decode()

    assert "Question:" not in words(with_question=False) and "does this table show?" not in words(with_question=False)
    assert "does this table show?" in words(with_question=True)


def test_a_declined_answer_is_exported_with_its_reason(index):
    declined = Assistant(index).ask("Who won the chess olympiad in Reykjavik?", filters=Filters(DAY))
    assert declined.status == "declined"
    handout = answer_handout(index, declined, DAY)
    assert handout.title == DECLINED and not handout.entries
    assert "Reykjavik" in declined.reason and not any("Reykjavik" in line for line in handout.preface)
    asked = answer_handout(index, declined, DAY, with_question=True)
    assert any(declined.reason in line for line in asked.preface)
    assert "Nothing is quoted" in " ".join(handout.about)
    for one in FORMATS:
        assert one.write(handout)


def test_a_table_is_a_table_in_every_format(index, answer):
    handout = answer_handout(index, answer, DAY)
    marker = next(entry.number for entry in handout.entries if entry.quotation == "brass | 40 crowns")
    text = markdown_of(handout).decode()
    assert f"| brass | 40 crowns[^{marker}] |" in text and "| --- | --- |" in text and f"[^{marker}]: " in text
    page = web_page_of(handout).decode()
    assert page.count("<table>") == 1 and '<th scope="row">brass</th>' in page and page.count('scope="col"') == 2
    assert f'href="#note-{marker}"' in page and f'id="note-{marker}"' in page
    (table,) = docx.Document(io.BytesIO(word_of(handout))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["brass", "40 crowns"]


def test_items_are_set_in_from_their_lead_in(index):
    answer = Assistant(index).ask("When is a boiler sealed by the district office?", filters=Filters(DAY))
    handout = answer_handout(index, answer, DAY)
    assert [entry.item for entry in handout.entries][:3] == [False, True, True]
    assert "> - its valves are worn" in markdown_of(handout).decode()
    assert '<blockquote class="item">' in web_page_of(handout).decode()


def test_all_quotations_are_collected_once(index, answer):
    collected, refused = with_answer(index, Collection(), answer)
    assert [one.text for one in collected.excerpts] == [statement.text for statement in answer.statements]
    assert refused == 0 and with_answer(index, collected, answer) == (collected, 0)


ROWS = [  # (text, rows, reason)
    ("brass | 40 crowns", (("brass", "40 crowns"),), "a row"),
    ("a | b\nc | d", (("a", "b"), ("c", "d")), "rows"),
    ("a | b\nand a sentence", (), "more than rows"),
    ("A sentence.", (), "none"),
]


@pytest.mark.parametrize(("text", "rows", "reason"), ROWS, ids=[case[2] for case in ROWS])
def test_rows_of_an_excerpt(text, rows, reason):
    assert rows_of(text) == rows, reason


@pytest.mark.parametrize(("name", "suffix"), [("a.docx", "docx"), ("A.MD", "md"), ("x.html", "html"), ("a.pdf", None)])
def test_the_end_of_a_name_says_the_format(name, suffix):
    found = format_of(name, FORMATS)
    assert (found.suffix if found else None) == suffix
