"""What is known of a text on a day: facts and day to status and words, and what is said when no text is held."""

from datetime import date, timedelta

import pytest

from collection.citation_text import effective, style_of
from index.currency import Known, covers, missing_text, status_on, status_text

BEGIN, END, COPY = date(2024, 8, 28), date(2025, 3, 1), date(2026, 6, 11)
PRINT = date(2024, 1, 1)
ASKED, TODAY = date(2026, 11, 23), date(2026, 11, 30)
LATER = date(2027, 1, 15)
STATUSES = [
    # (effective_from, effective_to, current_to, printed), day, status, words, style, reason
    ((BEGIN, None, COPY, False), ASKED, "in force",
     "In force on November 23, 2026, copy current to June 11, 2026",
     "recent", "a copy of this year: in force as far as it tells, and its day is said"),
    ((BEGIN, None, COPY, False), date(2025, 1, 1), "in force",
     "In force on January 1, 2025, copy current to June 11, 2026",
     "current", "between effect and copy nothing is missing"),
    ((BEGIN, None, COPY, False), BEGIN, "in force",
     "In force on August 28, 2024, copy current to June 11, 2026",
     "current", "the day of effect itself"),
    ((BEGIN, None, COPY, False), BEGIN - timedelta(1), "not yet in force", "Not yet in force on August 27, 2024",
     "ended", "the day before"),
    ((None, None, PRINT, True), ASKED, "as printed", "As printed January 1, 2024; later changes not included",
     "printed", "an edition of two years ago"),
    ((None, None, PRINT, True), PRINT + timedelta(1), "as printed",
     "As printed January 1, 2024; later changes not included", "printed", "an edition is not brought up to date"),
    ((None, None, PRINT, True), PRINT, "in force", "In force on January 1, 2024, copy current to January 1, 2024",
     "current", "the very day of the edition"),
    ((None, None, PRINT, True), date(2023, 6, 1), "no text of that day",
     "No text of June 1, 2023 held; copy current to January 1, 2024", "printed",
     "when its provisions took effect is unknown: neither in force nor not"),
    ((None, None, ASKED - timedelta(366), False), ASKED, "in force",
     "In force on November 23, 2026, copy current to November 22, 2025", "recent", "the last day of a year"),
    ((None, None, ASKED - timedelta(367), False), ASKED, "as printed",
     "As printed November 21, 2025; later changes not included", "printed", "older than a yearly revision"),
    ((BEGIN, None, None, False), ASKED, "later changes unknown",
     "In force from August 28, 2024; later changes unknown", "undated", "nobody says how current the copy is"),
    ((BEGIN, None, None, False), BEGIN, "in force", "In force on August 28, 2024", "current", "that day is certain"),
    ((None, None, None, False), ASKED, "no date recorded", "No date recorded", "undated", "unknown is not in force"),
    ((None, None, None, False), date(1999, 1, 1), "no date recorded", "No date recorded", "undated", "on no day"),
    ((date(2017, 1, 18), BEGIN, PRINT, False), date(2024, 5, 1), "in force",
     "In force on May 1, 2024, copy current to January 1, 2024", "current",
     "until the known end no change is missing, however old the copy"),
    ((date(2017, 1, 18), BEGIN, PRINT, False), BEGIN, "ended", "Not in force \u2013 until August 28, 2024", "ended",
     "the end is the first day without"),
    ((BEGIN, date(2099, 1, 1), None, False), ASKED, "later changes unknown",
     "In force from August 28, 2024 until January 1, 2099; later changes unknown", "undated",
     "an end to come does not say that nothing changes before it"),
    ((BEGIN, date(2099, 1, 1), COPY, False), COPY, "in force",
     "In force on June 11, 2026, copy current to June 11, 2026", "current", "the copy covers the day"),
    ((None, END, None, False), ASKED - timedelta(900), "no date recorded",
     "In force until March 1, 2025; since when is not recorded", "undated", "only the end is known"),
    ((None, END, PRINT, False), date(2023, 1, 1), "no text of that day",
     "No text of January 1, 2023 held; copy current to January 1, 2024", "printed", "the copy is of a later day"),
    ((None, BEGIN, date(2015, 1, 1), True), date(2024, 8, 1), "as printed",
     "As printed January 1, 2015; later changes not included", "printed",
     "the end of an address says nothing of the words of an old edition"),
    ((date(2009, 1, 12), BEGIN, date(2015, 1, 1), True), date(2024, 8, 1), "as printed",
     "As printed January 1, 2015; later changes not included", "printed", "nor where the section began before it"),
    ((date(2009, 1, 12), BEGIN, date(2015, 1, 1), True), date(2014, 8, 1), "in force",
     "In force on August 1, 2014, copy current to January 1, 2015", "current", "before the edition nothing is missing"),
    ((None, BEGIN, PRINT, False), date(2024, 8, 1), "in force",
     "In force on August 1, 2024, copy current to January 1, 2024", "recent", "no edition: as it stood this year"),
    ((None, BEGIN, date(2015, 1, 1), False), date(2024, 8, 1), "as printed",
     "As printed January 1, 2015; later changes not included", "printed", "a copy of long before"),
    ((date(2017, 1, 18), BEGIN, PRINT, False), date(2023, 6, 1), "in force",
     "In force on June 1, 2023, copy current to January 1, 2024", "current", "real days, and a copy of a later one"),
    ((BEGIN, None, COPY, False), TODAY + timedelta(1), "as printed",
     "As printed June 11, 2026; later changes not included", "printed", "of tomorrow nobody knows"),
    ((BEGIN, None, None, False), TODAY + timedelta(1), "later changes unknown",
     "In force from August 28, 2024; later changes unknown", "undated", "nor here"),
    ((BEGIN, None, date(2028, 1, 1), False), date(2027, 6, 1), "as printed",
     "As printed January 1, 2028; later changes not included", "printed", "no copy is of a day to come"),
    ((LATER, None, COPY, False), LATER - timedelta(1), "not yet in force", "Not yet in force on January 14, 2027",
     "ended", "a rule that is published and begins later"),
    ((LATER, None, COPY, False), LATER, "as printed", "As printed June 11, 2026; later changes not included",
     "printed", "it may still be put off, so that its day is not certain before it comes"),
    ((BEGIN, LATER, COPY, False), LATER, "ended", "Not in force \u2013 until January 15, 2027", "ended",
     "an end that is known of beforehand"),
]  # fmt: skip


