"""Text made safe for the page, and words of a query marked in it."""

from datetime import date

import pytest

from collection.citation_text import effective
from index.query.analyzer import terms
from pinpoint.text import day, escape, pages, plural, worded
from ui.html.highlight import snippet, term_spans
from ui.html.text import label, link, marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T-1 status", r"T\-1 status"),
        ("$x$ **b** [l](j)", r"\$x\$ \*\*b\*\* \[l\]\(j\)"),
        ("# head\nnext", r"\# head next"),  # a label is one line
        (":red[x]", r"\:red\[x\]"),
        (":material/home:", "\\:\u2060material/home\\:"),  # an icon even when escaped, but for the joiner
    ],
)
def test_labels_show_markdown_as_it_is(text, expected):
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("a<b>c", [(1, 4)], "a<mark>&lt;b&gt;</mark>c"),
        ("ab", [(0, 1), (1, 2)], "<mark>a</mark><mark>b</mark>"),  # touching spans
        ("a & b", [], "a &amp; b"),
    ],
)
def test_marks_stand_on_escaped_text(text, spans, expected):
    assert marked(text, spans) == expected


@pytest.mark.parametrize(
    ("page", "printed", "expected"),
    [
        (14, "12", "p. 12 (file page 14)"),
        (3, "3", "p. 3"),
        (3, "", "file page 3"),
        (None, "", ""),
        (2, "ii", "p. ii (file page 2)"),
    ],
)
def test_printed_pages_stand_beside_file_pages(page, printed, expected):
    assert pages(page, printed) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.dhs.gov/blue/",
            '<a href="https://www.dhs.gov/blue/" target="_blank" rel="noreferrer">dhs.gov/blue</a>',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('https://x" onclick="y', escape('https://x" onclick="y')),
    ],
)
def test_only_web_addresses_become_links(url, expected):
    assert link(url) == expected


def test_dates_are_written_in_words():
    assert day(date(2024, 8, 28)) == "August 28, 2024"
    assert worded("Replaced on 2024-08-28 by 8 CFR 214.202.") == "Replaced on August 28, 2024 by 8 CFR 214.202."
    assert effective(date(2017, 1, 18), date(2024, 8, 28)) == "Effective January 18, 2017 until August 28, 2024"
    assert (plural(1, "page"), plural(1857, "page")) == ("1 page", "1,857 pages")


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Officers adjudicated it.", "adjudicate", ["adjudicated"]),  # stems match
        ("See 8 CFR 214.202(c)(1).", "214.202", ["214.202(c)(1)"]),  # a paragraph of the section
        ("The LEA agreed, at sea.", "LEA", ["LEA"]),
        ("of the and", "of the", []),  # stop words match nothing
    ],
)
def test_words_match_as_the_index_reads_them(text, query, expected):
    found = term_spans(text, frozenset(terms(query)))
    assert [text[start:end] for start, end in found] == expected


def test_a_snippet_is_the_span_with_the_words():
    text = f"{'Filler words stand here. ' * 40}The waiver is discretionary. {'More filler follows. ' * 40}"
    shown, cut = snippet(text, frozenset(terms("discretionary waiver")))
    assert cut and "<mark>waiver</mark> is <mark>discretionary</mark>" in shown and len(shown) < 450
    assert snippet("Short.", frozenset()) == ("Short.", False)
