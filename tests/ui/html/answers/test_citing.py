"""What cites a section is shown with the very sentences in which it does, each citation marked."""

import html
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinpoint.records import Span
from ui.html.answers.citing import citing_list, citing_sections, quoted_sentence
from ui.html.answers.references import around

DAY = date(2025, 1, 1)
LONG = 600


def plain(drawn: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", drawn))


@pytest.fixture
def cited(tiny_index):
    """``cited(document, section)``: the section of the small corpus."""
    return lambda document, section: tiny_index.store.with_citation(document, section)[0]


def test_the_citing_sentence_is_shown_with_its_citation_marked(tiny_index, cited):
    page = around(tiny_index, cited("rule-now", "8 CFR 214.202(c)(1)"), DAY)
    listed = page.partition("<h3>Cited by</h3>")[2]
    assert "<blockquote>See <mark>8 CFR 214.202(c)(1)</mark>.</blockquote>" in listed
    assert "Minors are exempt" not in listed, "what stands beside the citing sentence is not part of it"


def test_before_the_sentence_of_a_footnote_stands_what_the_footnote_belongs_to(tiny_index, cited):
    section = cited("rule-now", "8 CFR 214.202(c)(1)")
    quoted = re.findall(
        r"<blockquote>(.*?)</blockquote>", citing_list(tiny_index, citing_sections(tiny_index, section), DAY)
    )
    assert len(quoted) == 2 and quoted[0].endswith("[2]"), quoted


def test_every_citation_of_the_small_corpus_stands_in_the_sentence_that_is_shown(tiny_index):
    store, seen = tiny_index.store, 0
    for document_id in tiny_index.documents:
        for section in store.tree(document_id).sections[1:]:
            for _, links in citing_sections(tiny_index, section):
                assert links == sorted(links, key=lambda link: link.start)
                for link in links:
                    sentence = tiny_index.references.sentence(Span(link.document_id, link.start, link.end))
                    assert sentence.start <= link.start and link.end <= sentence.end
                    assert "\n" not in store.text(sentence).strip()
                    seen += 1
    assert seen > 5


CUTS = [  # (text, citations, reason)
    (f"See 8 CFR 1. {'x ' * 20}", [(4, 11)], "a short one is whole"),
    ("word " * 200 + "See 8 CFR 1, " + "word " * 200, [(1004, 1011)], "cut at both sides"),
    ("8 CFR 1 " + "word " * 200, [(0, 7)], "at the beginning"),
    ("word " * 200 + "8 CFR 1", [(1000, 1007)], "at the end"),
    ("x" * 1500 + " 8 CFR 1 " + "y" * 1500, [(1501, 1508)], "without a blank to cut at"),
    ("8 CFR 1(a)" + " word" * 200, [(0, 10), (0, 7)], "one citation within another is marked once"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans", "reason"), CUTS, ids=[row[-1] for row in CUTS])
def test_a_long_sentence_is_cut_around_its_citation(text, spans, reason):
    drawn = quoted_sentence(text, spans)
    start, end = max(spans, key=lambda span: span[1] - span[0])
    assert f"<mark>{text[start:end]}</mark>" in drawn, reason
    assert drawn.count("<mark>") == 1
    assert plain(drawn).removeprefix("\u2026 ").removesuffix(" \u2026") in text


@given(
    words=st.lists(st.text("ab<&\u00a7 ", min_size=1, max_size=12), min_size=1, max_size=300),
    at=st.integers(0, 299),
)
def test_what_is_shown_is_verbatim_and_holds_the_citation(words, at):
    at = min(at, len(words) - 1)
    start = len(" ".join(words[:at])) + bool(at)
    text = " ".join(words)
    drawn = quoted_sentence(text, [(start, start + len(words[at]))])
    assert plain(drawn.partition("<mark>")[2].partition("</mark>")[0]) == words[at]
    assert plain(drawn).removeprefix("\u2026 ").removesuffix(" \u2026") in text
    assert len(plain(drawn)) <= max(LONG, len(words[at])) + 4
