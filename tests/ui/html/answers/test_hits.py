"""Found passages as cards: what brought each to its rank is said, folded away, and nothing is said of what has none."""

import re
from dataclasses import replace
from datetime import date

import pytest

from pinpoint.records import Filters
from ui.html.answers.hits import results
from ui.html.answers.references import around

DAY = date(2025, 1, 1)
QUESTION = "Does a minor have to comply with a reasonable request for assistance?"
WHY = "Why this is here"
ROW = re.compile(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td></tr>')
COLUMN = re.compile(r'<th scope="col">([^<]*)</th>')


@pytest.fixture
def drawn(tiny_index):
    """``drawn(why)``: the first hit with other reasons, as a card."""
    hit = tiny_index.search(QUESTION, Filters(DAY)).hits[0]
    return lambda why: results(tiny_index, [replace(hit, why=why)], QUESTION, DAY)


CARDS = [  # (reasons, rows of the table, reason)
    ((("terms", 1.255), ("short", -0.5)), [("terms", "+1.25"), ("short", "-0.50")], "each with its sign, in order"),
    ((("<b>", 1.0),), [("&lt;b&gt;", "+1.00")], "a name is text"),
    (tuple((str(n), 9.0 - n) for n in range(9)), [(str(n), f"+{9 - n}.00") for n in range(8)], "at most eight"),
]


@pytest.mark.parametrize(("why", "rows", "reason"), CARDS, ids=[row[-1] for row in CARDS])
def test_what_brought_a_hit_to_its_rank_is_a_table(drawn, why, rows, reason):
    page = drawn(why)
    assert ROW.findall(page) == rows, reason
    folded = page.partition(f'<details class="pp-more"><summary>{WHY}</summary>')[2].partition("</details>")[0]
    assert ROW.findall(folded) == rows and "<caption>" in folded, "within what is folded away"
    head, _, body = folded.partition("</thead>")
    assert COLUMN.findall(head) == ["Signal", "Adds"] and not COLUMN.findall(body), "each column has a name"


def test_a_hit_that_was_asked_for_by_name_explains_nothing(drawn):
    assert WHY not in drawn(())


def test_the_hits_of_a_question_have_their_reasons_and_those_of_a_citation_none(tiny_index):
    question, citation = (tiny_index.search(query, Filters(DAY)).hits[:3] for query in (QUESTION, "8 CFR 214.204(a)"))
    page = results(tiny_index, question, QUESTION, DAY)
    assert page.count(WHY) == len(question) == 3
    assert ROW.findall(page)[0] == (question[0].why[0][0], f"{question[0].why[0][1]:+.2f}")
    assert WHY not in results(tiny_index, citation[:1], "8 CFR 214.204(a)", DAY)


def test_what_cites_the_section_of_a_hit_is_counted_as_in_browse(tiny_index):
    hits, seen = tiny_index.search("8 CFR 214.202", Filters(DAY)).hits, 0
    for hit in hits:
        counted = re.search(r">Cites \d+, cited by (\d+)</a>", results(tiny_index, [hit], "", DAY))
        listed = re.search(r", cited by (\d+)", around(tiny_index, tiny_index.store.deepest(hit.span), DAY))
        assert (counted and counted[1]) == (listed and listed[1]), hit.section
        seen += bool(counted and counted[1] != "0")
    assert seen


def test_the_count_of_what_cites_a_section_ends_at_no_limit_of_its_own(tiny_index, monkeypatch):
    hit = tiny_index.search("8 CFR 214.202", Filters(DAY)).hits[0]
    section = tiny_index.store.deepest(hit.span)
    links = tiny_index.references.cited_by(section)
    assert links
    limits = []

    def cited_by(_, *, limit=200):
        limits.append(limit)
        return links[:limit]

    monkeypatch.setattr(tiny_index.references, "cited_by", cited_by)
    results(tiny_index, [hit], "", DAY)
    around(tiny_index, section, DAY)
    assert len(set(limits)) == 1, limits
