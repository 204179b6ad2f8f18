"""How an answer is laid out on the page and on the command line."""

import io
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from answer.records import Answer, Citation, Conflict, Elsewhere, Statement
from answer.text import answer_text
from collection.export.answer import answer_handout
from collection.export.formats import FORMATS
from pinpoint.records import Source, Span
from ui.html.answers.statements import answered

DOCUMENTS = {"rule": SimpleNamespace(url="", publisher="")}


@pytest.fixture
def _as_made(monkeypatch):
    """Exports take an answer as it is; whether it still stands is tested with a real index."""
    monkeypatch.setattr("collection.export.answer.still_standing", lambda index, answer: answer)


class _Index(SimpleNamespace):
    """An index that others may refer to weakly, as they do to a real one."""

    __hash__ = object.__hash__


INDEX = _Index(
    documents={"rule": SimpleNamespace(url="", publisher="")},
    facts={"passages": "1", "corpus_digest": "0"},
    folder=Path(),
)
HOSTILE = "<script>alert(1)</script>"


def _citation(marker, quote):
    span = Span("rule", marker, marker + len(quote))
    source = Source(
        span=span, file="rule.md", title="Boiler Rule", kind="regulation", section=f"Rule {marker}",
        authority="Regulation",
    )  # fmt: skip
    return Citation(marker=marker, source=source, passage=span, quote=quote)


def _answer(*statements, conflicts=()):
    citations = tuple(_citation(statement.citations[0], statement.text) for statement in statements)
    return Answer(None, "Who pays?", "answered", "", statements, citations, (), conflicts=conflicts)


FIRST, LATER = Statement("The owner pays.", (1,)), Statement(f"The tenant pays. {HOSTILE}", (2,), more=True)
CONFLICT = Conflict((1, 2), f"These differ: {HOSTILE} since 2024-01-01.")


def test_what_is_more_is_folded_away_behind_what_is_shown():
    page = answered(DOCUMENTS, _answer(FIRST, LATER))
    shown, _, more = page.partition("<details")
    assert "The owner pays." in shown and "The tenant pays." not in shown
    assert "1 more quotation<" in more and "The tenant pays." in more and 'data-pp-value="2"' in more
    assert HOSTILE not in page


def test_an_answer_without_more_has_nothing_to_unfold():
    page = answered(DOCUMENTS, _answer(FIRST))
    assert "<details" not in page and "Sources that differ" not in page


def test_sources_that_differ_are_named_with_both_markers():
    page = answered(DOCUMENTS, _answer(FIRST, LATER, conflicts=(CONFLICT,)))
    differ = page.partition("Sources that differ")[2].partition("</section>")[0]
    assert 'data-pp-value="1"' in differ and 'data-pp-value="2"' in differ and "January 1, 2024" in differ
    assert HOSTILE not in page


def test_the_command_line_shows_more_after_what_differs():
    lines = answer_text(_answer(FIRST, LATER, conflicts=(CONFLICT,))).splitlines()
    positions = [
        lines.index("\u201cThe owner pays.\u201d [1]"),
        lines.index(f"{CONFLICT.sentence} [1][2]"),
        lines.index("1 more:"),
        lines.index(f"\u201c{LATER.text}\u201d [2]"),
    ]
    assert positions == sorted(positions)
    assert "1 more:" not in answer_text(_answer(FIRST)).splitlines()


TABLE = (
    Statement("Fees", (1,), table="caption"),
    Statement("Seal | Fee", (2,), item=True, table="header"),
    Statement(f"brass | {HOSTILE}", (3,), item=True, table="row"),
)


def test_a_table_is_a_table_with_named_rows_and_columns():
    page = answered(DOCUMENTS, _answer(*TABLE))
    assert page.count("<table") == 1 and page.count('<th scope="col">') == 3 and page.count('<th scope="row">') == 1
    assert "<caption>Fees" in page and " | " not in page.replace("Copy", "").partition("data-pp-copy")[0]
    assert 'data-pp-value="3"' in page and 'id="quotation-3"' in page and HOSTILE not in page


GRID = Span("rule", 10, 20)
CONTINUED = (
    Statement("Fees", (1,), table="caption", of_table=GRID),
    Statement("Seal | Fee", (2,), item=True, table="header", of_table=GRID),
    Statement("brass | 40 crowns", (3,), item=True, table="row", of_table=GRID),
    Statement("lead | 20 crowns", (4,), item=True, table="row", more=True, of_table=GRID),
)


