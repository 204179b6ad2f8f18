"""Days of a copy and days of effect: what the manifest, the file, its title and its name say, and what they do not."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.corpus.currency_statements import date_copy, read_head
from ingest.corpus.manifest import ManifestEntry
from ingest.records import Reading, raw_block
from pinpoint.stored import CrosswalkEntry

CODE = ManifestEntry(id="a", file="a.txt", title="8 CFR 212.16", kind="regulation", cited_as="8 CFR")
ACT = replace(CODE, title="Immigration and Nationality Act", kind="statute", cited_as="INA")
REPORT = replace(CODE, title="Report", kind="report", cited_as="Report 1")
TODAY = date(2026, 11, 30)
LONG = "The standards are incorporated by reference. " * 12


class Clock(date):
    """A calendar on which it is the same day whenever the tests run."""

    @classmethod
    def today(cls):
        return TODAY


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("ingest.corpus.currency_statements.date", Clock)


def dated(entry, *texts, warnings=(), source=b"", crosswalk=(), current_to=None):
    blocks = tuple(raw_block("paragraph", text) for text in texts)
    return date_copy(entry, Reading(blocks, warnings=warnings, current_to=current_to), source, crosswalk)


STATED = [
    (CODE, ("Title 8", "Revised as of January 1, 2024"), date(2024, 1, 1), True, "cover of a volume of the CFR"),
    (ACT, ("[As Amended Through P.L. 119\u20131, Enacted January 29, 2025]",), date(2025, 1, 29), True, "compiled"),
    (CODE, ("Displaying title 8, up to date as of 6/11/2026. Title 8 was last amended 6/01/2026.",), date(2026, 6, 11),
     False, "the eCFR's banner, not the day of the last amendment"),
    (replace(ACT, cited_as="8 U.S.C."), ("Text contains those laws in effect on November 20, 2026",),
     date(2026, 11, 20), False, "the Law Revision Counsel"),
    (replace(ACT, cited_as="8 U.S.C."), ("Current through Public Law 119-36 (08/19/2025)",), date(2025, 8, 19), False,
     "a release point"),
    (replace(CODE, title="8 CFR 212.16 (2024-01-01 edition)"), (), date(2024, 1, 1), True, "a title with its edition"),
    (replace(CODE, title="8 CFR (annual edition, January 1, 2024)"), (), date(2024, 1, 1), True, "the same in words"),
    (replace(CODE, file="x/8cfr-214-subpart-c-2026-06-11.md"), (), date(2026, 6, 11), False, "the name of the file"),
    (replace(CODE, file="8cfr-214-14-2024-01-01.txt"), (), date(2024, 1, 1), True, "title 8: on January 1"),
    (replace(CODE, file="29cfr-2024-01-01.txt", cited_as="29 CFR"), (), date(2024, 1, 1), False, "title 29 is in July"),
    (replace(CODE, file="29cfr-2024-07-01.txt", cited_as="29 CFR"), (), date(2024, 7, 1), True, "and that is July 1"),
    (replace(CODE, file="8cfr-212-16-eff-2024-08-28.md"), (), None, False, "a day of effect, not of the copy"),
    (replace(CODE, file="8cfr-draft-2024-08-28.md"), (), None, False, "the day of a draft"),
    (replace(REPORT, file="report-2024-01-01.txt"), (), None, False, "a report is named after its issue"),
    (replace(CODE, file="ina-2025-02.pdf"), (), None, False, "a month is no day"),
    (CODE, ("NFPA 70, National Electrical Code, 2014 edition, June 1, 2013.",), None, False, "another document's"),
    (CODE, (f"{LONG} Revised as of July 1, 2011",), None, False, "a sentence of the law on another title"),
    (CODE, ("See 40 CFR part 86, revised as of July 1, 2011.",), None, False, "in mid-sentence"),
    (CODE, ("Revised as of January 41, 2024",), None, True, "no such day: an edition, of an unknown one"),
    (replace(CODE, current_to=date(2025, 1, 1)), (), date(2025, 1, 1), True, "the day on which title 8 is revised"),
    (replace(CODE, current_to=date(2026, 1, 2)), ("Revised as of January 1, 2024",), date(2026, 1, 2), True,
     "the manifest comes first"),
    (replace(CODE, copied=date(2026, 11, 1)), (), date(2026, 11, 1), False, "the day of the download, if nothing else"),
    (replace(CODE, copied=date(2026, 11, 1)), ("Revised as of January 1, 2024",), date(2024, 1, 1), True,
     "an edition is not current to its download"),
    (CODE, ("Hello.",), None, False, "nothing is stated, so nothing is known"),
    (CODE, ("8 CFR Part 214 (up to date as of 1/01/2026) Nonimmigrant Classes",), date(2026, 1, 1), False,
     "the eCFR is brought up to date, also on the day of the yearly revision"),
    (CODE, ("Displaying title 8, up to date as of 1/01/2026. Title 8 was last amended 12/22/2025.",), date(2026, 1, 1),
     False, "the same of its pages"),
    (CODE, ("e-CFR data is current as of November 20, 2020",), date(2020, 11, 20), False, "the eCFR of those years"),
    (replace(ACT, cited_as="8 U.S.C."), ("8 USC 1184: Admission of nonimmigrants Text contains those laws in effect on "
     "November 20, 2026",), date(2026, 11, 20), False, "name and banner in one line"),
    (CODE, ("The list of designated ports is up to date as of 1/05/2024.",), None, False, "of a list in it"),
    (CODE, ("An applicant whose record is up to date as of January 15, 2025 need not file again.",), None, False,
     "a provision"),
    (CODE, ("A notice that says: the e-CFR data is current as of November 20, 2020 is no evidence.",), None, False,
     "in mid-sentence"),
    (CODE, ("Displaying title 8, up to date as of 1/15/2027.",), None, False, "a day to come is that of no copy"),
    (CODE, ("Revised as of January 1, 2027",), None, True, "nor of an edition"),
    (CODE, ("Current through January 15, 2027", "Current through January 5, 2026"), date(2026, 1, 5), False,
     "only what is past counts"),
    (replace(CODE, title="8 CFR (2027-01-01 edition)"), (), None, True, "nor by its title"),
    (replace(CODE, file="8cfr-214-2027-01-15.md"), (), None, False, "nor by the name of the file"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "texts", "current", "printed", "reason"), STATED)
def test_the_day_of_a_copy_is_read_where_it_is_stated(entry, texts, current, printed, reason):
    found = dated(entry, *texts)
    assert (found.current_to, found.printed) == (current, printed), reason


@pytest.mark.parametrize(
    ("source", "current", "reason"),
    [
        (
            b"<!-- documentid:6_-ch1 currentthrough:20250106 documentPDFPage:1 -->",
            date(2025, 1, 6),
            "its comment",
        ),
        (b"<p>currentthrough:20250106</p>", None, "a word of the text is none"),
        (b"<!-- currentthrough:20251399 -->", None, "no such day"),
    ],
)
def test_a_page_states_its_release_in_its_source(source, current, reason):
    assert dated(ACT, source=source).current_to == current, reason


def test_only_a_page_is_read_for_its_release(tmp_path):
    for name, expected in (("a.htm", b"<!-- a -->"), ("a.HTML", b"<!-- a -->"), ("a.pdf", b"")):
        (tmp_path / name).write_bytes(b"<!-- a -->")
        assert read_head(tmp_path / name) == expected, name


def test_joined_pages_are_current_to_the_earliest_of_them():
    notices = ("Chapter 1: Current as of June 11, 2026", "Chapter 2: Current as of May 3, 2026.", "Chapter 3: odd")
    assert dated(replace(REPORT, kind="policy-manual"), warnings=notices).current_to == date(2026, 5, 3)


def test_what_a_reader_found_counts_before_the_title():
    entry = replace(CODE, title="8 CFR (2024-01-01 edition)")
    assert dated(entry, current_to=date(2024, 2, 2)).current_to == date(2024, 2, 2)


AMENDED = "[As Amended Through P.L. 119-1, Enacted January 29, 2025]"
MOVED = CrosswalkEntry("8 CFR 214.11(a)", "8 CFR 214.201", date(2024, 8, 28))
MOVED_IN_JANUARY = CrosswalkEntry("8 CFR 214.11(a)", "8 CFR 214.201", date(2024, 1, 1))
EFFECT = [
    (replace(ACT, effective_from=date(2025, 1, 29)), (AMENDED,), (), None, date(2025, 1, 29), "the same day twice"),
    (replace(ACT, effective_from=date(2025, 2, 7)), (AMENDED,), (), None, date(2025, 1, 29), "the day it was printed"),
    (replace(ACT, title="INA (compilation, as amended through P.L. 119-1)", effective_from=date(2025, 1, 29)), (), (),
     None, date(2025, 1, 29), "a day of the 119th Congress: that of the compilation, no earlier law's"),
    (replace(ACT, title="TVPA (statute, as amended through Pub. L. 119-1)", effective_from=date(2000, 10, 28)), (), (),
     date(2000, 10, 28), None, "before the 119th Congress: a day of effect, on which nothing was printed"),
    (replace(ACT, effective_from=date(2000, 10, 28)), ("[As Amended Through P.L. 119\u20131]",), (),
     date(2000, 10, 28), None, "the same where the text says it without a day"),
    (replace(ACT, title="INA (compilation)", effective_from=date(2000, 10, 28)), (), (), date(2000, 10, 28), None,
     "of which day the compilation is nobody says"),
    (replace(CODE, title="8 CFR chapter I, volume 1", effective_from=date(2024, 1, 1), supersedes=("b",)), (), (),
     None, date(2024, 1, 1), "the day of the yearly revision of title 8, whatever it supersedes"),
    (replace(CODE, effective_from=date(2024, 1, 1), effective_to=date(2025, 1, 1)), (), (), None, date(2024, 1, 1),
     "from edition to edition"),
    (replace(CODE, effective_from=date(2024, 1, 1), supersedes=("b",), file="8cfr-2024-01-01.txt"), (), (), None,
     date(2024, 1, 1), "the same by the name of the file"),
    (replace(CODE, effective_from=date(2027, 1, 1)), (), (), date(2027, 1, 1), None, "a rule that is still to begin"),
    (replace(CODE, cited_as="29 CFR", effective_from=date(2024, 1, 1), supersedes=("b",)), (), (), date(2024, 1, 1),
     None, "title 29 is revised in July"),
    (replace(CODE, effective_from=date(2024, 1, 1)), (), (MOVED_IN_JANUARY,), date(2024, 1, 1), None,
     "the crosswalk says that its provisions took over on that day"),
    (replace(CODE, effective_from=date(2024, 1, 1), supersedes=("b",)), ("Title 8 is up to date as of 6/11/2026.",), (),
     date(2024, 1, 1), date(2026, 6, 11), "the eCFR of a later day"),
    (replace(CODE, effective_from=date(2024, 1, 1), file="c-2024-01-01.txt"), (), (MOVED_IN_JANUARY,),
     date(2024, 1, 1), date(2024, 1, 1), "an edition of the day on which its provisions took over"),
    (replace(CODE, title="8 CFR (annual edition, January 1, 2024)", effective_from=date(2024, 1, 1)), (), (), None,
     date(2024, 1, 1), "no provision took effect with its edition"),
    (replace(CODE, title="8 CFR (annual edition, January 1, 2024)", effective_from=date(2024, 1, 1), supersedes=("b",)),
     (), (), None, date(2024, 1, 1), "the edition of a year that supersedes that before it"),
    (replace(CODE, effective_from=date(2024, 8, 28), supersedes=("old",), file="c-2026-06-11.md"), (), (),
     date(2024, 8, 28), date(2026, 6, 11), "a subpart that replaced another text on that day"),
    (replace(CODE, effective_from=date(2024, 8, 28), file="c-2024-08-28.md"), (), (MOVED,), date(2024, 8, 28),
     date(2024, 8, 28), "copied on the day on which its provisions took over"),
    (replace(CODE, effective_from=date(2017, 1, 18), effective_to=date(2024, 8, 28), file="c-2024-01-01.txt"), (), (),
     date(2017, 1, 18), date(2024, 1, 1), "a text with both its days"),
    (replace(CODE, effective_from=date(2009, 1, 12)), (), (), date(2009, 1, 12), None, "a section with its day"),
    (replace(REPORT, cited_as="", kind="other", effective_from=date(2024, 1, 1)),
     ("Title 8", "Revised as of January 1, 2024", "Published as a Special Edition of the Federal Register"), (), None,
     date(2024, 1, 1), "a volume that no manifest lists"),
    (replace(REPORT, cited_as="", kind="other", effective_from=date(2025, 1, 29)), (AMENDED,), (), None,
     date(2025, 1, 29), "a compilation that no manifest lists"),
    (replace(REPORT, kind="guide", effective_from=date(2024, 1, 1)), ("Revised as of January 1, 2024",), (),
     date(2024, 1, 1), date(2024, 1, 1), "a guide is one text: it took effect as it was revised"),
    (replace(REPORT, effective_from=date(2023, 4, 20), current_to=date(2023, 4, 20)), (), (), date(2023, 4, 20),
     date(2023, 4, 20), "a report is of its day"),
    (replace(ACT, cited_as="Pub. L. 106-386", effective_from=date(2000, 10, 28)), (), (), date(2000, 10, 28), None,
     "a public law as enacted"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "texts", "crosswalk", "begin", "current", "reason"), EFFECT)
def test_the_date_of_an_edition_is_no_day_of_effect(entry, texts, crosswalk, begin, current, reason):
    found = dated(entry, *texts, crosswalk=crosswalk)
    assert (found.effective_from, found.current_to) == (begin, current), reason


PRINTED = [
    (replace(CODE, effective_from=date(2017, 1, 18), effective_to=date(2024, 8, 28), file="c-2024-01-01.txt"), (),
     False, "from when to when it stood is known"),
    (replace(CODE, effective_from=date(2017, 1, 18), effective_to=date(2024, 8, 28)),
     ("Revised as of January 1, 2015",), True, "what calls itself an edition is one"),
    (replace(CODE, effective_from=date(2023, 1, 1), effective_to=date(2024, 1, 1)), (), True, "an edition's own days"),
    (replace(CODE, effective_from=date(2017, 1, 18), file="c-2024-01-01.txt"), (), True, "its end is unknown"),
    (replace(CODE, effective_from=MOVED.effective, file="c-2025-01-01.txt"), (), True, "moved, and printed later"),
    (replace(CODE, effective_from=date(2024, 1, 1)), (), False, "the crosswalk knows the day, and nothing the copy"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "texts", "printed", "reason"), PRINTED)
def test_real_days_of_effect_tell_a_text_from_an_edition(entry, texts, printed, reason):
    assert dated(entry, *texts, crosswalk=(MOVED, MOVED_IN_JANUARY)).printed == printed, reason
