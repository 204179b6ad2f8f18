"""Front matter of Markdown files (W10)."""

from datetime import date

import pytest

from ingest.readers.registry import read_document
from ingest.readers.text.front_matter import FrontMatter, split_front_matter

BLOCKS = [  # (file, what it says, text, reason)
    (
        "---\ntitle: Hedge Policy\neffective_date: 2024-03-01\nstatus: draft\n---\n\n# One\n",
        FrontMatter("Hedge Policy", date(2024, 3, 1)),
        "\n# One\n",
        "YAML",
    ),
    ('---\ntitle: "Fees: \\"new\\"" # a remark\n...\nText', FrontMatter('Fees: "new"'), "Text", "in quotation marks"),
    ("---\ntitle: 'The owner''s duty'\n---\n", FrontMatter("The owner's duty"), "", "in single ones"),
    (
        '---\ntitle: "in\\_Xin\\xe9"\n---\n',
        FrontMatter("in Xin\xe9"),
        "",
        "with escapes: an underscore is a blank there",
    ),
    (
        "---\ntitle: >\n  A long\n  title\ntags:\n  - a\n- b\n---\n",
        FrontMatter("A long title"),
        "",
        "folded, and lists",
    ),
    ("---\r\ntitle: A\r\n---\r\nText", FrontMatter("A"), "Text", "line ends of Windows"),
    (
        '+++\ntitle = "Hedge Policy"\nissued = 2020-05-06\nexpires = 2031-12-31T00:00:00Z\n+++\nText',
        FrontMatter("Hedge Policy", date(2020, 5, 6), date(2031, 12, 31)),
        "Text",
        "TOML",
    ),
    (
        "---\ndate: March 1, 2024\nreview_date: 2030-01-01\n---\n",
        FrontMatter("", date(2024, 3, 1)),
        "",
        "a review is no date",
    ),
    (
        "---\neffective: 2020-01-01\nrevised: 2022-01-01\n---\n",
        FrontMatter("", date(2022, 1, 1)),
        "",
        "the text is the revised one",
    ),
    ("---\ndate: soon\n---\n", FrontMatter(), "", "a date that is none"),
    (
        "---\n\nText between rules.\n\n---\n\nMore",
        FrontMatter(),
        "---\n\nText between rules.\n\n---\n\nMore",
        "rules are no block",
    ),
    (
        "---\nNote: this is a line\nof a text, not of YAML.\n---\n",
        FrontMatter(),
        "---\nNote: this is a line\nof a text, not of YAML.\n---\n",
        "nor is text",
    ),
    ("Text\n---\ntitle: A\n---\n", FrontMatter(), "Text\n---\ntitle: A\n---\n", "not at the beginning"),
    ("+++\nnot toml\n+++\n", FrontMatter(), "+++\nnot toml\n+++\n", "not TOML"),
]


@pytest.mark.parametrize(("text", "stated", "rest", "reason"), BLOCKS)
def test_front_matter_says_what_the_file_is(text, stated, rest, reason):
    assert split_front_matter(text) == (stated, rest), reason


def test_it_is_no_text_and_gives_title_and_dates(shape, tmp_path):
    (tmp_path / "x.md").write_text("---\ntitle: Hedges\nexpires: 2031-01-01\n---\n# One\n", encoding="utf-8")
    reading = read_document(tmp_path / "x.md")
    assert (reading.title, reading.effective_from, reading.effective_to) == ("Hedges", None, date(2031, 1, 1))
    assert shape(reading) == ["heading 1: One"]