def test_the_rest_of_a_table_has_its_head_again_and_no_quotation_counts_twice():
    page = answered(DOCUMENTS, _answer(*CONTINUED))
    more = page.partition("<details")[2]
    assert more.count("<caption>Fees") == 1 and more.count('<th scope="col">') == 3 and "1 more quotation<" in more
    names = re.findall(r'id="quotation-(\d)"', page)
    assert names == ["1", "2", "3", "4"], "each name once"


def test_the_rest_of_a_table_has_its_head_again_on_the_command_line():
    text = answer_text(_answer(*CONTINUED))
    more = text.partition("1 more:")[2].splitlines()[1:5]
    assert more[0].startswith("\u201cFees\u201d") and more[1].split() == ["Seal", "Fee", "[2]"]
    assert set(more[2].split()[0]) == {"-"} and more[3].split()[:3] == ["lead", "20", "crowns"]


@pytest.mark.parametrize("one", FORMATS, ids=[one.suffix for one in FORMATS])
def test_the_rest_of_a_table_has_its_head_again_in_a_file(one, _as_made):
    handout = answer_handout(INDEX, _answer(*CONTINUED), date(2025, 1, 1))
    assert [entry.number for entry in handout.entries] == [1, 2, 3, 4]
    _, rest = (entries for _, entries in handout.parts)
    assert [(entry.number, entry.quotation) for entry in rest] == [
        (0, "Fees"), (0, "Seal | Fee"), (4, "lead | 20 crowns"),
    ]  # fmt: skip
    written = one.write(handout)
    if one.suffix == "docx":
        tables = docx.Document(io.BytesIO(written)).tables
        assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [["Seal", "Fee"]] * 2
        return
    assert written.count(b"Fees") == 2
    for number in range(1, 5):
        assert written.count({"md": f"[^{number}]:", "html": f'id="note-{number}"'}[one.suffix].encode()) == 1
        assert written.count({"md": f"[^{number}]", "html": f'id="quotation-{number}"'}[one.suffix].encode()) == (
            2 if one.suffix == "md" else 1
        )
    assert b"[^0]" not in written and b"note-0" not in written


def test_a_table_has_aligned_columns_on_the_command_line():
    lines = answer_text(_answer(*TABLE)).splitlines()
    position = next(n for n, line in enumerate(lines) if line.startswith("   Seal"))
    assert lines[position - 1].startswith("\u201cFees\u201d") and set(lines[position + 1].split()[0]) == {"-"}
    assert lines[position + 2].split()[:2] == ["brass", HOSTILE]


def test_another_document_that_says_the_same_is_named():
    other = Elsewhere(span=Span("guide", 3, 18), quote="The owner pays.", section="Guide 3", title="Boiler <Guide>")
    answer = _answer(Statement("The owner pays.", (1,), also_in=(other,)))
    page = answered(DOCUMENTS, answer)
    assert (
        "Also in" in page
        and "Nearly" not in page
        and "not in force" not in page
        and "Guide 3, Boiler &lt;Guide&gt;" in page
        and "3-18." in page
    )
    assert "(also in Guide 3, Boiler <Guide>)" in answer_text(answer)


COPIES = [  # (words of the other text, in force, what is said, reason)
    ("The owner pays.", True, "also in Guide 3, Boiler Guide", "word for word"),
    ("An owner pays.", True, "nearly the same in Guide 3, Boiler Guide", "other words"),
    ("The  owner pays.", True, "nearly the same in Guide 3, Boiler Guide", "another character"),
    ("The owner pays.", False, "also in Guide 3, Boiler Guide (not in force)", "word for word, of another day"),
    ("An owner pays.", False, "nearly the same in Guide 3, Boiler Guide (not in force)", "neither"),
]


@pytest.mark.parametrize(("quote", "in_force", "said", "reason"), COPIES, ids=[row[-1] for row in COPIES])
def test_a_text_that_is_only_nearly_the_same_is_said_to_be(quote, in_force, said, reason, _as_made):
    other = Elsewhere(
        span=Span("guide", 3, 18), quote=quote, section="Guide 3", title="Boiler Guide", in_force=in_force
    )
    answer = _answer(Statement("The owner pays.", (1,), also_in=(other,)))
    assert f"({said})" in answer_text(answer), reason
    shown = re.sub("<[^>]*>", "", answered(DOCUMENTS, answer))
    assert f"{said[0].upper()}{said[1:]}" in shown and ("(not in force)" in shown) is not in_force, reason
    assert f"{said[0].upper()}{said[1:]}." in answer_handout(INDEX, answer, date(2025, 1, 1)).entries[0].citation
