"""The day of a fetched text: that of an eCFR address, else that on which a page was last served, else unknown."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.corpus.fetch_record import FetchRecord, day_of_text

FULL = "https://www.ecfr.gov/api/versioner/v1/full"
ASKED = ("https://www.uscis.gov/a",)
PAGE = FetchRecord("official/a.html", ASKED, ASKED, "1", "2", 3, "", "", "2026-10-01", "2026-11-20")
RULE = replace(PAGE, file="official/a.xml", urls=(f"{FULL}/2026-11-18/title-8.xml?part=214",))
DAYS = [  # (record, kind, sha256, day, reason)
    (PAGE, "guide", "1", date(2026, 11, 20), "the server still had this state when it was asked last"),
    (PAGE, "policy-manual", "1", date(2026, 11, 20), "the manual is a page, too"),
    (PAGE, "statute", "1", None, "an edition is as old as it says, whenever it was fetched"),
    (PAGE, "guide", "other", None, "another file was put in its stead"),
    (replace(PAGE, file="official/a.pdf"), "guide", "1", None, "a printed guide is as old as it is"),
    (RULE, "regulation", "1", date(2026, 11, 18), "the eCFR states the day in its address"),
    (replace(RULE, urls=(*RULE.urls, f"{FULL}/2026-11-02/title-8.xml?part=212")), "regulation", "1", date(2026, 11, 2),
     "the earliest of several"),
    (replace(RULE, urls=("https://www.govinfo.gov/full/2026-11-18/a.xml",)), "regulation", "1", None, "another site"),
    (None, "guide", "1", None, "never fetched"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "kind", "sha256", "day", "reason"), DAYS)
def test_the_day_of_a_fetched_text(record, kind, sha256, day, reason):
    assert day_of_text(record, kind, sha256) == day, reason
