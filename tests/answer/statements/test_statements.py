"""How an answer is laid out on the page and on the command line."""

from types import SimpleNamespace

from answer.records import Answer, Citation, Conflict, Statement
from answer.text import answer_text
from pinpoint.records import Source, Span
from ui.html.answers.statements import answered

DOCUMENTS = {"rule": SimpleNamespace(url="")}
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
    assert "More quotations (1)" in more and "The tenant pays." in more and 'data-pp-value="2"' in more
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
        lines.index("More:"),
        lines.index(f"\u201c{LATER.text}\u201d [2]"),
    ]
    assert positions == sorted(positions)
    assert "More:" not in answer_text(_answer(FIRST)).splitlines()