class Clock(date):
    """A calendar on which it is the same day whenever the tests run."""

    @classmethod
    def today(cls):
        return TODAY


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("index.currency.date", Clock)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(("known", "day", "status", "words", "style", "reason"), STATUSES)
def test_facts_and_day_make_a_status(known, day, status, words, style, reason):
    begin, end, current, printed = known
    facts = Known(kind="regulation", effective_from=begin, effective_to=end, current_to=current, printed=printed)
    assert status_on(facts, day) == status, reason
    assert status_text(facts, day) == words, reason
    assert style_of(status, facts, day) == style, reason
    assert not covers(facts, day) or status == "in force", "what is certain is in force"


def test_today_needs_no_day():
    facts = Known(kind="regulation", current_to=date.today() - timedelta(5))
    assert status_text(facts, date.today()).startswith("In force, copy current to ")


@pytest.mark.parametrize(
    ("kind", "note", "words", "reason"),
    [
        ("regulation", "Replaced on 2025-03-01 by 8 CFR 1.2.",
         "Not in force \u2013 replaced on March 1, 2025 by 8 CFR 1.2", "where its text went"),
        ("strategy", "", "Not current \u2013 until March 1, 2025", "a strategy is current or not"),
    ],
)  # fmt: skip
def test_an_ended_text_says_why(kind, note, words, reason):
    assert status_text(Known(kind=kind, effective_to=END), ASKED, note) == words, reason


EDITION, RULE = Known(kind="statute", current_to=PRINT), Known(kind="regulation", effective_from=BEGIN, current_to=COPY)
UNDATED, OLD = Known(kind="statute"), Known(kind="regulation", effective_from=date(2017, 1, 18), effective_to=BEGIN)


@pytest.mark.parametrize(
    ("held", "day", "earliest", "reason"),
    [
        ((EDITION,), date(2023, 6, 1), "is current to 2024-01-01", "a compilation of a later day"),
        ((RULE,), date(2023, 6, 1), "took effect on 2024-08-28", "a rule that began later"),
        ((RULE, EDITION), date(2023, 6, 1), "is current to 2024-01-01", "the earlier of two"),
        ((RULE, OLD), date(2023, 6, 1), "", "the old text is held"),
        ((EDITION, UNDATED), date(2023, 6, 1), "", "of an undated copy nobody knows"),
        ((EDITION,), PRINT, "", "the day of the copy"),
        ((EDITION,), date(2024, 5, 1), "", "a later day is said by \u201cas printed\u201d"),
        ((OLD,), date(2025, 5, 1), "", "it has ended, which is said elsewhere"),
        ((), date(2023, 6, 1), "", "nothing bears the citation"),
    ],
)
def test_no_text_of_a_past_day_is_said(held, day, earliest, reason):
    said = missing_text("INA 214(o)(7)", held, day)
    expected = f"No text of {day} is held of INA 214(o)(7); the earliest held {earliest}." if earliest else ""
    assert said == expected, reason


@pytest.mark.parametrize(
    ("begin", "end", "current", "words"),
    [
        (BEGIN, None, COPY, "Effective August 28, 2024; copy current to June 11, 2026"),
        (None, None, PRINT, "Copy current to January 1, 2024"),
        (None, END, None, "Effective until March 1, 2025"),
        (None, None, None, ""),
    ],
)
def test_the_days_of_a_text_are_said_as_far_as_they_are_known(begin, end, current, words):
    assert effective(begin, end, current) == words
