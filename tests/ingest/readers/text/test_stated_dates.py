"""Dates that a document states of itself, and those that are of something else (D1)."""

from datetime import date

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.description import describe
from ingest.readers.text.dates import parse_date
from ingest.readers.text.stated_dates import StatedDates, find_dates
from ingest.records import Reading, raw_block

DATES = [  # (text, date, reason)
    ("01/15/2020", date(2020, 1, 15), "month first"),
    ("2020-01-15", date(2020, 1, 15), "ISO"),
    ("January 15, 2020", date(2020, 1, 15), "in words"),
    ("Sept. 5th 2020", date(2020, 9, 5), "shortened, an ordinal, no comma"),
    ("15 January 2020", date(2020, 1, 15), "day first, in words"),
    ("13/01/2020", None, "no thirteenth month"),
    ("February 30, 2020", None, "no such day"),
    ("soon", None, "no date"),
]
FROM, TO = date(2020, 1, 15), date(2031, 12, 31)
TEXTS = [  # (opening, from, to, reason)
    ("Effective Date | 01/15/2020\nExpires | 12/31/2031", FROM, TO, "cells of a table"),
    ("The amendments made by this section shall take effect on March 3, 2034.", None, None, "an amendment"),
    ("Sections 4 and 5 of this Act shall take effect on March 3, 2034.", None, None, "a part of it"),
    ("Effective Date: 01/15/2020\nExpiration Date: 12/31/2031", FROM, TO, "both, labelled"),
    ("Expiration Date: 12/31/2031\n\nEffective: 01/15/2020", FROM, TO, "whatever comes first"),
    ("DHS Directive Number: 112-02 Issue Date: 01/15/2020 REPORTING", FROM, None, "a label amid a line"),
    ("Issued: January 15, 2020", FROM, None, "issue"),
    ("Date: January 15, 2020", FROM, None, "the date of a memorandum"),
    ("Date of Issuance: 01/15/2020", FROM, None, "issuance"),
    ("Revised as of January 15, 2020", FROM, None, "revision"),
    ("(Revised January 15, 2020)", FROM, None, "in brackets"),
    ("Issued: 01/01/2010\nRevised: 01/15/2020", FROM, None, "the text is the revised one"),
    ("Issued: 02/02/2019\nEffective: 01/15/2020", FROM, None, "effect is heavier than issue"),
    ("This rule takes effect on January 15, 2020.", FROM, None, "a sentence"),
    ("DATES: This final rule is effective January 15, 2020.", FROM, None, "as the Federal Register says it"),
    ("The directive shall come into force on 15 January 2020.", FROM, None, "in force"),
    ("This policy expires on December 31, 2031.", None, TO, "expiry"),
    ("This order remains in effect until December 31, 2031.", None, TO, "until"),
    ("Valid until: 12/31/2031", None, TO, "valid"),
    ("This notice is effective through December 30, 2031.", None, TO, "in force on its last day still"),
    ("Effective January 15, 2020 through December 30, 2031", FROM, TO, "a range"),
    ("Sunset date: 2031-12-31", None, TO, "sunset"),
    ("Next review date: January 5, 2030", None, None, "review"),
    ("Comments are due by the closing date: March 3, 2031.", None, None, "comment"),
    ("The comment period ends on March 3, 2031.", None, None, "comment, in a sentence"),
    (
        "OMB control number 1615-0000, expiration date 08/31/2029. Form date 01/15/2020.",
        FROM,
        None,
        "the form's number expires",
    ),
    ("OMB No. 1615-0000\nExpires 08/31/2029", None, None, "on a line of its own"),
    ("A child born after the cut-off date: 2035-06-01 gets no grant.", None, None, "birth"),
    ("Date: 03/01/2033 is the last day on which vats may be used.", None, None, "a date in a sentence"),
    (
        "This directive cancels the one dated March 3, 2034, and takes effect at once.",
        None,
        None,
        "of another document",
    ),
    ("This directive replaces the one that was issued March 3, 2034.", None, None, "of another document, issued"),
    ("Supersedes the policy effective January 1, 2010.", None, None, "of the former policy"),
    ("Signed: March 3, 2034", None, None, "signature"),
    ("Dated: March 3, 2034", None, None, "signature, as the Federal Register prints it"),
    ("Passport expiration date: 12/31/2031", None, None, "a passport"),
    ("An applicant who was in the country on January 1, 2010 may apply.", None, None, "a condition"),
    ("Effective: 01/15/2020\nExpires: 01/01/2019", FROM, None, "an expiry before the effect is of something else"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), DATES)
def test_dates_are_parsed(text, expected, reason):
    assert parse_date(text) == expected, reason


@pytest.mark.parametrize(("text", "start", "end", "reason"), TEXTS)
def test_only_effect_issue_and_revision_say_since_when(text, start, end, reason):
    assert find_dates(text) == StatedDates(start, end), reason


def test_an_unlisted_document_has_the_dates_that_it_states():
    entry = ManifestEntry(id="x", file="x.md", title="x", listed=False)
    blocks = (raw_block("paragraph", "Effective: 01/15/2020"), raw_block("paragraph", "Expires: 12/31/2031"))
    described = describe(entry, Reading(blocks, title="Wharf"))
    assert (described.effective_from, described.effective_to) == (FROM, TO)
    stated = describe(
        entry, Reading(blocks, title="Wharf", effective_from=date(2021, 1, 1), effective_to=date(2022, 1, 1))
    )
    assert (stated.effective_from, stated.effective_to) == (date(2021, 1, 1), date(2022, 1, 1)), "front matter first"
